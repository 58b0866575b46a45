/// A setting of an operation: one number, or a list of them.
public struct ONNXSetting: Sendable, Equatable {
  public var name: String
  public var numbers: [Int]
  /// Whether it is a list, even of one number.
  public var isList: Bool

  /// A setting that is a list.
  public init(_ name: String, list numbers: [Int]) {
    (self.name, self.numbers, isList) = (name, numbers, true)
  }

  /// A setting that is one number.
  public init(_ name: String, number: Int) {
    (self.name, self.numbers, isList) = (name, [number], false)
  }
}
