import Lesson
import Shared

// EXERCISE W1 · warm-up · how large is the output?
//
// A convolution moves a window of `kernelSize` pixels over a row of `inputSize`
// pixels, to which `padding` pixels were added on each side. At how many places
// can the window stand? That is the size of the output.
//
// Example: a row of 9, a window of 3 and padding 1 give 9 places.
func convolutionOutputSize(
  inputSize: Int, kernelSize: Int, padding: Int
) -> Int {
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
