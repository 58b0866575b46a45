import Lesson
import Shared

// EXERCISE W4a · warm-up · how silent a layer is
//
// A ReLU puts out exactly 0 for everything it has rejected. Return the share of
// all numbers in `activations` that are exactly 0, from 0 to 1. You may use
// `activations.scalars` and `activations.count`.
//
// Example: of 0, 0, 3, −1, 2, 4, 1, 5 two are 0, so the share is 0.25.
func shareOfZeros(
  _ activations: Tensor  // any shape
) -> Double {
  // Two whole numbers would divide to 0, so both become Double first.
  let zeros = activations.scalars.count { $0 == 0 }
  return Double(zeros) / Double(activations.count)
}

// EXERCISE W4b · warm-up · switches flipped
//
// A ReLU is a switch: on where it puts out more than 0, off where it puts out 0.
// Two images, the clean one and a changed one, have gone through the same layer.
// Return the share of all positions at which the switch is on for one of them
// and off for the other, from 0 to 1. A number that changes and stays above 0 is
// no flip.
//
// Example: from 0, 2, 0, 1, 3, 0, 0, 4 to 0, 2.5, 1, 0, 3, 0, 2, 4 the third,
// fourth and seventh switch flip. That is 3 of 8, so the share is 0.375.
func flippedShare(
  clean: Tensor, changed: Tensor  // any shape, the same for both
) -> Double {
  // Two truth values are unequal where one is on and the other off, whichever.
  let flipped = zip(clean.scalars, changed.scalars).count {
    ($0 > 0) != ($1 > 0)
  }
  return Double(flipped) / Double(clean.count)
}
