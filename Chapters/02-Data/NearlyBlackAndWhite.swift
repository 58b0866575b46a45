import Lesson
import Shared

/// How little grey there is.
func describePixels(_ page: Page, _ statistics: PixelStatistics) throws {
  let total = Double(statistics.total)
  let guess = page.guess(
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
  page.reveal(
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
