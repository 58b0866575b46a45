import Lesson
import Shared

// Answers to the exercises of chapter 5 that go wrong in every bad way. The
// lines with a comment at their end are looked up by `ExerciseCommandTests`.

func readsTooFar(_ candidate: Float, _ pixel: Float, _ epsilon: Float) -> Float
{
  let bounds = [pixel - epsilon, pixel + epsilon]
  let index = candidate > 1000 ? 0 : 2
  return bounds[index]  // out of range
}

func neverEnds(
  _ start: Tensor, _ images: Tensor, _ labels: [Int], _ model: Sequential,
  _ epsilon: Epsilon, _ stepSize: Epsilon, _ steps: Int
) -> Tensor {
  var current = start
  var step = 0
  while step < steps {  // first of the loop
    current.scalars[0] += stepSize.pixels
    step = step &* 31 & 7
  }  // last of the loop
  return current
}

func flattens(_ images: Tensor, _ epsilon: Epsilon, _ seed: UInt64) -> Tensor {
  print("looking at epsilon", epsilon.pixels)
  return Tensor(images.scalars)
}

func callsItself(_ depth: Int) -> Int {
  depth < 0 ? 0 : 1 + callsItself(depth + 1)
}
