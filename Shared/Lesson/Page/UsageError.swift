/// A command line that cannot be carried out; the program ends with 2.
public struct UsageError: Error, Equatable, CustomStringConvertible {
  /// One sentence: what is wrong with it.
  public let description: String

  /// An error that explains itself.
  public init(_ description: String) { self.description = description }
}
