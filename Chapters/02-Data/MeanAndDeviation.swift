import Foundation
import Lesson
import Shared

/// Mean and standard deviation, and where they belong.
func computeStatistics(
  _ page: Page, _ mnist: MNIST, _ exercise: Exercise<PixelStandardization>
) -> PixelStatistics {
  let origin =
    mnist.isShipped
    ? "The two numbers that do it for MNIST are often quoted; here they are "
      + "computed, from the training images alone:"
    : "The two numbers that do it are computed from the training images alone:"
  page.say(
    """
    First each byte is divided by 255: from now on a pixel is a number from 0,
    black, to 1, white. The *mean* is the sum of all pixels divided by their
    number. The *standard deviation* says how far from the mean pixels typically lie: it is the root
    of the mean squared distance. A network usually learns faster when the mean
    of its input is near 0 and its spread about 1 (LeCun, Bottou, Orr and Müller
    1998, "Efficient BackProp"). In plain words: give it numbers of moderate
    size, some below 0 and some above, and training usually takes fewer steps.

    So subtract the mean from each pixel and divide by the standard deviation.
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
    Where should this scaling live? If it is part of loading the data, every
    later line has to remember that "black" is \(extremes[0]) and "white" is
    \(extremes[1]). An attack must not make pixels darker than black or brighter
    than white; code that forgets the scaling cuts them off at the wrong values.
    Here it is the model's first layer, with \(mnist.normalize.mean.decimals(4))
    and \(mnist.normalize.standardDeviation.decimals(4)), so images are pixels
    in 0...1 everywhere else:
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
