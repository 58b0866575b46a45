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
  throw Unsolved()
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
  throw Unsolved()
}
