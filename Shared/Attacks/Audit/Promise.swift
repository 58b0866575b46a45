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
  public static func broken(
    _ changed: Tensor, from original: Tensor, after: Tensor, bound: Bound
  ) -> [(promise: Promise, images: Int)] {
    guard changed.shape == original.shape else {
      return [(.shape, original.shape[0])]
    }
    let rows = 0..<original.shape[0]
    func count(_ isBroken: (_ row: Int) -> Bool) -> Int {
      rows.count(where: isBroken)
    }
    let found: [(Promise, Int)] = [
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
        .inputUntouched, count { after.row($0) != original.row($0) }
      ),
    ]
    return found.filter { $0.1 > 0 }
  }
}
