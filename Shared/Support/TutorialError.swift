/// Something outside the program is wrong, and whoever runs it can mend it.
///
/// The message is one sentence: what is wrong, in which file, what to do.
public struct TutorialError: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// An error that explains itself.
  public init(_ description: String) { self.description = description }
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
