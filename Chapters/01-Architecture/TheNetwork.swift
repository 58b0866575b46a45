import Lesson
import Shared

/// The whole network, layer by layer.
func theNetwork(_ page: Page) throws -> Sequential {
  page.say(
    """
    This is the whole network, as the library defines it. Its first layer is
    `Normalize`: everything outside the model speaks of pixels from 0 to 1, and
    the model itself does the scaling. Chapter 5 depends on that.
    """)
  page.listing(
    "Shared/Models/NotebookNetwork.swift",
    from: "public static func notebookNetwork")
  let model = page.show {
    Sequential.notebookNetwork(seed: page.options.seed)
  }
  try model.validate(forImages: MNIST.imageShape)
  let guess = page.guess(
    "the largest layer", "Which layer holds the most parameters?",
    .choice(["conv1", "conv2", "fc1", "fc2"]))
  let summary = model.summary(for: MNIST.imageShape)
  page.table(
    "The layers for one image", "layers", summary,
    [
      Column("layer") { $0.name }, Column("kind") { $0.kind },
      Column("output") { $0.outputShape.times },
      Column("parameters") { $0.parameters.grouped },
      Column("multiply-adds") { $0.multiplyAdds.grouped },
    ])
  revealLargest(page, guess, summary)
  page.record("parameters", model.parameterCount)
  page.record("multiplyAdds", model.multiplyAdds(for: MNIST.imageShape))
  explainLayers(page, model, summary)
  return model
}

/// Where nearly all the parameters are.
private func revealLargest(
  _ page: Page, _ guess: PendingGuess, _ summary: [LayerSummary]
) {
  let counts = summary.map(\.parameters).filter { $0 > 0 }
  let largest = counts.indices.max { counts[$0] < counts[$1] } ?? 0
  page.reveal(
    guess, outcome: Double(largest),
    "Most parameters, but not most work: compare the last two columns.")
}

/// What the layer table says, computed from it.
private func explainLayers(
  _ page: Page, _ model: Sequential, _ summary: [LayerSummary]
) {
  let total = model.parameterCount
  let work = summary.reduce(0) { $0 + $1.multiplyAdds }
  guard let largest = summary.max(by: { $0.parameters < $1.parameters }),
    let busiest = summary.max(by: { $0.multiplyAdds < $1.multiplyAdds })
  else { return }
  let size = Double(largest.parameters) / Double(total)
  let share = Double(busiest.multiplyAdds) / Double(work)
  page.say(
    """
    In all \(total.grouped) parameters and \(work.grouped) multiply-adds an
    image. Notice where they are. `\(largest.name)` holds \(size.percent(0)) of
    the parameters, but `\(busiest.name)` does \(share.percent(0)) of the work:
    a convolution uses each of its few weights at every pixel, a linear layer
    uses each of its many weights once.
    """)
}
