import Lesson
import Shared

/// What the first two ReLUs behind convolutions make of one image; nothing if
/// there are none.
func featureMaps(
  _ page: Page, _ model: Sequential, _ one: Batch, _ mnist: MNIST
) throws {
  let rectifiers = model.layers.filter { $0.layer is ReLU }.map(\.name)
  let withMaps = model.summary(for: MNIST.imageShape).filter {
    rectifiers.contains($0.name) && $0.outputShape.count == 3
  }.map(\.name)
  guard !withMaps.isEmpty else { return }
  page.section("What they find")
  let activations = page.show {
    model.activations(of: one.images)
  }
  let noun = mnist.isShipped ? "digit" : "image"
  var earlier: Tensor?
  let shown = activations.filter { withMaps.contains($0.name) }
  for ((name, output), columns) in zip(shown, [8, 16]) {
    let maps = output.channelsAsImages
    if earlier == nil { showLiveliest(page, maps, of: one, name, noun) }
    var grid = ImageGrid(columns: columns)
    grid.addRow(maps, .gray(0...maps.maximumMagnitude))
    try page.figure(
      name, grid,
      caption: "all \(maps.shape[0]) outputs of `\(name)` for one \(noun); "
        + "black is zero. "
        + remark(maps, after: earlier, isShipped: mnist.isShipped),
      alternative: "\(maps.shape[0]) grey maps of \(maps.shape[1]) × "
        + "\(maps.shape[2]) values; bright spots where a feature was found.")
    earlier = maps
  }
}

/// The two maps in which most happens, beside the image if it has their size.
private func showLiveliest(
  _ page: Page, _ maps: Tensor, of one: Batch, _ name: String, _ noun: String
) {
  let liveliest = (0..<maps.shape[0]).sorted {
    contrast(maps.rows($0..<$0 + 1)) > contrast(maps.rows($1..<$1 + 1))
  }.prefix(2)
  let scale = maps.maximumMagnitude > 0 ? 1 / maps.maximumMagnitude : 1
  let shown = liveliest.map { maps.rows($0..<$0 + 1) * scale }
  let captions = liveliest.map { "\(name), channel \($0)" }
  let isSameSize = maps.shape[1...] == one.images.shape[1...]
  page.pictures(
    Tensor(concatenating: isSameSize ? [one.images] + shown : shown),
    captions: isSameSize ? ["the \(noun)"] + captions : captions)
}

/// What to see in the maps: their size is measured, their look is known of the
/// shipped digits only.
private func remark(_ maps: Tensor, after earlier: Tensor?, isShipped: Bool)
  -> String
{
  guard let earlier else {
    return isShipped ? "The digit is still readable in most of them." : ""
  }
  let look = "less and less like the digit."
  if 2 * maps.shape[2] == earlier.shape[2], maps.shape[0] > earlier.shape[0] {
    return "Half the width, more features\(isShipped ? ", and \(look)" : ".")"
  }
  return isShipped ? "They look \(look)" : ""
}

/// How much the values of a map differ from their mean.
private func contrast(_ map: Tensor) -> Double {
  let mean = Float(map.mean)
  return map.map { $0 - mean }.norm
}
