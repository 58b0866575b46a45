import Lesson
import Shared

/// A figure to play with: ε on a slider, four directions, all probabilities.
func exploreEpsilon(_ page: Page, _ model: Sequential, _ mnist: MNIST) throws {
  let digits = mnist.test.batch(firstOfLabels(mnist.test, atMost: 5))
  let hundredths = stride(from: 0, through: 30, by: page.full(1, quick: 5))
  let epsilons = hundredths.map { Epsilon.pixels(Float($0) / 100) }
  let steps = page.full(20, quick: 5)
  let aim =
    mnist.classNames.count == 2 ? "other" : "most probable wrong"
  page.say(
    """
    That was one $ε$. On the chapter's page you move it, under FGSM, PGD (many
    small steps, see below), one step toward the \(aim) class, or random
    signs. The model has judged every picture that you can call up there.
    """)
  // Two gradients, then PGD's, and every picture is judged.
  let passes =
    digits.count * (1 + 3 * 2 + epsilons.count * (3 * steps + 4))
  let explorer = page.progress("Attacking", passes: passes) {
    EpsilonExplorer(
      model, digits, epsilons: epsilons, steps: steps,
      seed: page.options.seed, classNames: mnist.classNames,
      standardDeviation: mnist.normalize.standardDeviation)
  }
  try explorerFigure(page, explorer, mnist)
  page.record("flips", explorer.flips)
}

/// The first image of each of the first few labels to appear.
private func firstOfLabels(_ images: ImageSet, atMost count: Int) -> [Int] {
  var chosen: [Int] = []
  for index in images.labels.indices where chosen.count < count {
    if !chosen.contains(where: {
      images.labels[$0] == images.labels[index]
    }) {
      chosen.append(index)
    }
  }
  return chosen
}

private func explorerFigure(
  _ page: Page, _ explorer: EpsilonExplorer, _ mnist: MNIST
) throws {
  let kind = mnist.isShipped ? "digit" : "class"
  let classes = mnist.classNames.count
  let many = classes == 10 ? "ten" : "\(classes)"
  let maps = explorer.featureLayer
  page.figure(
    "explorer", fragment: try explorer.html,
    caption: "an image, the change, their sum"
      + (maps.map { ", the \(many) probabilities and some maps of `\($0)`" }
        ?? " and the \(many) probabilities")
      + ". At which $ε$ does the answer flip, into which \(kind)?",
    alternative:
      "\(mnist.isShipped ? "A digit" : "An image"), the change and their sum, "
      + "with a slider for ε and a bar for each of the \(many) probabilities"
      + (maps == nil ? "." : ", and maps of the first layer below."))
}
