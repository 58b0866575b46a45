import Lesson
import Shared

/// How many maps a terminal shows of a layer; the file has all.
private let mapsInTerminal = 6

/// The first two ReLUs whose outputs are maps, by name.
func rectifiersWithMaps(_ model: Sequential) -> [String] {
  let rectifiers = model.layers.filter { $0.layer is ReLU }.map(\.name)
  return model.summary(for: MNIST.imageShape).filter {
    rectifiers.contains($0.name) && $0.outputShape.count == 3
  }.prefix(2).map(\.name)
}

/// What the first two ReLUs behind convolutions make of one image; nothing if
/// there are none.
func featureMaps(
  _ page: Page, _ model: Sequential, _ one: Batch, _ mnist: MNIST
) throws {
  let withMaps = rectifiersWithMaps(model)
  guard !withMaps.isEmpty else { return }
  page.section("What they find")
  let noun = mnist.isShipped ? "digit" : "image"
  page.say(
    """
    Every channel of a convolution slides one window over the image and puts its
    answers into a *map*: bright where the window has found what it looks for,
    black where the ReLU has put 0. The figures show the maps of test image 0,
    labelled \(mnist.classNames[one.labels[0]]). Look for maps that are bright
    along one side of a stroke only: they answer to edges.
    """)
  let activations = page.show {
    model.activations(of: one.images)
  }
  var earlier: Tensor?
  let shown = activations.filter { withMaps.contains($0.name) }
  for ((name, output), columns) in zip(shown, [8, 16]) {
    let maps = output.channelsAsImages
    try mapFigure(
      page, maps, name, columns: columns, noun: noun,
      remark: remark(maps, after: earlier, isShipped: mnist.isShipped))
    earlier = maps
  }
}

/// All maps of a layer, those first in which most happens.
private func mapFigure(
  _ page: Page, _ maps: Tensor, _ name: String, columns: Int, noun: String,
  remark: String
) throws {
  let count = maps.shape[0]
  let contrasts = (0..<count).map { contrast(maps.rows($0..<$0 + 1)) }
  let order = contrasts.indices.sorted {
    (contrasts[$0], $1) > (contrasts[$1], $0)
  }
  var grid = ImageGrid(columns: columns)
  grid.excerptLimit = mapsInTerminal
  // Six maps as large as the image would fill a screen.
  grid.keepsRowsWhole = maps.shape[1] >= MNIST.imageShape[0]
  grid.addRow(
    Tensor(concatenating: order.map { maps.rows($0..<$0 + 1) }),
    .gray(0...maps.maximumMagnitude))
  let first = order.prefix(mapsInTerminal).map(String.init)
    .joined(separator: ", ")
  try page.figure(
    name, grid,
    caption: "all \(count) outputs of `\(name)` for one \(noun), those first "
      + "that differ most from an even grey (channels \(first)); black is zero."
      + (remark.isEmpty ? "" : " \(remark)"),
    alternative: "\(count) grey maps of \(maps.shape[1]) × \(maps.shape[2]) "
      + "values; bright spots where a feature was found.")
}

/// What to see in the maps: their size is measured, their look is known of the
/// shipped digits only.
private func remark(_ maps: Tensor, after earlier: Tensor?, isShipped: Bool)
  -> String
{
  guard let earlier else {
    return isShipped ? "Can you read the digit in the first of them?" : ""
  }
  let look = "is it still the digit?"
  if 2 * maps.shape[2] == earlier.shape[2], maps.shape[0] > earlier.shape[0] {
    return "Half the width, more features\(isShipped ? "; \(look)" : ".")"
  }
  return ""
}

/// How much the values of a map differ from their mean.
private func contrast(_ map: Tensor) -> Double {
  let mean = Float(map.mean)
  return map.map { $0 - mean }.norm
}
