import Lesson
import Shared

/// A figure to play with: ε on a slider, two directions, the ten
/// probabilities.
func exploreEpsilon(_ page: Page, _ model: Sequential, _ test: ImageSet) throws
{
  // The first image of each of the first six labels to appear.
  var chosen: [Int] = []
  for index in test.labels.indices where chosen.count < 6 {
    if !chosen.contains(where: { test.labels[$0] == test.labels[index] }) {
      chosen.append(index)
    }
  }
  let digits = test.batch(chosen)
  page.say(
    """
    That was one ε. The page that this chapter leaves for your browser has a
    figure in which you move ε yourself: for the first test image of each of
    \(chosen.count) digits, along FGSM's direction or along random signs. For
    every picture the figure can show, the model is asked now:
    """)
  let explorer = page.show {
    EpsilonExplorer(
      model, digits, epsilons: (0...30).map { .pixels(Float($0) / 100) },
      seed: page.options.seed)
  }
  page.figure(
    "explorer", fragment: try explorer.html,
    caption:
      "an image, the change and their sum, with the ten probabilities that "
      + "the network gives to it. Move ε up from 0. At which ε does the answer "
      + "flip under FGSM? Does it ever under random signs? And into which "
      + "digit does it flip: does the change look like a piece of that one?",
    alternative:
      "A digit, the change and their sum, with a slider for ε and a bar for "
      + "each of the ten probabilities.")
  reportFlips(page, explorer.flips)
}

private func reportFlips(_ page: Page, _ flips: [EpsilonExplorer.Flip]) {
  page.table(
    "The smallest ε up to 0.3 at which the answer is wrong", "flips", flips,
    [
      Column("digit") { "\($0.label)" },
      Column("FGSM") { $0.fgsm?.decimals(2) ?? "never" },
      Column("random signs") { $0.randomSigns?.decimals(2) ?? "never" },
    ])
  let fgsm = flips.count { $0.fgsm != nil }
  let random = flips.count { $0.randomSigns != nil }
  page.say(
    """
    In steps of 0.01 up to ε = 0.3, FGSM turns \(fgsm) of these
    \(flips.count) digits and random signs turn \(random). Both move a pixel
    by at most ε; only the direction differs. \(fgsm < flips.count
      ? "Remember the digits that FGSM leaves standing when you come to PGD."
      : "")
    """)
}
