import Lesson
import Shared

/// How little grey there is.
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
  let paper = mnist.isShipped ? "paper" : "black"
  page.record("exactlyBlack", black)
  page.record("between0.2And0.8", middle)
  page.reveal(
    guess, outcome: black,
    "\(black > 0.5 ? "Most of an image is \(paper). " : "")"
      + "\(middle.percent(1)) of all pixels lie between 0.2 and 0.8"
      + (middle < 0.1 ? ": these images are nearly black and white." : "."))
  let inked = 1 - black
  let grayInk = inked > 0 ? middle / inked : 0
  page.record("inkBetween0.2And0.8", grayInk)
  page.say(
    """
    **Key point:** remember it in chapter 5. A change of 0.3 looks enormous as a
    number, yet it can carry a pixel across one half only from between 0.2 and
    0.8. Rounding to black or white would undo it everywhere else: in
    \((1 - middle).percent(1)) of all pixels, and in \((1 - grayInk).percent(1))
    of those that \(mnist.isShipped ? "hold ink" : "are not black"). What holds
    for \(mnist.isShipped ? "MNIST" : "these images") at $ε = 0.3$ need not hold
    for photographs.
    """)
}
