/// What somebody wants who checks a model instead of reading the lesson.
struct GateWishes: Sendable, Equatable {
  /// What the model shall come to, as `Requirement` reads it.
  var requirement: String?
  /// How many test images.
  var images: Int?

  /// Whether a check is wanted at all.
  var isAsked: Bool { requirement != nil }
}

extension Flag {
  /// The flags of a check, for the chapter that takes them.
  static let ofGate: [Flag] = [
    Flag(
      name: "--require", valueName: "WHAT",
      takes: "a requirement such as \"clean>=0.97\"",
      help: "check the model: \"worst@0.1>=0.70\"; ends with 0, or 4",
      group: .gate
    ) { options, value in
      options.gate.requirement = value
      return !value.isEmpty
    },
    images(
      help: "with --require: the first N test images (default 200)",
      group: .gate, count: \.gate.images),
  ]
}
