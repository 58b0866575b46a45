import Shared

/// A command line that cannot be carried out; the program ends with 2.
public struct UsageError: Error, Equatable, CustomStringConvertible {
  /// One sentence: what is wrong with it.
  public let description: String

  /// An error that explains itself; what could steer a terminal is written out.
  public init(_ description: String) {
    self.description = TutorialError(description).description
  }
}
