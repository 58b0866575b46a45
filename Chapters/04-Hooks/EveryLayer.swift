import Lesson
import Shared

/// What the monitor saw, and what to notice in it.
func layerTable(_ page: Page, _ monitor: ActivationMonitor) {
  page.table(
    "Outputs of each layer", "layers", monitor.layers.map(LayerRow.init),
    [
      Column("layer") { $0.layer }, Column("shape") { $0.shape.times },
      Column("mean") { $0.mean.decimals(3) },
      Column("std. dev.") { $0.standardDeviation.decimals(3) },
      Column("min") { $0.minimum.decimals(2) },
      Column("max") { $0.maximum.decimals(2) },
      Column("zeros") { $0.zeroShare.percent(1) },
      Column("dead") {
        $0.layer.hasPrefix("relu") ? "\($0.deadUnits) of \($0.units)" : "–"
      },
    ])
  let rectifiers = monitor.layers.filter { $0.name.hasPrefix("relu") }
  let zeros = rectifiers.map { "\($0.name) \($0.zeroShare.percent(0))" }
  let dead = rectifiers.reduce(0) { $0 + $1.deadUnits }
  page.say(
    """
    Three things to notice. The ReLUs put out mostly zeros
    (\(zeros.joined(separator: ", "))): most features are absent in most places,
    and that is what makes a feature tell something. Pooling has fewer zeros
    than the ReLU before it, because the largest of four is zero only if all
    four are. And *dead* units, those that no image here ever switched on,
    number \(dead): they cost work, contribute nothing, and their gradient is
    zero on all these images.
    """)
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
