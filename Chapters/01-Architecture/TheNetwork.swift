import Lesson
import Shared

/// The whole network, layer by layer.
func theNetwork(_ page: Page, _ mnist: MNIST) throws -> Sequential {
  page.say(
    """
    This is the whole network, as the library defines it: layers one after the
    other, each of which takes what the one before it gives. The weights are
    random numbers to begin with.
    """)
  page.listing(
    "Shared/Models/NotebookNetwork.swift",
    from: "public static func notebookNetwork")
  page.say(
    "`for: mnist` takes the number of classes and `normalize` from the data:")
  let model = page.show {
    Sequential.notebookNetwork(seed: page.options.seed, for: mnist)
  }
  try model.validate(
    forImages: MNIST.imageShape, classes: mnist.classNames.count)
  introduceOthers(page, model)
  let summary = model.summary(for: MNIST.imageShape)
  page.say(
    """
    The table below counts two things. *Parameters* are the numbers that
    training will choose: weights and biases. A *multiply-add* is one product,
    added to a sum; their number is one measure of the work.
    """)
  let choices = layersToChooseFrom(summary)
  let guess = page.guess(
    "the largest layer", "Which layer holds the most parameters?",
    .choice(choices))
  showLayers(page, summary)
  revealLargest(page, guess, choices, summary)
  page.record("parameters", model.parameterCount)
  page.record("multiplyAdds", model.multiplyAdds(for: MNIST.imageShape))
  deriveCounts(page, model, summary)
  explainLayers(page, model, summary)
  try page.figure(
    "network",
    NetworkDiagram(
      "The network", summary, imageShape: MNIST.imageShape),
    caption: "the shapes that one image takes: squares for height and width, "
      + "one behind the other for the channels, bars for rows of numbers; below "
      + "them the shape, and where a layer learns, the number of its parameters."
  )
  return model
}

/// The layers that no example has shown, one sentence for each kind.
private func introduceOthers(_ page: Page, _ model: Sequential) {
  var kinds: Set<String> = []
  var others: [String] = []
  for (index, (name, layer)) in model.layers.enumerated()
  where kinds.insert("\(type(of: layer))").inserted {
    if let words = introduction(of: layer, isFirst: index == 0) {
      others.append("- `\(name)` \(words)")
    }
  }
  guard !others.isEmpty else { return }
  page.say(
    """
    What no section has shown yet:

    \(others.joined(separator: "\n"))
    """)
}

/// What such a layer does; nil if it was shown by hand.
private func introduction(of layer: any Layer, isFirst: Bool) -> String? {
  switch layer {
  case let normalize as Normalize: scaling(by: normalize, isFirst: isFirst)
  case is Flatten:
    "lays all numbers out in a row, as a linear layer wants them."
  case is Dropout:
    "does nothing while the network is only used, as it is here. Chapter 3 "
      + "explains what it is for."
  case is BatchNormalization:
    "shifts and scales every channel. Chapter 3 explains what it is for."
  default: nil
  }
}

private func scaling(by normalize: Normalize, isFirst: Bool) -> String {
  let mean = normalize.mean.decimals(4)
  let deviation = normalize.standardDeviation.decimals(4)
  let place =
    isFirst
    ? " The layer is a part of the network, so everything outside speaks of "
      + "pixels from 0 to 1; chapter 5 depends on that." : ""
  return "subtracts \(mean) from each number and divides by \(deviation). "
    + "Chapter 2 shows where such numbers come from.\(place)"
}

/// The layers that learn, in order; of many the largest, as many as a question
/// has letters for.
private func layersToChooseFrom(_ summary: [LayerSummary]) -> [String] {
  let learning = summary.filter { $0.parameters > 0 }
  let largest = Set(
    learning.sorted { $0.parameters > $1.parameters }.prefix(8).map(\.name))
  return learning.map(\.name).filter(largest.contains)
}

private func showLayers(_ page: Page, _ summary: [LayerSummary]) {
  let measures = summary.contains { $0.buffers > 0 }
  var columns: [Column<LayerSummary>] = [
    Column("layer") { $0.name }, Column("kind") { $0.kind },
    Column("output") { $0.outputShape.times },
    Column("parameters") { $0.parameters.grouped },
    Column("multiply-adds") { $0.multiplyAdds.grouped },
  ]
  if measures { columns.append(Column("buffers") { $0.buffers.grouped }) }
  page.table("The layers for one image", "layers", summary, columns)
  guard measures else { return }
  page.say(
    """
    *Buffers* are numbers that training measures instead of learning them: the
    running mean and variance of each channel.
    """)
}

/// Where nearly all the parameters are.
private func revealLargest(
  _ page: Page, _ guess: PendingGuess, _ choices: [String],
  _ summary: [LayerSummary]
) {
  let largest = summary.max { $0.parameters < $1.parameters }
  let busiest = summary.max { $0.multiplyAdds < $1.multiplyAdds }
  let outcome = choices.firstIndex { $0 == largest?.name } ?? 0
  let columns =
    summary.contains { $0.buffers > 0 }
    ? "the columns of parameters and multiply-adds" : "the last two columns"
  page.reveal(
    guess, outcome: Double(outcome),
    largest?.name == busiest?.name
      ? "Here it has the most multiply-adds, too: compare \(columns)."
      : "Most parameters, but not most multiply-adds: compare \(columns).")
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
  let size = Double(largest.parameters) / Double(max(total, 1))
  let share = Double(busiest.multiplyAdds) / Double(max(work, 1))
  let does =
    largest.name == busiest.name
    ? "and it does \(share.percent(0)) of the multiply-adds"
    : "but `\(busiest.name)` does \(share.percent(0)) of the multiply-adds"
  let isUsual = busiest.kind == "Conv2D" && largest.kind == "Linear"
  let why =
    isUsual
    ? ": a convolution uses each of its few weights at every place, a linear "
      + "layer uses each of its many weights once." : "."
  page.say(
    """
    In all \(total.grouped) parameters and \(work.grouped) multiply-adds an
    image. Notice where they are. `\(largest.name)` holds \(size.percent(0)) of
    the parameters, \(does)\(why)
    """)
}
