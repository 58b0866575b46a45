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
      Column("never on") { row in
        rectifiers.contains { $0.name == row.layer }
          ? "\(row.silentUnits) of \(row.units)" : "–"
      },
    ])
  guard !rectifiers.isEmpty else { return }
  let pooling = poolingInWords(kinds, monitor.layers)
  let remarks =
    (kinds.first is Normalize ? [normalizedInWords] : [])
    + [zerosInWords(rectifiers)] + (pooling.map { [$0] } ?? [])
    + [silenceInWords(rectifiers)]
  page.say(
    """
    \(inWords(remarks.count).capitalized) things to notice.

    \(remarks.map { "- \($0)" }.joined(separator: "\n"))
    """)
}

private let normalizedInWords = """
  The first layer's mean is near 0 and its deviation near 1, not exactly: its
  two constants are those of the training images.
  """

/// How many outputs of the ReLUs are zero, and what a zero says.
private func zerosInWords(_ rectifiers: [ActivationStatistics]) -> String {
  let shares = rectifiers.map { "\($0.name) \($0.zeroShare.percent(0))" }
  return """
    Zeros behind the ReLUs: \(shares.joined(separator: ", ")). A zero means that
    the sum that arrived was not above zero: what the unit answers to is not
    there.
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

/// How many units never spoke, and what that does not prove.
private func silenceInWords(_ rectifiers: [ActivationStatistics]) -> String {
  let silent = rectifiers.filter { $0.silentUnits > 0 }
    .map { "\($0.silentUnits) of \($0.unitCount) in \($0.name)" }
  let images = (rectifiers.first?.images ?? 0).grouped
  return """
    A unit (a channel of a convolution, or a number of a linear layer) that none
    of these \(images) images switched on is *silent* here: on these images it
    contributes nothing, and no gradient passes through it. That does not prove
    that no other image would switch it on. \(silent.isEmpty
      ? "Here there is none." : "Here: \(silent.joined(separator: ", ")).")
    """
}

/// How many channels of a layer answer to an image without ink; nothing if
/// its output is no map.
func onBlack(_ model: Sequential, _ layer: String) -> String {
  let black = Tensor(shape: [1] + MNIST.imageShape)
  let found = model.activations(of: black).first { $0.name == layer }?.output
  guard let map = found, map.shape.count == 4 else { return "" }
  let (y, x) = (map.shape[1] / 2, map.shape[2] / 2)
  let channels = (0..<map.shape[3]).count { map[0, y, x, $0] > 0 }
  return
    " Not all of those are features of a stroke: in the middle of an image "
    + "that is all black, \(channels) of the \(map.shape[3]) channels are "
    + "above 0."
}

private struct LayerRow: Encodable {
  var layer: String
  var shape: [Int]
  var mean, standardDeviation: Double
  var minimum, maximum: Float
  var zeroShare: Double
  var silentUnits, units, images: Int

  init(_ statistics: ActivationStatistics) {
    layer = statistics.name
    shape = statistics.shape
    mean = statistics.mean
    standardDeviation = statistics.standardDeviation
    minimum = statistics.minimum
    maximum = statistics.maximum
    zeroShare = statistics.zeroShare
    silentUnits = statistics.silentUnits
    units = statistics.unitCount
    images = statistics.images
  }
}
