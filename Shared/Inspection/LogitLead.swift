/// How far the largest logit is ahead, and what it takes to catch up with it.
public struct LogitLead: Sendable, Equatable {
  /// The class with the largest logit.
  public let winner: Int
  /// The class with the second largest.
  public let runnerUp: Int
  /// The difference of the two.
  public let gap: Double
  /// The length of all logits, ‖a‖₂.
  public let length: Double

  /// The lead in one image's logits; nil if there are fewer than two classes.
  ///
  /// - Parameter logits: Shape `[1, classes]`.
  public init?(_ logits: Tensor) {
    let winner = predictions(logits)[0]
    let others = logits.scalars.indices.filter { $0 != winner }
    guard
      let second = others.max(by: { logits.scalars[$0] < logits.scalars[$1] })
    else { return nil }
    self.winner = winner
    runnerUp = second
    gap = Double(logits.scalars[winner]) - Double(logits.scalars[second])
    length = logits.norm
  }

  /// The length of the shortest change that makes the two largest logits equal.
  ///
  /// It lowers one by half of the gap and raises the other by the other half:
  /// √((g/2)² + (g/2)²) = g/√2. All other classes are at least as far behind,
  /// so no shorter change can turn the answer.
  public var shortestTurn: Double { gap / 2.0.squareRoot() }

  /// The same compared with the length of the logits; 0 if that is 0.
  public var relativeTurn: Double { length > 0 ? shortestTurn / length : 0 }
}

extension Tensor {
  /// How far one class is ahead of the best of the others, in logits
  /// `[1, classes]`; negative if it is behind.
  public func lead(of winner: Int) -> Double {
    let others = scalars.indices.filter { $0 != winner }.map { scalars[$0] }
    return Double(scalars[winner]) - Double(others.max() ?? -.infinity)
  }
}
