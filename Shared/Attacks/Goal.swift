/// What an attack wants of one image.
public struct Goal: Sendable, Hashable {
  /// The right class.
  public let label: Int
  /// The class that the model shall answer; nil for any but the right one.
  public let target: Int?

  /// Any wrong answer will do: an untargeted attack.
  public static func avoid(_ label: Int) -> Goal {
    Goal(label: label, target: nil)
  }

  /// Only one wrong answer will do: a targeted attack.
  public static func reach(_ target: Int, from label: Int) -> Goal {
    Goal(label: label, target: target)
  }

  private init(label: Int, target: Int?) {
    precondition(
      target != label,
      "the target is \(label), the right class: nothing to attack")
    self.label = label
    self.target = target
  }

  /// Whether an answer of the model is what the attack wants.
  public func isMet(by answer: Int) -> Bool {
    if let target { answer == target } else { answer != label }
  }
}
