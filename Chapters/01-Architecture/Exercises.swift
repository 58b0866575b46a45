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
