import Lesson
import Shared

/// How much grey there is, and what a change of 0.3 can do to it.
func describePixels(
  _ page: Page, _ statistics: PixelStatistics, _ mnist: MNIST
) throws {
  let middle = statistics.share(above: 0.2, below: 0.8)
  page.section(
    middle < 0.1 ? "Nearly black and white" : "How much grey there is")
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
  let inked = 1 - black
  let grayInk = inked > 0 ? middle / inked : 0
  page.record("exactlyBlack", black)
  page.record("between0.2And0.8", middle)
  page.record("inkBetween0.2And0.8", grayInk)
  let paper = mnist.isShipped ? "paper" : "black"
  page.reveal(
    guess, outcome: black,
    "\(black > 0.5 ? "Most of an image is \(paper). " : "")"
      + "\((1 - middle).percent(1)) of all pixels lie within 0.2 of black or "
      + "of white.")
  page.say(acrossOneHalf(ofInked: grayInk, ofAll: middle, mnist))
}

/// What a change of 0.3 can do to a pixel, and to how many.
private func acrossOneHalf(
  ofInked gray: Double, ofAll share: Double, _ mnist: MNIST
) -> String {
  let ink =
    mnist.isShipped
    ? "inked pixels, those that are not 0" : "pixels that are not black"
  return """
    **Key point:** remember it in chapter 5, where an attack may move each pixel
    by up to $ε$. A change of $ε = 0.3$ can carry a pixel across one half only
    from between 0.2 and 0.8. That is \(gray.percent(1)) of the \(ink), and
    \(share.percent(1)) of all pixels. Every other pixel stays on its side of
    one half, so a program that first rounds each pixel to black or white does
    not notice its change. Whether the network then still reads the image, these
    numbers do not say. And what holds for
    \(mnist.isShipped ? "MNIST" : "these images") at $ε = 0.3$ need not hold for
    photographs.
    """
}
