import Shared

extension LinearBoundsInput {
  static var invariants: [GradedTask<LinearBoundsInput, Bounds>.Invariant] {
    [
      .init(
        "a point of the box leaves the bounds",
        "There is a corner of the box whose output lies outside. What is "
          + "certified with such bounds may be wrong."
      ) { question, actual in
        question.firstEnd(
          of: actual, note: ", which a corner of the box gives"
        ) { $0 > tolerance }
      },
      .init(
        "looser than needed",
        "The bounds hold, but no point of the box comes so far. For a single "
          + "layer the ends can be exact, and layers behind it would make the "
          + "needless width grow."
      ) { question, actual in
        question.firstEnd(
          of: actual, note: ", as far as any corner of the box goes"
        ) { $0 < -tolerance }
      },
    ]
  }

  /// More than two right answers may differ by rounding.
  private static let tolerance: Float = 2e-4

  /// The first end that lies too far inside the exact ones, or outside.
  private func firstEnd(
    of actual: Bounds, note: String, where isWrong: (_ inward: Float) -> Bool
  ) -> Difference? {
    let right = exact
    let sides: [(String, Tensor, Tensor, Float)] = [
      ("lower", right.lower, actual.lower, 1),
      ("upper", right.upper, actual.upper, -1),
    ]
    for (name, right, given, inward) in sides where given.shape == right.shape {
      for (index, value) in given.scalars.enumerated() {
        let end = right.scalars[index]
        guard isWrong(inward * (value - end)) else { continue }
        let (row, output) = index.quotientAndRemainder(dividingBy: bias.count)
        return Difference(
          place: "\(name)[\(row), \(output)]",
          expected: Difference.words(Double(end)) + note,
          actual: Difference.words(Double(value)))
      }
    }
    return nil
  }
}
