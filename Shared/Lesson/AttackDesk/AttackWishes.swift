/// What somebody wants who runs one attack instead of the lesson.
struct AttackWishes: Sendable, Equatable {
  /// The attack's name; `list` for the names of all.
  var name: String?
  /// ε, or the radius of an attack in the Euclidean norm.
  var size: Float?
  /// Steps or queries.
  var steps: Int?
  /// Starts.
  var restarts: Int?
  /// How many test images.
  var images: Int?
  /// The answer that is wanted.
  var target: Int?
  /// The side of a patch.
  var side: Int?
  /// Whether to run the whole standard set.
  var isThorough = false

  /// Whether an attack is wanted at all.
  var isAsked: Bool { name != nil || isThorough }
}

extension Flag {
  /// The flags of one attack, for the chapter that takes them.
  static let ofAttack: [Flag] = [
    Flag(
      name: "--attack", valueName: "NAME", takes: "a name",
      help: "run and audit one attack; `list` names them", group: .attack
    ) { options, value in
      options.attack.name = value.lowercased()
      return !value.isEmpty
    },
    Flag(
      name: "--epsilon", valueName: "E", takes: "a number from 0",
      help: "with --attack: the largest change, in pixels", group: .attack
    ) { options, value in
      options.attack.size = Float(value)
      guard let size = options.attack.size else { return false }
      return size >= 0 && size.isFinite
    },
    number("--steps", "steps or queries", 1...1_000_000, \.steps),
    number("--restarts", "random starts", 1...1000, \.restarts),
    images(
      help: "with --attack: the first N test images (default 1000)",
      group: .attack, count: \.attack.images),
    number("--target", "the answer that is wanted", 0...255, \.target),
    number("--side", "the side of a patch, in pixels", 1...1000, \.side),
    Flag(
      name: "--thorough", help: "the whole standard set of attacks in turn",
      group: .attack
    ) { options, _ in
      options.attack.isThorough = true
      return true
    },
  ]

  private static func number(
    _ name: String, _ help: String, _ range: ClosedRange<Int>,
    _ property: WritableKeyPath<AttackWishes, Int?> & Sendable
  ) -> Flag {
    Flag(
      name: name, valueName: "N",
      takes: "a whole number, \(range.lowerBound) to \(range.upperBound)",
      help: "with --attack: \(help)", group: .attack
    ) { options, value in
      let number = Int(value)
      options.attack[keyPath: property] = number
      return number.map(range.contains) ?? false
    }
  }
}
