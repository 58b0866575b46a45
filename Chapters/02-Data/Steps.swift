import Foundation
import Shared

/// The IDX format, from the real first bytes of a real file.
func readHeader(_ page: Page) throws {
  page.say(
    """
    The images come in IDX, a format so plain that sixteen bytes explain it.
    These are the first sixteen of the training images:
    """)
  let folder = page.options.data ?? PackageFiles.mnist
  let header = try page.show {
    let url = MNIST.locate(MNIST.fileNames[0], in: folder)
    guard let file = try? FileHandle(forReadingFrom: url),
      let bytes = try? file.read(upToCount: 16), bytes.count == 16
    else { throw TutorialError("\(url.path) has no 16 bytes to read.") }
    return [UInt8](bytes)
  }
  page.output(hexadecimal(header))
  func number(_ start: Int) -> Int {
    header[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
  }
  page.table(
    "What they say", columns: ["bytes", "meaning", "value"],
    rows: [
      [hexadecimal(header[0..<2]), "always zero", "\(number(0) >> 16)"],
      [hexadecimal(header[2..<3]), "8: unsigned bytes", "\(header[2])"],
      [hexadecimal(header[3..<4]), "number of axes", "\(header[3])"],
      [hexadecimal(header[4..<8]), "images", number(4).grouped],
      [hexadecimal(header[8..<12]), "rows", "\(number(8))"],
      [hexadecimal(header[12..<16]), "columns", "\(number(12))"],
    ])
  page.record("header", header)
  page.say(
    """
    Each number is four bytes, the most significant first. After the header
    come the pixels, one byte each, image after image:
    $16 + \(number(4).grouped) · \(number(8)) · \(number(12)) =
    \((16 + number(4) * number(8) * number(12)).grouped)$ bytes in all. The
    reader checks that sum before it believes anything else.
    """)
}

/// How many images of each digit there are.
func countClasses(_ page: Page, _ mnist: MNIST) {
  let (training, test) = (mnist.training.classCounts, mnist.test.classCounts)
  page.table(
    "Images of each digit", columns: ["digit", "training", "test"],
    rows: (0...9).map {
      ["\($0)", training[$0].grouped, test[$0].grouped]
    } + [["all", mnist.training.count.grouped, mnist.test.count.grouped]])
  page.record("trainingClassCounts", training)
  page.record("testClassCounts", test)
  let most = test.indices.max { test[$0] < test[$1] } ?? 0
  let share = Double(test[most]) / Double(mnist.test.count)
  page.say(
    """
    The digits are about equally frequent, so plain accuracy is a fair measure.

    **Key point:** keep one number in mind: a program that always answers "\(most)" is right on
    \(share.percent()) of the test images. A network that does not beat that
    has learned nothing.
    """)
}

/// Mean and standard deviation, and where they belong.
func computeStatistics(_ page: Page, _ mnist: MNIST) throws
  -> PixelStatistics
{
  page.say(
    """
    Networks learn faster when their input has mean 0 and standard deviation 1.
    The two numbers that do it for MNIST are quoted everywhere; here they are
    computed, from the training images alone:
    """)
  let statistics = page.show {
    PixelStatistics(mnist.training)
  }
  page.output(
    """
    mean:               \(statistics.mean.decimals(5))
    standard deviation: \(statistics.standardDeviation.decimals(5))
    """)
  page.record("mean", statistics.mean)
  page.record("standardDeviation", statistics.standardDeviation)
  page.say(
    """
    Where should this scaling live? Usually it is part of loading the data, and
    then every later line has to remember that "black" is −0.4242 and "white" is
    2.8215. Attack code that forgets this clips to the wrong range. Here it is
    the model's first layer, so images are pixels in 0...1 everywhere else:
    """)
  let ends = page.show {
    let normalize = Normalize(mean: 0.1307, standardDeviation: 0.3081)
    return normalize(Tensor([0, 1]))
  }
  page.output(
    "black becomes \(ends[0].decimals(4)), white \(ends[1].decimals(4))")
  let standardize = page.exercise(
    "W2", own: standardized, library: libraryStandardized)
  let gray = try standardize(128, 0.1307, 0.3081)
  page.output("and the gray of byte 128 becomes \(gray.decimals(4))")
  return statistics
}

/// How little grey there is.
func describePixels(_ page: Page, _ statistics: PixelStatistics) throws {
  let total = Double(statistics.total)
  let guess = try page.guess(
    "black pixels", "How many per cent of all training pixels are exactly 0?",
    .percent)
  let bins = (0..<10).map { bin in
    statistics.counts[bin * 256 / 10..<(bin + 1) * 256 / 10].reduce(0, +)
  }
  try page.figure(
    "pixels",
    Histogram(
      "Pixels of the training images", binLabel: "grey value",
      countLabel: "pixels",
      bins: bins.indices.map { "\($0 * 256 / 10)–\(($0 + 1) * 256 / 10 - 1)" },
      series: [.init("training", counts: bins)]),
    caption: "how many of the \(statistics.total.grouped) pixels have which "
      + "grey value; 0 is black, 255 white.")
  page.record("pixelsByGreyValue", bins)
  let black = Double(statistics.counts[0]) / total
  let middle = statistics.share(above: 0.2, below: 0.8)
  page.record("exactlyBlack", black)
  page.record("between0.2And0.8", middle)
  try page.reveal(
    guess, outcome: black,
    "Most of an image is paper. Only \(middle.percent(1)) of all pixels lie "
      + "between 0.2 and 0.8: these images are nearly black and white.")
  page.say(
    """
    **Key point:** remember it in chapter 5. A change of 0.3 looks enormous as a
    number, yet rounding every pixel to black or white would undo it almost
    everywhere. What holds for MNIST at $ε = 0.3$ need not hold for photographs.
    """)
}

/// The order of two epochs, and that it can be repeated.
func showBatches(_ page: Page, _ training: ImageSet) {
  page.say(
    """
    A *batch* is what one training step looks at: large enough that its gradient
    is a fair estimate, small enough that many steps fit into one pass. Each
    pass shuffles anew, or the network would see the same neighbours every time.
    The order is a function of the seed and the number of the epoch:
    """)
  let orders = page.show {
    var orders: [[Int]] = []
    for epoch in 1...2 {
      let batches = training.batches(
        of: 16, seed: page.options.seed, epoch: epoch)
      for batch in batches.prefix(1) { orders.append(batch.labels) }
    }
    return orders
  }
  page.output(
    """
    epoch 1 begins with the digits \
    \(orders[0].map(String.init).joined(separator: " "))
    epoch 2 begins with the digits \
    \(orders[1].map(String.init).joined(separator: " "))
    """)
  page.record("firstLabelsOfEpochs", orders)
  page.say(
    """
    **Try it:** run this chapter again and the digits are the same; `--seed 7`
    gives others. A random experiment that cannot be repeated cannot be debugged.
    """)
}

/// What stands in for the learner's warm-up.
private func libraryStandardized(
  byte: UInt8, mean: Float, standardDeviation: Float
) throws(Unsolved) -> Float {
  Normalize(mean: mean, standardDeviation: standardDeviation)(
    Tensor([Float(byte) / 255])
  ).scalars[0]
}
