import Lesson
import Shared

// EXERCISE W5 · warm-up · FGSM in one line
//
// Move every pixel by `epsilon` to the side on which the loss grows: up where
// its slope in `gradient` is above 0, down where it is below 0, and not at all
// where it is 0. Then bring back what left 0...1. You may use `min`, `max` and
// `image.combined(with: gradient) { pixel, slope in … }`, which makes a new
// tensor of both, pixel by pixel.
//
// Example: with ε = 0.1, the pixels 0.5, 0.95, 0.05, 0.7 and the slopes 0.02, 3,
// −0.4, 0 give 0.6, 1, 0, 0.7.
func fgsm(
  image: Tensor, gradient: Tensor,  // (N, H, W, C), both
  epsilon: Float
) -> Tensor {
  image.combined(with: gradient) { pixel, slope in
    // Only the sign counts: each pixel may move by ε, so each goes all the way.
    // A slope of 0 has no side, and its pixel stays.
    let direction: Float = slope > 0 ? 1 : slope < 0 ? -1 : 0
    return min(max(pixel + epsilon * direction, 0), 1)
  }
}

// EXERCISE 6a · intermediate · PGD: back into the box
//
// A step may carry a pixel out of the box that the threat model allows. Return
// the value nearest to `candidate` that keeps both rules: within `epsilon` of
// the original `pixel`, and between black 0 and white 1. You may use `min` and
// `max`.
//
// Worked example: with the pixel 0.4 and ε = 0.1 the box is 0.3...0.5, so the
// candidate 0.7 becomes 0.5. With the pixel 0.1 and ε = 0.6 the box is 0...0.7,
// because nothing is darker than black: −0.8 becomes 0.
func projectedPixel(
  _ candidate: Float, around pixel: Float, epsilon: Float
) -> Float {
  // Both rules are intervals, and so is what they have in common: it begins at
  // the larger of the two beginnings and ends at the smaller of the two ends.
  let lowest = max(pixel - epsilon, 0)
  let highest = min(pixel + epsilon, 1)
  // The nearest point of an interval is the candidate itself if it lies inside,
  // and else the end on its side.
  return min(max(candidate, lowest), highest)
}

// EXERCISE 6b · intermediate · PGD: step after step
//
// Walk uphill from `start`: `steps` times, ask for the gradient of the loss
// where you stand, move every pixel by `stepSize` along the sign of its gradient
// (not at all where the gradient is 0), and put it back into the box around
// `images`. All tensors are (N, H, W, C). You may use `epsilon.pixels`,
// `stepSize.pixels` and `model.inputGradient(of:labels:)`. Write the way back
// into the box out again here, with `min` and `max`: then this step does not
// wait for 6a.
//
// Worked example: class 0 scores x₁ − x₂, class 1 scores 0. The image (0.6,
// 0.3) is of class 0, so the loss rises when x₁ falls and x₂ rises. With ε =
// 0.05 and two steps of 0.06 from (0.55, 0.25): x₁ is at its lowest and stays
// 0.55; x₂ goes to 0.31 and then to 0.35, not to 0.37.
func ascend(
  from start: Tensor, images: Tensor, labels: [Int], model: Sequential,
  epsilon: Epsilon, stepSize: Epsilon, steps: Int
) -> Tensor {
  let (limit, step) = (epsilon.pixels, stepSize.pixels)
  var current = start
  for _ in 0..<steps {
    // Asked again in every step, and at the point where the walk stands: a
    // network is not linear, so an old gradient soon points the wrong way.
    let gradient = model.inputGradient(of: current, labels: labels)
    for i in 0..<current.count {
      // Only the sign counts. The box allows every pixel the same ε, so the
      // best use of a step is to move each of them as far as it may go.
      let direction: Float =
        gradient.scalars[i] > 0 ? 1 : gradient.scalars[i] < 0 ? -1 : 0
      let candidate = current.scalars[i] + step * direction
      // The box lies around the original pixel. Around the last point it would
      // travel along with the walk and limit nothing.
      let pixel = images.scalars[i]
      current.scalars[i] = min(
        max(candidate, max(pixel - limit, 0)), min(pixel + limit, 1))
    }
  }
  return current
}

// EXERCISE 6c · intermediate · PGD: a random start
//
// The gradient at the image itself may mislead, so PGD begins elsewhere. Move
// every pixel of `images` (N, H, W, C) by a number of its own, all numbers in
// ±epsilon equally likely, and put back what leaves 0...1. The same seed must
// give the same start, another seed another one. You may use `epsilon.pixels`,
// `SeededGenerator(seed:)` and its method `uniform(within:)`.
//
// Worked example: a gray image, all pixels 0.5, with ε = 0.1 becomes one whose
// pixels lie anywhere in 0.4...0.6, on average 0.05 away from 0.5. A black
// pixel that draws −0.07 stays at 0.
func randomStart(
  images: Tensor, epsilon: Epsilon, seed: UInt64
) -> Tensor {
  // One generator for all pixels. A new one for each pixel would begin anew and
  // give every pixel the same number.
  var generator = SeededGenerator(seed: seed)
  return images.map { pixel in
    // Within ε by the choice of the number, so only 0...1 can be left; and
    // going back there moves the pixel towards the original, never out of the
    // box.
    min(max(pixel + generator.uniform(within: epsilon.pixels), 0), 1)
  }
}

// EXERCISE 9 · advanced · A robustness curve for several attacks
//
// Return one curve an attack, in the order of `attacks`, and in it one point an
// ε, in the order of `epsilons`. `attacks[0](epsilon)` makes the first attack
// with that ε. Attack all images of the batch, also those that the model
// misreads anyway, and count the answers that equal the label. You may use the
// attack's `perturb(_:labels:against:)`, `model.evaluate(on:labels:).accuracy`,
// and `RobustnessPoint(epsilon:accuracy:)`.
//
// Worked example: class 0 leads by x₁ − x₂. Five images have leads of 0.8, 0.1,
// 0.3, −0.1 and −0.5; the last is of class 1, the others of class 0. FGSM takes
// 2ε of each right answer's lead. So its accuracy is 4/5 at ε = 0, 3/5 at 0.1
// and 2/5 at 0.2.
func robustnessCurves(
  of model: Sequential, on batch: Batch, epsilons: [Epsilon],
  attacks: [@Sendable (Epsilon) -> any Attack]
) -> [[RobustnessPoint]] {
  attacks.map { makeAttack in
    epsilons.map { epsilon in
      // Every point attacks the clean images. Going on from the last point's
      // images would let the changes add up to more than ε.
      let attacked = makeAttack(epsilon).perturb(
        batch.images, labels: batch.labels, against: model)
      // Compared with the labels, over all images: what the model gets wrong
      // without any attack is wrong under attack as well.
      let accuracy = model.evaluate(on: attacked, labels: batch.labels).accuracy
      return RobustnessPoint(epsilon: epsilon, accuracy: accuracy)
    }
  }
}
