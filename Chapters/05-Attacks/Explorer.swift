import Lesson
import Shared

/// A figure to play with: ε on a slider, two directions, all probabilities.
func exploreEpsilon(_ page: Page, _ model: Sequential, _ mnist: MNIST) throws {
  let test = mnist.test
  // The first image of each of the first six labels to appear.
  var chosen: [Int] = []
  for index in test.labels.indices where chosen.count < 6 {
    if !chosen.contains(where: { test.labels[$0] == test.labels[index] }) {
      chosen.append(index)
    }
  }
  let digits = test.batch(chosen)
  let hundredths = 0...30
  let kind = mnist.isShipped ? "digit" : "class"
  let classes = mnist.classNames.count
  let many = classes == 10 ? "ten" : "\(classes)"
  page.say(
    """
    That was one ε. The page that this chapter leaves for your browser has a
    figure in which you move ε yourself: for the first test image of each of
    \(chosen.count) \(mnist.isShipped ? "digits" : "classes"), along FGSM's
    direction or along random signs. For every picture the figure can show, the
    model is asked now:
    """)
  let explorer = page.show {
    EpsilonExplorer(
      model, digits, epsilons: hundredths.map { .pixels(Float($0) / 100) },
      seed: page.options.seed, classNames: mnist.classNames,
      standardDeviation: mnist.normalize.standardDeviation)
  }
  page.figure(
    "explorer", fragment: try explorer.html,
    caption:
      "an image, the change and their sum, with the \(many) probabilities that "
      + "the network gives to it. Move ε up from "
      + "\((Double(hundredths.lowerBound) / 100).shortest). At which ε does "
      + "the answer flip under FGSM? Does it ever under random signs? And into "
      + "which \(kind) does it flip: does the change look like a piece of that "
      + "one?",
    alternative:
      "\(mnist.isShipped ? "A digit" : "An image"), the change and their sum, "
      + "with a slider for ε and a bar for each of the \(many) probabilities.")
  reportFlips(
    page, explorer.flips, mnist, upTo: Float(hundredths.upperBound) / 100)
}

/// When each image is first misread, and what that says of the two directions.
private func reportFlips(
  _ page: Page, _ flips: [EpsilonExplorer.Flip], _ mnist: MNIST,
  upTo largest: Float
) {
  let noun = mnist.isShipped ? "digit" : "image"
  page.table(
    "The smallest ε up to \(largest) at which the answer is wrong", "flips",
    flips,
    [
      Column(noun) { mnist.classNames[$0.label] },
      Column("FGSM") { $0.fgsm?.decimals(2) ?? "never" },
      Column("random signs") { $0.randomSigns?.decimals(2) ?? "never" },
    ])
  let fgsm = flips.count { $0.fgsm != nil }
  let random = flips.count { $0.randomSigns != nil }
  page.say(
    """
    In steps of 0.01 up to ε = \(largest), FGSM turns \(fgsm) of these
    \(flips.count) \(noun)s and random signs turn \(random). Both move a pixel
    by at most ε; only the direction differs. \(fgsm < flips.count
      ? "Remember the \(noun)s that FGSM leaves standing when you come to PGD."
      : "")
    """)
}
