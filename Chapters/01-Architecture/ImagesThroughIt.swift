import Foundation
import Lesson
import Shared

/// Some images through the untrained network, layer by layer.
func sendThrough(
  _ page: Page, _ model: Sequential, _ batch: Batch, _ mnist: MNIST
) {
  let count = inWords(batch.count)
  page.section("\(count.capitalized) images through the network")
  page.say(
    """
    \(count.capitalized) real \(mnist.isShipped ? "digits" : "images"), and what
    each layer makes of them. The first axis counts the images; it stays
    \(batch.count) from beginning to end, because no image ever looks at
    another.
    """)
  page.pictures(
    batch.images, captions: batch.labels.map { "label \(mnist.classNames[$0])" }
  )
  let activations = page.show { model.activations(of: batch.images) }
  let width = (["input    "] + activations.map(\.name)).map(\.count).max() ?? 0
  let lines = [(name: "input", output: batch.images)] + activations
  page.output(
    lines.map { name, output in
      name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
        + output.shape.times
    }.joined(separator: "\n"))
  showProbabilities(page, softmax(model(batch.images)), batch, mnist)
}

/// What the network thinks before it has learned anything.
private func showProbabilities(
  _ page: Page, _ probabilities: Tensor, _ batch: Batch, _ mnist: MNIST
) {
  let names = mnist.classNames
  let what = mnist.isShipped ? "digit" : "class"
  if page.hasRoom(forNumbersUnder: names) {
    page.table(
      "Probability of each \(what), before any training",
      columns: ["label"] + names,
      rows: batch.labels.enumerated().map { row, label in
        [names[label]]
          + names.indices.map { probabilities[row, $0].decimals(2) }
      })
  } else {
    page.table(
      "The most probable classes, before any training",
      columns: ["label", "first", "second", "third"],
      rows: batch.labels.enumerated().map { row, label in
        let best = names.indices.sorted {
          probabilities[row, $0] > probabilities[row, $1]
        }.prefix(3).map { "\(names[$0]) \(probabilities[row, $0].decimals(3))" }
        return [names[label]] + best
          + Array(repeating: "", count: 3 - best.count)
      })
  }
  page.record("untrainedProbabilities", probabilities)
  page.say(opinions(probabilities, what, classes: names.count))
}

/// How much the untrained network prefers some classes, and for some images.
private func opinions(_ probabilities: Tensor, _ what: String, classes: Int)
  -> String
{
  let chance = 1 / Float(classes)
  let all = probabilities.scalars
  let (least, most) = (all.min() ?? 0, all.max() ?? 0)
  guard least > 0.5 * chance, most < 1.5 * chance else {
    return "The probabilities go from \(least.decimals(3)) to "
      + "\(most.decimals(3)), where \(twoDigits(chance)) would be no opinion. The "
      + "weights are random, so these opinions mean nothing."
  }
  let images = 0..<probabilities.shape[0]
  let differ = (0..<classes).contains { one in
    let column = images.map { probabilities[$0, one] }
    return (column.max() ?? 0) - (column.min() ?? 0) > 0.5 * chance
  }
  return
    "Every \(what) gets about \(twoDigits(chance)). The network has opinions "
    + "about nothing"
    + (differ ? "." : ", and nearly the same ones about every image.")
}

/// A share to two digits that count: `0.1`, `0.038`.
private func twoDigits(_ share: Float) -> String {
  String(format: "%.2g", Double(share))
}
