import Shared

// EXERCISE 7a · advanced · Adversarial training on a mix: the batch
//
// Of the N images in `clean`, the last round(share · N) are replaced by their
// attacked versions, and the first ones stay as they are. `attacked` (N, H, W,
// C) holds the attacked version of every image, in the same order. The result
// has N images and the labels that they had. You may use `rows`,
// `Tensor(concatenating:)`, `.rounded()` and `Batch(images:labels:)`.
//
// Worked example: the images 0.1, 0.2, 0.3, 0.4 of one pixel each, attacked
// 0.9, 0.8, 0.7, 0.6, with share 0.25: one image is replaced, and the mix is
// 0.1, 0.2, 0.3, 0.6.
func mixedBatch(
  clean: Batch, attacked: Tensor, share: Float
) throws(Unsolved) -> Batch {
  // Rounded, not cut off: 2.8 images are 3, not 2.
  let replaced = Int((share * Float(clean.count)).rounded())
  let kept = clean.count - replaced
  // Every image stays in its place, clean or attacked. So the labels, which an
  // attack does not change, can stay in theirs.
  let images = Tensor(concatenating: [
    clean.images.rows(0..<kept), attacked.rows(kept..<clean.count),
  ])
  return Batch(images: images, labels: clean.labels)
}

// EXERCISE 7b · advanced · Adversarial training on a mix: the step
//
// Return what the optimizer needs for one update: the gradients of the mean
// loss over a batch of which a share is attacked. Attack the model as it is
// now, with the true labels; replace the last round(share · N) images as in 7a;
// take the gradients over the whole mix, with dropout off (`mode: .inference`).
// You may use `attack.perturb(_:labels:against:)` and
// `model.parameterGradients(on:mode:).parameters`. Write the mix out again
// here: then this step does not wait for 7a.
//
// Worked example: class 0 scores x₁ − x₂, class 1 scores 0. Three images (0.5,
// 0.5) are of class 0, the last one, (0.4, 0.4), is of class 1. With share 0.5,
// FGSM with ε = 0.1 moves the last two to (0.4, 0.6) and (0.5, 0.3), where
// class 0 has the probabilities 0.45 and 0.55. The gradient of the first two
// weights is (2·(−0.5)·(0.5, 0.5) − 0.55·(0.4, 0.6) + 0.55·(0.5, 0.3)) / 4 =
// (−0.111, −0.166).
func hardeningStep(
  model: Sequential, batch: Batch, attack: any Attack, share: Float
) throws(Unsolved) -> [Tensor] {
  // The current model is attacked, not an earlier one: what fooled the weights
  // of yesterday may be harmless for those of today. And with true labels: the
  // attacker wants those answers to become wrong.
  let attacked = attack.perturb(
    batch.images, labels: batch.labels, against: model)
  let kept = batch.count - Int((share * Float(batch.count)).rounded())
  let mix = Batch(
    images: Tensor(concatenating: [
      batch.images.rows(0..<kept), attacked.rows(kept..<batch.count),
    ]),
    labels: batch.labels)
  // One mean over all N images, so that the share alone decides how much the
  // attacked ones weigh.
  return model.parameterGradients(on: mix, mode: .inference).parameters
}
