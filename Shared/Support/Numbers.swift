import Foundation

extension BinaryFloatingPoint {
  /// A fixed number of decimals: `0.031`.
  public func decimals(_ count: Int) -> String {
    String(format: "%.\(count)f", Double(self))
  }

  /// A share as a percentage: 0.9923 is `99.23 %`.
  public func percent(_ decimals: Int = 2) -> String {
    (Double(self) * 100).decimals(decimals) + " %"
  }
}

extension BinaryInteger {
  /// With a comma between thousands: `421,642`.
  public var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }
}

extension Proportion {
  /// `99.14 % (98.94–99.30)`: the share with its 95 % interval.
  public var withInterval: String {
    let low = (interval95.lowerBound * 100).decimals(2)
    let high = (interval95.upperBound * 100).decimals(2)
    return "\(value.percent()) (\(low)–\(high))"
  }
}

extension [Int] {
  /// A shape as people write it: `28 × 28 × 32`.
  public var times: String { map(String.init).joined(separator: " × ") }
}

extension Double {
  /// As short as it can be said to six digits: `0.03`.
  public var shortest: String { String(format: "%g", self) }
}
