import Lesson
import Shared

/// What the monitor saw, and what to notice in it.
func layerTable(
  _ page: Page, _ model: Sequential, _ monitor: ActivationMonitor
) {
  let kinds = model.layers.map(\.layer)
  let rectifiers = zip(kinds, monitor.layers).filter { $0.0 is ReLU }.map(\.1)
  page.table(
    "Outputs of each layer", "layers", monitor.layers.map(LayerRow.init),
    [
      Column("layer") { $0.layer }, Column("shape") { $0.shape.times },
      Column("mean") { $0.mean.decimals(3) },
      Column("std. dev.") { $0.standardDeviation.decimals(3) },
      Column("min") { $0.minimum.decimals(2) },
      Column("max") { $0.maximum.decimals(2) },
      Column("zeros") { $0.zeroShare.percent(1) },
      Column("dead") { row in
        rectifiers.contains { $0.name == row.layer }
          ? "\(row.deadUnits) of \(row.units)" : "–"
      },
    ])
  guard !rectifiers.isEmpty else { return }
  let pooling = poolingInWords(kinds, monitor.layers)
  let remarks = [silenceInWords(rectifiers)] + (pooling.map { [$0] } ?? [])
  let dead = rectifiers.reduce(0) { $0 + $1.deadUnits }
  page.say(
    """
    \(pooling == nil ? "Two" : "Three") things to notice.
    \(remarks.joined(separator: "\n"))
    And *dead* units, those that no image here ever switched on,
    number \(dead): they cost work, contribute nothing, and their gradient is
    zero on all these images.
    """)
}

/// How often ReLUs are silent; "mostly" only if each of them is.
private func silenceInWords(_ rectifiers: [ActivationStatistics]) -> String {
  let zeros = rectifiers.map { "\($0.name) \($0.zeroShare.percent(0))" }
  let list = zeros.joined(separator: ", ")
  return rectifiers.allSatisfy { $0.zeroShare > 0.5 }
    ? """
    The ReLUs put out mostly zeros (\(list)): most features are absent in most
    places, and that is what makes a feature tell something.
    """
    : """
    The ReLUs put out zeros (\(list)): where there is one, a feature is absent,
    and that is what makes a feature tell something.
    """
}

/// What pooling does to zeros; nil if none follows a ReLU, or if it did
/// not come out so.
private func poolingInWords(
  _ kinds: [any Layer], _ layers: [ActivationStatistics]
) -> String? {
  var sizes: Set<Int> = []
  for index in kinds.indices.dropFirst() where kinds[index - 1] is ReLU {
    guard let pool = kinds[index] as? MaxPool2D else { continue }
    guard layers[index].zeroShare < layers[index - 1].zeroShare else {
      return nil
    }
    sizes.insert(pool.size)
  }
  guard sizes.count == 1, let size = sizes.first else { return nil }
  let pixels = size == 2 ? "four" : "\(size * size)"
  return """
    Pooling has fewer zeros than the ReLU before it, because the largest of
    \(pixels) is zero only if all \(pixels) are.
    """
}

private struct LayerRow: Encodable {
  var layer: String
  var shape: [Int]
  var mean, standardDeviation: Double
  var minimum, maximum: Float
  var zeroShare: Double
  var deadUnits, units, images: Int

  init(_ statistics: ActivationStatistics) {
    layer = statistics.name
    shape = statistics.shape
    mean = statistics.mean
    standardDeviation = statistics.standardDeviation
    minimum = statistics.minimum
    maximum = statistics.maximum
    zeroShare = statistics.zeroShare
    deadUnits = statistics.deadUnits
    units = statistics.unitCount
    images = statistics.images
  }
}
