import Foundation
import Lesson
import Shared

/// Mean and standard deviation, and where they belong.
func computeStatistics(
  _ page: Page, _ mnist: MNIST, _ exercise: Exercise<PixelStandardization>
) -> PixelStatistics {
  let origin =
    mnist.isShipped
    ? "The two numbers that do it for MNIST are quoted everywhere; here they are "
      + "computed, from the training images alone:"
    : "The two numbers that do it are computed from the training images alone:"
  page.say(
    """
    Networks learn faster when their input has mean 0 and standard deviation 1.
    \(origin)
    """)
  let statistics = page.show {
    PixelStatistics(mnist.training)
  }
  page.output(
    """
    mean:               \(statistics.mean.decimals(5))
    standard deviation: \(statistics.standardDeviation.decimals(5))
    """,
    [
      "mean": statistics.mean,
      "standardDeviation": statistics.standardDeviation,
    ])
  let extremes = mnist.normalize(Tensor([0, 1])).scalars.map {
    $0.decimals(4).replacingOccurrences(of: "-", with: "−")
  }
  page.say(
    """
    Where should this scaling live? Usually it is part of loading the data, and
    then every later line has to remember that "black" is \(extremes[0]) and
    "white" is \(extremes[1]). Attack code that forgets this clips to the wrong
    range. Here it is the model's first layer, so images are pixels in 0...1
    everywhere else:
    """)
  let ends = page.show {
    let normalize = mnist.normalize
    return normalize(Tensor([0, 1]))
  }
  page.output(
    "black becomes \(ends[0].decimals(4)), white \(ends[1].decimals(4))")
  let standardize = page.exercise(exercise)
  let gray = standardize(
    128, mnist.normalize.mean, mnist.normalize.standardDeviation)
  page.output("and the gray of byte 128 becomes \(gray.decimals(4))")
  return statistics
}
