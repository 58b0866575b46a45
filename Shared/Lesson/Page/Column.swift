/// What a table says of a value, under a heading.
public struct Column<Value> {
  /// What stands above it.
  public var heading: String
  /// The text for one value.
  public var text: (Value) -> String

  /// A column of a table.
  public init(_ heading: String, _ text: @escaping (Value) -> String) {
    self.heading = heading
    self.text = text
  }
}
