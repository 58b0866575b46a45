/// Which units behind a ReLU another version of the input has switched.
///
/// A unit is on where its output is above zero, and off where it is not.
public struct FlippedUnits: Sendable, Equatable {
  /// How many were off and are on.
  public let switchedOn: Int
  /// How many were on and are off.
  public let switchedOff: Int
  /// How many outputs were compared.
  public let count: Int

  /// The share of all outputs that changed sides, 0...1.
  public var share: Double {
    Double(switchedOn + switchedOff) / Double(max(count, 1))
  }
}

/// Compares what a ReLU puts out for two versions of the same images.
///
/// - Parameters:
///   - clean: Outputs of any shape.
///   - changed: Outputs for the changed images, in the same shape.
/// - Returns: How many of them are on in one version only.
public func flippedUnits(from clean: Tensor, to changed: Tensor) -> FlippedUnits
{
  precondition(
    clean.shape == changed.shape,
    "shapes \(clean.shape) and \(changed.shape) do not match")
  var (switchedOn, switchedOff) = (0, 0)
  for (before, after) in zip(clean.scalars, changed.scalars) {
    if before > 0, !(after > 0) { switchedOff += 1 }
    if after > 0, !(before > 0) { switchedOn += 1 }
  }
  return FlippedUnits(
    switchedOn: switchedOn, switchedOff: switchedOff, count: clean.count)
}
