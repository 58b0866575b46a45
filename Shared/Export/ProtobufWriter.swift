import Foundation

/// Writes one message in the wire format of protocol buffers.
///
/// A message is a list of fields, each a number with a type and then its value
/// (https://protobuf.dev/programming-guides/encoding). There is neither a
/// header nor a length, so a message inside another is a field of bytes. A
/// repeated field is written once for every element.
public struct ProtobufWriter: Sendable {
  /// The message so far.
  public private(set) var bytes = Data()

  /// A message without any field yet.
  public init() {}

  /// The types of values this writer knows, by the format's own numbers.
  private enum WireType: UInt64 {
    case variableLength = 0
    case lengthAndBytes = 2
  }

  /// Appends a whole number.
  public mutating func write(_ value: Int, field: Int) {
    writeTag(field, .variableLength)
    writeVariableLength(UInt64(bitPattern: Int64(value)))
  }

  /// Appends bytes, or a message that was written on its own.
  public mutating func write(_ value: Data, field: Int) {
    writeTag(field, .lengthAndBytes)
    writeVariableLength(UInt64(value.count))
    bytes.append(value)
  }

  /// Appends text in UTF-8.
  public mutating func write(_ text: String, field: Int) {
    write(Data(text.utf8), field: field)
  }

  private mutating func writeTag(_ field: Int, _ type: WireType) {
    writeVariableLength(UInt64(field) << 3 | type.rawValue)
  }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func writeVariableLength(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
