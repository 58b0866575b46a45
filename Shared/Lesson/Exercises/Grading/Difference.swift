import Foundation
import Shared

/// Where an answer departs from the right one.
public struct Difference: Sendable, Equatable, Codable {
  /// Where, such as "output[0, 3]".
  var place: String
  var expected: String
  var actual: String
}

extension Difference {
  /// Compares numbers up to rounding; not-a-number fits nothing but itself.
  static func between(
    _ expected: Double, _ actual: Double, at place: String,
    tolerance: Double = 1e-4
  ) -> Difference? {
    let scale = max(1, abs(expected))
    let isEqual =
      expected.isNaN && actual.isNaN || expected == actual
      || abs(expected - actual) <= tolerance * scale
    return isEqual
      ? nil
      : Difference(
        place: place, expected: words(expected), actual: words(actual))
  }

  /// Compares whole numbers, words, lists of them: equal or not.
  static func between<Value: Equatable>(
    exactly expected: Value, _ actual: Value, at place: String
  ) -> Difference? {
    expected == actual
      ? nil
      : Difference(place: place, expected: "\(expected)", actual: "\(actual)")
  }

  /// Compares lists number by number, after their lengths.
  static func between(
    _ expected: [Double], _ actual: [Double], at place: String,
    tolerance: Double = 1e-4
  ) -> Difference? {
    guard expected.count == actual.count else {
      return Difference(
        place: "the length of \(place)", expected: "\(expected.count)",
        actual: "\(actual.count)")
    }
    for index in expected.indices {
      if let found = between(
        expected[index], actual[index], at: "\(place)[\(index)]",
        tolerance: tolerance)
      {
        return found
      }
    }
    return nil
  }

  /// Compares tensors number by number, after their shapes.
  ///
  /// - Parameters:
  ///   - expected: The right tensor.
  ///   - actual: The learner's.
  ///   - place: Its name, such as "output".
  ///   - tolerance: How much numbers may differ, relative to the tensor's
  ///     largest magnitude or 1, whichever is less.
  /// - Returns: The first difference; nil if there is none.
  static func between(
    _ expected: Tensor, _ actual: Tensor, at place: String,
    tolerance: Double = 1e-4
  ) -> Difference? {
    guard expected.shape == actual.shape else {
      return Difference(
        place: "the shape of \(place)", expected: "\(expected.shape)",
        actual: "\(actual.shape)")
    }
    let largest = Double(expected.maximumMagnitude)
    let margin = tolerance * min(1, largest) + 1e-7
    for index in expected.scalars.indices {
      let (right, wrong) = (expected.scalars[index], actual.scalars[index])
      guard !(abs(Double(right) - Double(wrong)) <= margin) else { continue }
      return Difference(
        place: "\(place)\(indices(of: index, in: expected.shape))",
        expected: words(Double(right)), actual: words(Double(wrong)))
    }
    return nil
  }

  /// `[0, 3]`: where a scalar lies.
  private static func indices(of index: Int, in shape: [Int]) -> String {
    var rest = index
    var places: [Int] = []
    for size in shape.reversed() {
      places.insert(rest % size, at: 0)
      rest /= size
    }
    return "\(places)"
  }

  /// A number with as many digits as a difference needs.
  static func words(_ number: Double) -> String {
    String(format: "%.5g", number)
  }
}
