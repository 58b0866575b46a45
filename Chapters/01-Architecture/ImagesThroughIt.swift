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
    each layer makes of them. The first number of each shape counts the images;
    it stays \(batch.count) from beginning to end, because no image ever looks
    at another.
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
  showScores(page, model, batch, mnist)
}

/// What the network answers before it has learned anything.
private func showScores(
  _ page: Page, _ model: Sequential, _ batch: Batch, _ mnist: MNIST
) {
  let (names, what) = (mnist.classNames, mnist.isShipped ? "digit" : "class")
  page.say(
    """
    What comes out last are the network's *scores*, \(inWords(names.count)) for
    each image, one for each \(what). The largest of them is its answer. Compare
    the rows of the table with one another.
    """)
  let scores = page.show("untrainedScores") { model(batch.images) }
  if hasRoom(page, for: scores, under: names) {
    page.table(
      "Score of each \(what), before any training",
      columns: ["label"] + names,
      rows: batch.labels.enumerated().map { row, label in
        [names[label]] + names.indices.map { scores[row, $0].decimals(2) }
      })
  } else {
    page.table(
      "The largest scores, before any training",
      columns: ["label", "first", "second", "third"],
      rows: batch.labels.enumerated().map { row, label in
        let best = names.indices.sorted { scores[row, $0] > scores[row, $1] }
          .prefix(3).map { "\(names[$0]) \(scores[row, $0].decimals(2))" }
        return [names[label]] + best
          + Array(repeating: "", count: 3 - best.count)
      })
  }
  page.say(readScores(scores, batch, names: names))
}

/// Whether a table has room for the scores of all classes, signs included.
private func hasRoom(_ page: Page, for scores: Tensor, under names: [String])
  -> Bool
{
  let widest = scores.scalars.map { $0.decimals(2).count }.max() ?? 0
  return page.hasRoom(
    forNumbersUnder: names.map {
      $0.padding(
        toLength: max($0.count, widest), withPad: " ", startingAt: 0)
    })
}
