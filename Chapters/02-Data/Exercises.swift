import Lesson
import Shared

// EXERCISE W2 · warm-up · from a byte to what the network sees
//
// A pixel lies in the file as a byte, 0 black and 255 white. The network wants
// it first as a number from 0 to 1, and then shifted and scaled: minus the
// mean, divided by the standard deviation.
//
// Example: with mean 0.3 and standard deviation 0.25, the byte 204 becomes
// (0.8 − 0.3) / 0.25 = 2.
func standardized(
  byte: UInt8, mean: Float, standardDeviation: Float
) -> Float {
  unsolved()
}
