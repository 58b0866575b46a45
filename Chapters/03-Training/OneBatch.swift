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
  let outputs = model.outputShape(for: MNIST.imageShape).reduce(1, *)
  page.say(
    """
    Training repeats one small act: show the network some images, measure how
    wrong it is, find out which way each weight should move, and move all of
    them a little. Before it runs \(often), here it is once, with
    \(batch.count.grouped) images.

    **Forward.** The images pass through the layers and come out as
    \(inWords(outputs)) numbers each, the *logits*. The largest one is the
    network's answer.
    """)
  let (logits, cache) = page.show {
    model.forward(batch.images, mode: .inference)
  }
  let firstAnswers = predictions(logits)
  let rightAtFirst = zip(firstAnswers, batch.labels).count { $0 == $1 }
  page.output(
    """
    logits: \(logits.shape.times)
    of the first image: \(logits.rows(0..<1).scalars.map { $0.decimals(2) }
      .joined(separator: " "))
    its answer: \(names[firstAnswers[0]]), its label: \(names[batch.labels[0]])
    right answers: \(rightAtFirst) of \(batch.count)
    """)
  let classes = names.count
  let areSmall = logits.scalars.allSatisfy { abs($0) < 1 }
  page.say(
    """
    The weights are random, so
    \(areSmall ? "the logits are all small and " : "")the answers are
    guesses: about one in \(inWords(classes)) can be right.
    """)
  page.pause()
  let share = shareInFormula(ofOneIn: classes)
  page.say(
    """
    **Loss.** Softmax turns logits into probabilities, and cross-entropy is the
    surprise $−log p$ at the right label. Someone who gives each of
    \(inWords(classes)) classes $p = \(share)$ is surprised by
    $−log \(share) = \(log(Double(classes)).decimals(3))$. The gradient of the loss
    with respect to the logits has a simple form, probabilities minus the right
    answer, and it is where going backward begins.
    """)
  let (losses, logitGradient) = page.show {
    softmaxCrossEntropy(logits: logits, labels: batch.labels)
  }
  let lossBefore = losses.reduce(0, +) / Double(losses.count)
  page.output(
    "mean loss: \(lossBefore.decimals(4))", ["lossBeforeStep": lossBefore])
  page.pause()
  page.say(
    """
    **Backward.** The chain rule, layer by layer from the last to the first:
    each layer receives how the loss depends on its output and returns how it
    depends on its input and on its own weights. The mean over the batch needs
    a factor of $1/\(batch.count)$.
    """)
  let gradients = page.show {
    model.parameterGradients(
      logitGradient * (1 / Float(batch.count)), cache: cache)
  }
  page.table(
    "Gradients of the first batch", columns: ["parameter", "shape", "‖∂L/∂w‖"],
    rows: zip(model.parameters, gradients).map {
      [$0.name, $1.shape.times, $1.norm.decimals(4)]
    })
  page.pause()
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
      + "the step was too long"). That step was made on a copy: models are
    values here, so `model` still holds its initial weights.
    """)
}
