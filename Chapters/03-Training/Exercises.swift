import Foundation
import Lesson
import Shared

// EXERCISE W3a · warm-up · softmax and cross-entropy, backward
//
// Softmax makes probabilities p of the logits: e to the power of each, divided
// by the sum of these powers. The loss is −log p of the right class. Return its
// slope along each logit, p − y, where y is 1 at `label` and 0 elsewhere. You
// may use `exp` and `logits.max()`. Careful: `exp(1000)` is infinite. Subtract
// the largest logit from all of them first; that changes no probability.
//
// Example: the logits 2, 1, 0 have p = 0.665, 0.245, 0.090. If class 0 is right,
// the slopes are −0.335, 0.245, 0.090.
func crossEntropyGradient(logits: [Float], label: Int) -> [Float] {
  unsolved()
}

// EXERCISE W3b · warm-up · ReLU, backward
//
// A ReLU lets a number pass if it is above 0, and puts out 0 otherwise. So its
// backward pass lets the slope of that number pass where the `input` was above
// 0; elsewhere a tiny change of the input changes no output, and the slope is 0.
// At exactly 0 it is 0 as well. Both tensors have the same shape. You may use
// `outputGradient.combined(with: input) { slope, number in … }`, which makes a
// new tensor of both, number by number.
//
// Example: the input 2, −1, 0, 3 with the output gradient 0.5, 4, −7, −2 gives
// 0.5, 0, 0, −2.
func rectifierGradient(_ outputGradient: Tensor, input: Tensor) -> Tensor {
  unsolved()
}

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

// EXERCISE 4a · intermediate · batch normalization forward
//
// Give each channel, a column of `input`, mean 0 and variance 1, then multiply
// by its scale and add its shift: scale · (x − mean) / √(variance + epsilon)
// + shift. In training, mean and variance are those of the column itself (the
// variance divides by the number of rows); otherwise they are `running`. Return
// the output and the statistics you used, as a `BatchStatistics(mean:variance:)`
// of two tensors. `Tensor([0.5, 2])` makes a tensor of two numbers and
// `Tensor(shape: [6, 3])` one of zeros; `input[row, channel]` reads and writes
// one number, `input.shape` has both sizes.
//
// Example: the column 3, 4, 5, 8 has mean 5 and variance (4 + 1 + 0 + 9) / 4.
func batchNormalizedForward(
  _ input: Tensor,  // (rows, channels)
  scale: Tensor, shift: Tensor,  // (channels)
  running: BatchStatistics, epsilon: Float, isTraining: Bool
) -> (output: Tensor, statistics: BatchStatistics) {
  unsolved()
}

// EXERCISE 4b · intermediate · batch normalization backward
//
// From ∂loss/∂output, find the gradients of input, scale and shift in training.
// Careful: mean and variance depend on every input of the column, so the chain
// rule takes three paths. `statistics` are what 4a has returned. With x̂ for the
// normalized input, the output is scale · x̂ + shift. Return a
// `BatchNormalizationGradients(input:scale:shift:)`.
//
// Example: rows 2 and 10, scale 3, epsilon 9 give x̂ = −0.8, 0.8. Output
// gradients 1, ½ give 1.5 for the shift, −0.4 for the scale, and 0.054, −0.054
// for the input.
func batchNormalizedBackward(
  outputGradient: Tensor, input: Tensor,  // (rows, channels)
  scale: Tensor,  // (channels)
  statistics: BatchStatistics, epsilon: Float
) -> BatchNormalizationGradients {
  unsolved()
}

// EXERCISE 4c · intermediate · running statistics
//
// After each training step the running statistics move a little towards the
// batch's: momentum, here 0.1, is the share of the new. The variance that comes
// in is the unbiased one, so the batch's is multiplied by rows / (rows − 1).
// Return a `BatchStatistics(mean:variance:)`.
//
// Example: running mean 1, batch mean 7: 0.9 · 1 + 0.1 · 7 = 1.6. Running
// variance 2, batch variance 8 from 5 rows: 0.9 · 2 + 0.1 · 8 · 5/4 = 2.8.
func updatedRunningStatistics(
  running: BatchStatistics, batch: BatchStatistics,  // (channels)
  rows: Int, momentum: Float
) -> BatchStatistics {
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
