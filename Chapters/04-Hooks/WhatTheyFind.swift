import Lesson
import Shared

/// What the convolutions make of one digit.
func featureMaps(_ page: Page, _ model: Sequential, _ one: Batch) throws {
  let activations = page.show {
    model.activations(of: one.images)
  }
  for (name, columns) in [("relu1", 8), ("relu2", 16)] {
    guard let output = activations.first(where: { $0.name == name })?.output
    else { continue }
    let maps = output.channelsAsImages
    var grid = ImageGrid(columns: columns)
    grid.addRow(maps, .gray(0...maps.maximumMagnitude))
    if name == "relu1" {
      let liveliest = (0..<maps.shape[0]).sorted {
        contrast(maps.rows($0..<$0 + 1)) > contrast(maps.rows($1..<$1 + 1))
      }.prefix(2)
      page.pictures(
        Tensor(
          concatenating: [one.images]
            + liveliest.map {
              maps.rows($0..<$0 + 1) * (1 / maps.maximumMagnitude)
            }),
        captions: ["the digit"] + liveliest.map { "relu1, channel \($0)" })
    }
    try page.figure(
      "\(name)", grid,
      caption: "all \(maps.shape[0]) outputs of `\(name)` for one digit; black "
        + "is zero. "
        + (name == "relu1"
          ? "The digit is still readable in most of them."
          : "Half the width, more features, and less and less like the digit."),
      alternative: "\(maps.shape[0]) grey maps of \(maps.shape[1]) × "
        + "\(maps.shape[2]) values; bright spots where a feature was found.")
  }
}

/// How much the values of a map differ from their mean.
private func contrast(_ map: Tensor) -> Double {
  let mean = Float(map.mean)
  return map.map { $0 - mean }.norm
}
