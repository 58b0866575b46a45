import Foundation
import Lesson
import Shared

/// Forward, loss, backward and step, once and slowly.
func takeOneBatchApart(
  _ page: Page, _ model: Sequential, _ batch: Batch, names: [String],
  learningRate: Float, steps: Int
) {
  let often =
    (2000..<10_000).contains(steps)
    ? "a few thousand times" : "\(steps.grouped) times"
  page.say(
    """
    Now the whole network, and real images. Training repeats one small act: show
    the network some images, measure how wrong it is, find out which way each
    weight should move, and move all of them a little. Before it runs \(often),
    here it is once, with \(batch.count.grouped) images.
    """)
  let (logits, cache) = forward(page, model, batch, names)
  page.pause()
  let (lossBefore, logitGradient) = loss(
    page, logits, batch, classes: names.count)
  page.pause()
  let gradients = backward(page, model, batch, logitGradient, cache)
  page.pause()
  checkGradient(page, model, batch.prefix(4))
  page.pause()
  step(
    page, model, batch, gradients, learningRate: learningRate,
    lossBefore: lossBefore)
}

private func forward(
  _ page: Page, _ model: Sequential, _ batch: Batch, _ names: [String]
) -> (logits: Tensor, cache: [any Sendable]) {
  page.say(
    """
    **Forward.** The images pass through the layers and come out as
    \(inWords(names.count)) logits each. Beside them the network returns the
    caches of all its layers.
    """)
  let (logits, cache) = page.show {
    model.forward(batch.images, mode: .inference)
  }
  let answers = predictions(logits)
  let right = zip(answers, batch.labels).count { $0 == $1 }
  page.output(
    """
    logits: \(logits.shape.times)
    of the first image: \(logits.rows(0..<1).scalars.map { $0.decimals(2) }
      .joined(separator: " "))
    its answer: \(names[answers[0]]), its label: \(names[batch.labels[0]])
    right answers: \(right) of \(batch.count)
    """)
  let areSmall = logits.scalars.allSatisfy { abs($0) < 1 }
  page.say(
    """
    The initial weights are random\(areSmall
      ? " and small, and so are the logits" : ""). The answers are guesses: about
    one right in \(inWords(names.count)) is to be expected.
    """)
  return (logits, cache)
}

private func loss(
  _ page: Page, _ logits: Tensor, _ batch: Batch, classes: Int
) -> (before: Double, gradient: Tensor) {
  let share = shareInFormula(ofOneIn: classes)
  page.say(
    """
    **Loss.** Someone who gives each of \(inWords(classes)) classes
    $p = \(share)$ has a loss of $−log \(share) =
    \(log(Double(classes)).decimals(3))$, whatever is right. The loss of the
    batch is the *mean* over its images, not the sum: then many images ask for
    no longer a step than few, and the mean of some images, drawn at random, is
    an estimate of the mean of all.
    """)
  let (losses, gradient) = page.show {
    softmaxCrossEntropy(logits: logits, labels: batch.labels)
  }
  let mean = losses.reduce(0, +) / Double(losses.count)
  page.output("mean loss: \(mean.decimals(4))", ["lossBeforeStep": mean])
  return (mean, gradient)
}

private func backward(
  _ page: Page, _ model: Sequential, _ batch: Batch, _ logitGradient: Tensor,
  _ cache: [any Sendable]
) -> [Tensor] {
  page.say(
    """
    **Backward.** From the last layer to the first, as on paper. The mean over
    the batch gives each image's slopes a factor of $1/\(batch.count)$.
    """)
  let gradients = page.show {
    model.parameterGradients(
      logitGradient * (1 / Float(batch.count)), cache: cache)
  }
  func each(_ gradient: Tensor) -> Double {
    gradient.norm / Double(gradient.count).squareRoot()
  }
  let names = model.parameters.map(\.name)
  page.table(
    "Gradients of the first batch",
    columns: ["parameter", "numbers", "‖∂L/∂w‖", "per number"],
    rows: zip(names, gradients).map {
      [
        $0, $1.count.grouped, $1.norm.decimals(4), each($1).decimals(6),
      ]
    }, isSameWhenQuick: true)
  let longest = gradients.indices.max {
    gradients[$0].norm < gradients[$1].norm
  }
  let steepest = gradients.indices.max {
    each(gradients[$0]) < each(gradients[$1])
  }
  guard let longest, let steepest else { return gradients }
  page.say(
    """
    The third column is the length of each list of slopes, the root of the sum
    of their squares; divided by the root of how many there are, it gives the
    size of a typical one, in the last column. \(longest == steepest
      ? "`\(names[longest])` has the longest, and the largest for each of its "
        + "numbers, too."
      : "`\(names[longest])` has the longest, but it also has "
        + "\(gradients[longest].count.grouped) numbers. For a single number "
        + "`\(names[steepest])` comes first.")
    \(gradients.allSatisfy { $0.norm > 0 }
      ? "None is 0: every layer is told something." : "")
    """)
  return gradients
}

private func step(
  _ page: Page, _ model: Sequential, _ batch: Batch, _ gradients: [Tensor],
  learningRate: Float, lossBefore: Double
) {
  page.say(
    "**Step.** Move every weight against its gradient. How far, an *optimizer* "
      + "decides:")
  let newOptimizer = page.show { Adam(learningRate: learningRate) }
  page.say(stepInWords(newOptimizer))
  let lossAfter = page.show("lossAfterStep") {
    var stepped = model
    var optimizer = newOptimizer
    optimizer.update(&stepped, with: gradients)
    return stepped.evaluate(on: batch.images, labels: batch.labels).meanLoss
  }
  page.output(
    """
    loss before the step: \(lossBefore.decimals(4))
    loss after the step:  \(lossAfter.decimals(4))
    """)
  page.say(
    """
    The loss on this batch \(lossAfter < lossBefore ? "fell" : "did not fall: "
      + "a shorter step might have done better"). That step was made on a copy: models are
    values here, so `model` still holds its initial weights.
    """)
}
