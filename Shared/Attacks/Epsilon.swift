import Foundation

/// The largest change an attack may make to any pixel, with its unit.
///
/// Half the confusion about adversarial examples is about the unit of ε. The
/// same attack is called 0.1 in pixels, 25.5 in levels of 255, and 0.325 in
/// normalized units. So ε is never a bare number here: the unit is in the call
/// that makes it, and in the text that shows it.
public struct Epsilon: Sendable, Hashable, CustomStringConvertible {
  /// In pixels, where black is 0 and white is 1.
  public let pixels: Float

  /// So much of the range from black to white, 0...1.
  public static func pixels(_ value: Float) -> Epsilon {
    Epsilon(pixels: value)
  }

  /// So many of the 255 steps of an 8-bit pixel.
  public static func levels(_ value: Float) -> Epsilon {
    Epsilon(pixels: value / 255)
  }

  /// So many standard deviations of the pixels.
  ///
  /// - Parameters:
  ///   - value: How many.
  ///   - standardDeviation: That of the data, in pixels.
  /// - Returns: The same size, in pixels.
  public static func normalized(_ value: Float, standardDeviation: Float)
    -> Epsilon
  {
    Epsilon(pixels: value * standardDeviation)
  }

  private init(pixels: Float) {
    precondition(
      pixels >= 0 && pixels <= 1,
      "ε lies between 0 and 1 in pixels, got \(pixels)")
    self.pixels = pixels
  }

  /// In steps of an 8-bit pixel.
  public var levels: Float { pixels * 255 }

  /// In standard deviations of the pixels, as much code counts it.
  public func normalized(standardDeviation: Float) -> Float {
    pixels / standardDeviation
  }

  /// The size in two units: `0.100 (25.5/255)`.
  public var description: String {
    String(format: "%.3f (%.1f/255)", pixels, levels)
  }

  /// The size in all three units: `0.100 (25.5/255, 0.325 normalized)`.
  public func inAllUnits(standardDeviation: Float) -> String {
    String(
      format: "%.3f (%.1f/255, %.3f normalized)", pixels, levels,
      normalized(standardDeviation: standardDeviation))
  }
}
