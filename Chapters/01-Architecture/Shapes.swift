import Lesson
import Shared

/// What convolution, pooling and flattening do to the shape of an image.
func explainShapes(
  _ page: Page, _ exercise: Exercise<OutputSizeRule>
) throws {
  // Only the last layer depends on the data, and it is not looked at here.
  let model = Sequential.notebookNetwork(seed: page.options.seed)
  try model.validate(forImages: MNIST.imageShape)
  let changes = shapeChanges(in: model)
  page.section("Shapes: " + sides(of: changes).joined(separator: " → "))
  let keepsSize = convolutionsThatKeepTheSize(model)
  let rule =
    keepsSize.map {
      "With $k = \($0.k)$ and $p = \($0.p)$ that is $n$ again, so only pooling "
        + "changes the size, and it halves it:"
    } ?? changesInGeneral(model)
  let list = bullets(changes, onlyPooling: keepsSize != nil)
  page.say(
    """
    The images of this tutorial are grey and have \(MNIST.imageShape[0]) ×
    \(MNIST.imageShape[1]) pixels: handwritten digits from a collection named
    MNIST, unless you bring others. Each has a *label* that says what it shows;
    the possible answers are the *classes*.

    How large is what a layer makes of one? Padding $p$ puts $p$ zeros at each
    end of a row of $n$ pixels, so the row is $n + 2p$ long. A window that is
    $k$ wide and goes from pixel to pixel can begin at $n + 2p − k + 1$ places,
    and that is the width of the result. \(rule)

    \(list.joined(separator: "\n"))
    """)
  page.say(
    """
    The shapes below leave the number of images out; their last number still
    counts the channels. A convolution makes as many as it has windows, here 32;
    pooling takes each channel by itself.
    """)
  let shapes = page.show {
    var generator = SeededGenerator(seed: page.options.seed)
    let convolution = Conv2D(
      1, 32, kernelSize: 3, padding: 1, using: &generator)
    let afterConvolution = convolution.outputShape(for: MNIST.imageShape)
    let afterPooling = MaxPool2D(2).outputShape(for: afterConvolution)
    return [afterConvolution, afterPooling]
  }
  page.output(
    zip(["after the convolution: ", "after pooling:         "], shapes)
      .map { $0 + $1.times }.joined(separator: "\n"))

  let size = page.exercise(exercise)
  let sizes = page.show {
    [size(28, 3, 1), size(28, 3, 0), size(28, 5, 0)]
  }
  page.output(sizes.map(String.init).joined(separator: ", "))
}

/// A layer that changes height and width, or lays them out in a row.
private struct ShapeChange {
  var name: String
  var layer: any Layer
  var before: [Int]
  var after: [Int]
}

/// The changes up to the first row of numbers.
private func shapeChanges(in model: Sequential) -> [ShapeChange] {
  var changes: [ShapeChange] = []
  var shape = MNIST.imageShape
  for (name, layer) in model.layers where shape.count == 3 {
    let next = layer.outputShape(for: shape)
    if next.prefix(2) != shape.prefix(2) {
      changes.append(
        ShapeChange(name: name, layer: layer, before: shape, after: next))
    }
    shape = next
  }
  return changes
}

/// One side of the square images, after each change.
private func sides(of changes: [ShapeChange]) -> [String] {
  ["\(MNIST.imageShape[0])"]
    + changes.map { "\($0.after[0])" }
}

/// Window and padding, if all convolutions agree and change no size, and all
/// pooling halves it exactly.
private func convolutionsThatKeepTheSize(_ model: Sequential)
  -> (k: Int, p: Int)?
{
  let all = model.layers.compactMap { $0.layer as? Conv2D }
  guard let first = all.first else { return nil }
  let (k, p) = (first.weight.shape[2], first.padding)
  let agree = all.allSatisfy {
    $0.stride == 1 && $0.weight.shape[2] == k && $0.padding == p
  }
  let changes = shapeChanges(in: model).filter { $0.after.count == 3 }
  let halve = changes.allSatisfy {
    $0.layer is MaxPool2D && 2 * $0.after[0] == $0.before[0]
  }
  return agree && 2 * p == k - 1 && halve && !changes.isEmpty ? (k, p) : nil
}

private func changesInGeneral(_ model: Sequential) -> String {
  let skips = model.layers.contains { ($0.layer as? Conv2D)?.stride ?? 1 > 1 }
  return (skips ? "With a stride above 1 it skips places. " : "")
    + "In this network the size changes here:"
}

private func bullets(_ changes: [ShapeChange], onlyPooling: Bool) -> [String] {
  let pixels = "\(MNIST.imageShape[0]) × \(MNIST.imageShape[1])"
  return changes.enumerated().map { index, change in
    guard change.after.count == 3 else { return laidOut(change) }
    let size = Array(change.after.prefix(2)).times
    guard onlyPooling else { return "- after `\(change.name)`: \(size)" }
    let often = [1: "once", 2: "twice"][index + 1] ?? "\(index + 1) times"
    return index == 0
      ? "- \(pixels) pixels, pooled \(often): \(size)"
      : "- pooled \(often): \(size)"
  }
}

private func laidOut(_ change: ShapeChange) -> String {
  let (height, width) = (change.before[0], change.before[1])
  let (channels, count) = (change.before[2], change.after.reduce(1, *))
  guard channels * height * width == count else {
    return "- after `\(change.name)`: \(change.after.times) numbers."
  }
  let noun = channels == 1 ? "channel" : "channels"
  return "- with \(channels) \(noun) at each of the \(height * width) places: "
    + "$\(channels) · \(height) · \(width) = \(count)$ numbers, laid out in a "
    + "row for the linear layers."
}
