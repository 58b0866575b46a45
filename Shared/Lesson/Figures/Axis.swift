import Foundation
import Shared

/// One axis: its ends and the round numbers along it.
struct Axis {
  var low: Double
  var high: Double
  var step: Double

  /// Ends and steps of 1, 2 or 5 times a power of ten.
  init(covering values: [Double], fixed: ClosedRange<Double>?) {
    let finite = values.filter(\.isFinite)
    low = fixed?.lowerBound ?? finite.min() ?? 0
    high = fixed?.upperBound ?? finite.max() ?? 1
    // One unit more is nothing beside a very large number.
    if high <= low { high = low + max(1, abs(low) * 1e-9) }
    let rough = (high - low) / 6
    let power = pow(10, (log10(rough)).rounded(.down))
    step = power * ([1, 2, 5, 10].first { $0 * power >= rough } ?? 10)
    // There is no epoch 1.2.
    let isWhole = finite.allSatisfy { $0 == $0.rounded() }
    if isWhole, high > 1 { step = max(step, 1) }
    if fixed == nil {
      low = (low / step + 1e-9).rounded(.down) * step
      high = (high / step - 1e-9).rounded(.up) * step
    }
  }

  var ticks: [Double] {
    let count = Int(((high - low) / step + 1e-6).rounded(.down))
    return (0...count).map { low + Double($0) * step }
  }

  func share(_ value: Double) -> Double { (value - low) / (high - low) }

  func label(_ value: Double) -> String {
    value.decimals(max(0, Int((-log10(step) - 1e-9).rounded(.up))))
  }
}
