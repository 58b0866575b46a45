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
