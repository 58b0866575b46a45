/// What Adam remembers of a parameter's gradients.
public struct AdamState: Sendable, Equatable {
  /// How many steps have been made.
  public var step: Int
  /// The running mean of the gradients.
  public var means: [Float]
  /// The running mean of their squares.
  public var squares: [Float]

  /// The memory after some steps.
  public init(step: Int, means: [Float], squares: [Float]) {
    self.step = step
    self.means = means
    self.squares = squares
  }

  /// The memory before the first step, for `count` numbers.
  public init(count: Int) {
    self.init(
      step: 0, means: Array(repeating: 0, count: count),
      squares: Array(repeating: 0, count: count))
  }
}
