/// A point of a curve.
public struct CurvePoint: Sendable, Equatable {
  public var x: Double
  public var y: Double

  /// A point at the given place.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
