import Lesson
import Shared

/// Clean, perturbation and adversarial image in three rows of a figure.
func attackFigure(_ page: Page, _ model: Sequential, _ test: ImageSet) throws {
  let epsilon: Float = 0.15
  // One image of each digit.
  let chosen = (0...9).compactMap { digit in
    test.labels.firstIndex { $0 == digit }
  }
  let batch = test.batch(chosen)
  let attacked = FGSM(epsilon: .pixels(epsilon))
    .perturb(batch.images, labels: batch.labels, against: model)
  let answers = predictions(model.logits(of: attacked))
  var grid = ImageGrid()
  grid.addRow(batch.images, label: "clean")
  grid.addRow(
    attacked - batch.images, .signed(epsilon), label: "what FGSM adds")
  grid.addRow(
    attacked, label: "the sum", captions: answers.map { "read as \($0)" })
  page.say(
    """
    Before you look at the figure, expect this. On the ink the perturbation is
    anything but static: stroke by stroke, it makes bright pixels darker. The
    background looks like noise, but every sign in it was chosen by the
    gradient; white means unchanged. At $ε = \(epsilon)$ all of this is plainly
    visible.

    **Try it:** check whether you can still read each digit. "Adversarial" does not
    mean invisible; it means small in a stated measure and wrong for the model.
    """)
  let fooled = zip(answers, batch.labels).count { $0 != $1 }
  try page.figure(
    "examples", grid,
    caption:
      "clean images; what FGSM adds at $ε = \(epsilon)$ (red brighter, blue "
      + "darker); the sum. The model reads the lowest row as "
      + answers.map(String.init).joined(separator: " ")
      + ": \(fooled) of \(chosen.count) wrong.",
    alternative:
      "Three rows of pictures: ten clean digits, ten patterns of red "
      + "and blue pixels, and the ten digits with the patterns added, greyish "
      + "but readable.")
  page.record("figureAnswers", answers)
}
