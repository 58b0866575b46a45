/// What every attack promises, whatever it does.
///
/// Checked on every run: an attack that cheats would look strong.
public enum Promise: String, Sendable, CaseIterable {
  /// As many images as it was given, of the same size.
  case shape
  /// Every pixel is a finite number.
  case finite
  /// Every pixel lies between black 0 and white 1.
  case range
  /// No image is further from its original than the bound says.
  case bound
  /// The images that it was given are as they were.
  case inputUntouched

  /// The promises that a run has broken, each with the images concerned.
  ///
  /// - Parameters:
  ///   - changed: What the attack returned.
  ///   - original: What it was given, as it was before.
  ///   - after: What it was given, as it is now.
  ///   - bound: What it promised.
  /// - Returns: In the order of the cases. Of images of another shape only
  ///   that is said, and whether the input was touched.
  public static func broken(
    _ changed: Tensor, from original: Tensor, after: Tensor, bound: Bound
  ) -> [(promise: Promise, images: Int)] {
    let rows = 0..<original.shape[0]
    let hasShape = changed.shape == original.shape
    func count(_ isBroken: (_ row: Int) -> Bool) -> Int {
      hasShape ? rows.count(where: isBroken) : 0
    }
    let found: [(Promise, Int)] = [
      (.shape, hasShape ? 0 : rows.count),
      (.finite, count { !changed.row($0).allSatisfy(\.isFinite) }),
      (
        .range,
        count { changed.row($0).contains { $0.isFinite && !(0...1 ~= $0) } }
      ),
      (
        .bound,
        count {
          changed.row($0).allSatisfy(\.isFinite)
            && !bound.isKept(
              changed.rows([$0]), from: original.rows([$0]))
        }
      ),
      (
        .inputUntouched,
        rows.count { after.row($0) != original.row($0) }
      ),
    ]
    return found.filter { $0.1 > 0 }
  }

  /// What it usually means if it is broken.
  public var whatItMeans: String {
    switch self {
    case .shape:
      "Images got lost or were put together in another shape: a batch that was "
        + "cut off, or axes in another order."
    case .finite:
      "Something was divided by 0 or has overflowed: a gradient by its own "
        + "length where that is 0, or a logarithm of a probability that has "
        + "become 0."
    case .range:
      "The clamp to 0...1 is missing, comes before the last step, or stands "
        + "in normalized units."
    case .bound:
      "ε is counted in other units (normalized, levels of 255), the "
        + "projection is missing or goes around the last image instead of the "
        + "original one, or a random start comes on top."
    case .inputUntouched:
      "The attack writes into the images that it was given; whatever is "
        + "measured on them afterwards is measured on other images."
    }
  }
}
