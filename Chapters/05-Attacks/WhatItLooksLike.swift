import Lesson
import Shared

/// Clean, perturbation and adversarial image in three rows of a figure.
func attackFigure(_ page: Page, _ model: Sequential, _ mnist: MNIST) throws {
  let epsilon = Epsilon.pixels(0.15)
  let test = mnist.test
  // One image of each class, at most ten.
  let chosen = mnist.classNames.indices.compactMap { label in
    test.labels.firstIndex { $0 == label }
  }.prefix(10)
  let batch = test.batch(Array(chosen))
  let attacked = FGSM(epsilon: epsilon)
    .perturb(batch.images, labels: batch.labels, against: model)
  let answers = predictions(model.logits(of: attacked))
  let names = answers.map { mnist.classNames[$0] }
  var grid = ImageGrid()
  // In a terminal they would fill pages, or be too small to be read.
  grid.excerptLimit = 0
  grid.addRow(batch.images)
  grid.addRow(attacked - batch.images, .signed(epsilon.pixels))
  grid.addRow(attacked)
  page.say(whatToExpect(mnist))
  let fooled = zip(answers, batch.labels).count { $0 != $1 }
  let many = chosen.count == 10 ? "ten" : "\(chosen.count)"
  let noun = mnist.isShipped ? "digits" : "images"
  try page.figure(
    "examples", grid,
    caption:
      "clean images; what FGSM adds at $ε = \(epsilon.pixels)$ "
      + "(red brighter, blue darker); the sum. The model "
      + "reads the lowest row as "
      + names.joined(separator: mnist.isShipped ? " " : ", ")
      + ": \(fooled) of \(chosen.count) wrong.",
    alternative:
      "Three rows of pictures: \(many) clean \(noun), \(many) patterns of red "
      + "and blue pixels, and the \(many) \(noun) with the patterns added"
      + (mnist.isShipped ? ", greyish but readable." : "."))
  page.record("figureAnswers", answers)
}

/// What to look for; only of the shipped digits is it known where ink is.
private func whatToExpect(_ mnist: MNIST) -> String {
  let look = """
    In the figure, look at the strokes first: where the attack darkens a bright
    pixel it shows, where it would brighten one it is cut off at white. The
    background looks like noise,
    """
  return """
    \(mnist.isShipped ? look : "Much of the change looks like noise,") but the
    gradient chose it. Can you still
    \(mnist.isShipped ? "read each digit" : "tell what each image shows")?
    (*Adversarial* does not mean invisible.)
    """
}
