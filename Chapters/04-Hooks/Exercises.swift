import Lesson
import Shared

// EXERCISE W4 · warm-up · how silent a layer is
//
// A ReLU puts out exactly 0 for everything it has rejected. Return the share of
// all numbers in `activations` that are exactly 0, from 0 to 1. You may use
// `activations.scalars` and `activations.count`.
//
// Example: of 0, 0, 3, −1, 2, 4, 1, 5 two are 0, so the share is 0.25.
func shareOfZeros(
  _ activations: Tensor  // any shape
) -> Double {
  unsolved()
}
