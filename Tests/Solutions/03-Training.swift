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
  // The largest power becomes 1, so none is infinite and the sum is never 0.
  let largest = logits.max() ?? 0
  let powers = logits.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  var gradient = powers.map { $0 / sum }
  // y is 0 everywhere but here.
  gradient[label] -= 1
  return gradient
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
  // The input decides, not the gradient: a negative slope passes, too.
  outputGradient.combined(with: input) { slope, number in
    number > 0 ? slope : 0
  }
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
  // Whole-number division does the steps: 0, 0, 1, 1, 2 for every: 2. The − 1
  // is there because the first epoch is number 1 and nothing has fallen yet.
  let timesFallen = (epoch - 1) / stepEpochs
  return initial * pow(decay, Float(timesFallen))
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
  epochs.enumerated().map { index, batches in
    // Images are added up first and divided once, so that an image of the
    // smaller last batch counts no more than any other.
    let correct = batches.reduce(0) { $0 + $1.correct }
    let count = batches.reduce(0) { $0 + $1.count }
    return CurvePoint(
      x: Double(index + 1), y: Double(correct) / Double(count) * 100)
  }
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
  var rows: [BatchSizeRow] = []
  for size in sizes {
    // A model is a value: this is a copy, and `start` stays as it was.
    var model = start
    // Equal work: fewer steps for larger batches, the same images in all.
    let steps = images / size
    train(&model, size, steps)
    rows.append(
      BatchSizeRow(batchSize: size, steps: steps, accuracy: measure(model)))
  }
  return rows
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
  let (rows, channels) = (input.shape[0], input.shape[1])
  var statistics = running
  if isTraining {
    for c in 0..<channels {
      var sum: Float = 0
      for r in 0..<rows { sum += input.scalars[r * channels + c] }
      let mean = sum / Float(rows)
      var squares: Float = 0
      for r in 0..<rows {
        let distance = input.scalars[r * channels + c] - mean
        squares += distance * distance
      }
      statistics.mean.scalars[c] = mean
      // Biased: it describes these rows, it does not estimate others.
      statistics.variance.scalars[c] = squares / Float(rows)
    }
  }
  var output = input
  for c in 0..<channels {
    // The epsilon stands inside the root: a column of equal numbers is safe.
    let root = (statistics.variance.scalars[c] + epsilon).squareRoot()
    for r in 0..<rows {
      let i = r * channels + c
      let normalized = (input.scalars[i] - statistics.mean.scalars[c]) / root
      output.scalars[i] = scale.scalars[c] * normalized + shift.scalars[c]
    }
  }
  return (output, statistics)
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
  let (rows, channels) = (input.shape[0], input.shape[1])
  var gradients = BatchNormalizationGradients(
    input: input, scale: scale, shift: scale)
  for c in 0..<channels {
    let root = (statistics.variance.scalars[c] + epsilon).squareRoot()
    func normalized(_ r: Int) -> Float {
      (input.scalars[r * channels + c] - statistics.mean.scalars[c]) / root
    }
    // Scale and shift serve every row, so every row adds to their gradients.
    var (shiftSum, scaleSum): (Float, Float) = (0, 0)
    for r in 0..<rows {
      let g = outputGradient.scalars[r * channels + c]
      shiftSum += g
      scaleSum += g * normalized(r)
    }
    gradients.shift.scalars[c] = shiftSum
    gradients.scale.scalars[c] = scaleSum
    for r in 0..<rows {
      let i = r * channels + c
      // Directly, less the path through the mean, less that through the
      // variance. Both sums return, because all rows share mean and variance.
      let slope =
        outputGradient.scalars[i] - shiftSum / Float(rows)
        - normalized(r) * scaleSum / Float(rows)
      gradients.input.scalars[i] = scale.scalars[c] / root * slope
    }
  }
  return gradients
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
  // A variance around the batch's own mean comes out too small by this factor.
  let unbiased = Float(rows) / Float(rows - 1)
  return BatchStatistics(
    mean: running.mean * (1 - momentum) + batch.mean * momentum,
    variance: running.variance * (1 - momentum)
      + batch.variance * unbiased * momentum)
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
  var (parameters, velocities) = (parameters, velocities)
  for i in parameters.indices {
    // The old velocity fades, the gradient comes in whole.
    velocities[i] = momentum * velocities[i] + gradients[i]
    // Against the velocity: the gradient points to where the loss grows.
    parameters[i] -= learningRate * velocities[i]
  }
  return (parameters, velocities)
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
  var (parameters, state) = (parameters, state)
  // Counted before it is used, so that the first step is number 1.
  state.step += 1
  let meanCorrection = 1 - pow(0.9, Float(state.step))
  let squareCorrection = 1 - pow(0.999, Float(state.step))
  for i in parameters.indices {
    let gradient = gradients[i]
    state.means[i] = 0.9 * state.means[i] + 0.1 * gradient
    state.squares[i] = 0.999 * state.squares[i] + 0.001 * gradient * gradient
    // The state keeps the plain means; only this step uses corrected ones.
    let mean = state.means[i] / meanCorrection
    let square = state.squares[i] / squareCorrection
    parameters[i] -= learningRate * mean / (square.squareRoot() + 1e-8)
  }
  return (parameters, state)
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
  // Decoupled: the decay acts on the parameters and never enters the gradient,
  // so Adam's division cannot weaken it.
  let shrunk = parameters.map { $0 - learningRate * weightDecay * $0 }
  return adamStep(
    parameters: shrunk, gradients: gradients, state: state,
    learningRate: learningRate)
}
