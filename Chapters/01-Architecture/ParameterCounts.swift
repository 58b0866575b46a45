import Lesson
import Shared

/// How the table's parameters and multiply-adds come about, for this network.
func deriveCounts(
  _ page: Page, _ model: Sequential, _ summary: [LayerSummary]
) {
  let counts = model.layers.filter { $0.layer.parameterCount > 0 }.map {
    "- `\($0.name)`: \(derivation(of: $0.layer)) = "
      + $0.layer.parameterCount.grouped
  }
  guard !counts.isEmpty else { return }
  page.say(
    """
    Both columns can be worked out on paper. A convolution has, for each of its
    windows, $k · k$ weights for each channel that comes in, and a bias. A
    linear layer has, for each output, a weight for every input, and a bias. So,
    for this network:

    \(counts.joined(separator: "\n"))

    The multiply-adds count each weight as often as it is used; a bias is only
    added. \(workInWords(model, summary))
    """)
}

/// `32 windows × (3 · 3 · 1 weights + 1 bias)`.
private func derivation(of layer: any Layer) -> String {
  switch layer {
  case let convolution as Conv2D:
    let shape = convolution.weight.shape
    return counted(shape[0], "window")
      + " × (\(shape[2]) · \(shape[3]) · \(shape[1]) weights + 1 bias)"
  case let linear as Linear:
    let shape = linear.weight.shape
    return counted(shape[0], "output") + " × (\(shape[1]) weights + 1 bias)"
  default:
    return layer.parameters.map { "\($0.value.count) (\($0.name))" }
      .joined(separator: " + ")
  }
}

private func counted(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}

/// How often the first convolution and the first linear layer use their
/// weights, of those that the network has.
private func workInWords(_ model: Sequential, _ summary: [LayerSummary])
  -> String
{
  var sentences: [String] = []
  let convolution = summary.first { model[$0.name] is Conv2D }
  if let convolution, let layer = model[convolution.name] as? Conv2D {
    let places = Array(convolution.outputShape.prefix(2))
    sentences.append(
      "`\(convolution.name)` uses its \(layer.weight.count.grouped) weights at "
        + "\(places.times) = \(places.reduce(1, *).grouped) places: "
        + "\(convolution.multiplyAdds.grouped) multiply-adds.")
  }
  let linear = summary.first { model[$0.name] is Linear }
  if let linear, let layer = model[linear.name] as? Linear {
    sentences.append(
      "`\(linear.name)` uses each of its \(layer.weight.count.grouped) weights "
        + "once.")
  }
  return sentences.joined(separator: " ")
}
