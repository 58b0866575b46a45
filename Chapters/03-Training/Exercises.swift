import Foundation
import Lesson
import Shared

// EXERCISE 1 · beginner · a learning rate that falls in steps
//
// A long step is good far from the goal and bad near it. So let the learning
// rate stay the same for `stepEpochs` epochs and then multiply it by `decay`,
// again and again. Epochs are counted from 1.
//
// Example: initial 0.8, decay 0.25, every 2 gives 0.8, 0.8, 0.2, 0.2, 0.05 for
// the epochs 1 to 5. You may use a loop or `pow`.
func steppedLearningRate(
  initial: Float, decay: Float, every stepEpochs: Int, epoch: Int
) -> Float {
  unsolved()
}

// EXERCISE 2 · beginner · training curves
//
// Make the points of the figure's training curve: one point an epoch, x the
// number of the epoch from 1, y the accuracy in per cent, over all images of
// that epoch. The last batch of an epoch is smaller than the others, and every
// image shall count once. A `BatchResult` has `correct` and `count`.
//
// Example: 2 of 4 and then 1 of 1 right is 3 of 5, so the first point is
// CurvePoint(x: 1, y: 60).
func trainingCurve(
  _ epochs: [[BatchResult]]  // a list of batches for each epoch
) -> [CurvePoint] {
  unsolved()
}

// EXERCISE 3 · beginner · batch sizes at equal work
//
// Does a network learn more from many small steps or from few large ones? The
// comparison is fair if every batch size sees the same number of images and
// starts from the same model. Train a copy of `start` for each size, measure
// it, and return a `BatchSizeRow(batchSize:steps:accuracy:)` for each, in the
// order of `sizes`. All sizes divide `images`.
//
// `train(&model, batchSize, steps)` trains; `measure(model)` gives an accuracy.
// Example: with 16 images, sizes 2 and 8 make 8 and 2 steps.
func batchSizeRows(
  sizes: [Int], images: Int, start: Sequential,
  train: BatchSizeTraining, measure: BatchSizeMeasure
) -> [BatchSizeRow] {
  unsolved()
}

// EXERCISE 5a · intermediate · SGD with momentum, one step
//
// A heavy ball: the velocity keeps `momentum` of what it was and gains the
// gradient, v ← momentum · v + g, and the parameter moves against it, p ← p −
// learningRate · v. Return the new parameters and the new velocities.
//
// Example: p = 1, g = 1, v = 0, learning rate 0.2, momentum 0.9 gives v = 1,
// p = 0.8; with g = 2 next, v = 2.9, p = 0.22.
func momentumStep(
  parameters: [Float], gradients: [Float], velocities: [Float],
  learningRate: Float, momentum: Float
) -> (parameters: [Float], velocities: [Float]) {
  unsolved()
}

// EXERCISE 5b · intermediate · Adam, one step
//
// Adam (arXiv:1412.6980) keeps a running mean m of the gradients (β₁ = 0.9) and
// s of their squares (β₂ = 0.999), m ← β₁ m + (1 − β₁) g and likewise s with g².
// Both start at 0, so divide m by 1 − β₁ᵗ and s by 1 − β₂ᵗ, where t counts the
// steps from 1. Then p ← p − learningRate · m / (√s + 1e-8). The state has
// `step`, the number of steps made before this one, `means` and `squares`, both
// before the division; return the new one, too.
//
// Example: p = 1, g = 0.5, learning rate 0.2: the first step gives p = 0.8.
func adamStep(
  parameters: [Float], gradients: [Float], state: AdamState,
  learningRate: Float
) -> (parameters: [Float], state: AdamState) {
  unsolved()
}

// EXERCISE 5c · intermediate · AdamW, one step
//
// Weight decay pulls every parameter towards zero. AdamW (arXiv:1711.05101)
// keeps the pull apart from the gradient: first p ← p − learningRate ·
// weightDecay · p, then Adam's step with the gradient as it is. You may call
// your `adamStep`, or write it out.
//
// Example: p = 1, g = 0.5, learning rate 0.2, weight decay 0.3 gives 1 · 0.94 −
// 0.2 = 0.74.
func adamWStep(
  parameters: [Float], gradients: [Float], state: AdamState,
  learningRate: Float, weightDecay: Float
) -> (parameters: [Float], state: AdamState) {
  unsolved()
}
