extension EpsilonExplorer {
  /// When one digit is first misread: the smallest ε in pixels at which the
  /// model's answer is not the label; nil if there is none on the slider.
  public struct Flip: Sendable, Equatable, Encodable {
    /// What the image shows.
    public var label: Int
    /// The wrong class that a step of `toward` aims at.
    public var target: Int
    /// Under FGSM.
    public var fgsm: Float?
    /// Under PGD.
    public var pgd: Float?
    /// Under the step toward the target; any wrong answer counts.
    public var toward: Float?
    /// Under random signs.
    public var randomSigns: Float?
  }

  /// When each digit is first misread, in the order of the batch.
  public var flips: [Flip] {
    digits.map { digit in
      Flip(
        label: digit.label, target: digit.target,
        fgsm: firstError(digit, .fgsm), pgd: firstError(digit, .pgd),
        toward: firstError(digit, .toward),
        randomSigns: firstError(digit, .randomSigns))
    }
  }

  private func firstError(_ digit: Digit, _ direction: Direction) -> Float? {
    course(direction, of: digit)?.answers
      .firstIndex { $0 != digit.label }
      .map { epsilons[$0] }
  }
}
