/// Something outside the program is wrong, and whoever runs it can mend it.
///
/// The message is one sentence: what is wrong, in which file, what to do.
public struct TutorialError: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// An error that explains itself.
  ///
  /// The sentence may quote names and paths from anywhere. So it is cut to a
  /// length that can be read, and what could steer a terminal is written out.
  public init(_ description: String) {
    self.description = description.withControlsWrittenOut.cut(to: 1200)
  }
}

extension String {
  /// The beginning and the end of a text with more scalars than that.
  fileprivate func cut(to limit: Int) -> String {
    guard unicodeScalars.count > limit else { return self }
    let gap = " … "
    let start = unicodeScalars.prefix(limit * 3 / 4)
    let end = unicodeScalars.suffix(limit / 4 - gap.unicodeScalars.count)
    return String(start) + gap + String(end)
  }

  /// `\u{1B}` for an escape, and so on.
  fileprivate var withControlsWrittenOut: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.properties.generalCategory == .control {
        text += scalar.escaped(asASCII: true).unicodeScalars
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}

/// Adds what to do to an error that only says what is wrong.
///
/// A reader of files knows the damage; only its caller knows the cure.
public func withRemedy<Result>(
  _ remedy: String, _ body: () throws -> Result
) throws -> Result {
  do {
    return try body()
  } catch let error as TutorialError {
    var fact = error.description
    if fact.hasSuffix(".") { fact.removeLast() }
    throw TutorialError("\(fact); \(remedy).")
  }
}
