import Foundation

/// Takes one message in the wire format of protocol buffers apart.
///
/// Its bytes may come from anywhere: whatever does not make sense is refused
/// with a sentence.
package struct ProtobufReader {
  /// How many fields and packed numbers a message may still have, with all
  /// messages inside it.
  ///
  /// A field can be two bytes long and takes much more memory than that. The
  /// tutorial's network has some two hundred.
  private final class Allowance {
    static let largest = 1 << 18
    private var rest = largest

    func spend() throws {
      guard rest > 0 else {
        throw TutorialError(
          "there are more than \(Self.largest) fields and numbers")
      }
      rest -= 1
    }
  }

  private enum Value {
    case number(UInt64)
    case bytes(Data)
    /// A value of four bytes.
    case single(UInt32)
  }

  private var fields: [(number: Int, value: Value)] = []
  private let allowance: Allowance

  /// - Throws: A `TutorialError` if the bytes end inside a field, hold a wire
  ///   type that does not exist, or far too many fields.
  package init(_ bytes: Data) throws {
    try self.init(bytes, Allowance())
  }

  private init(_ bytes: Data, _ allowance: Allowance) throws {
    self.allowance = allowance
    var rest = bytes[...]
    while !rest.isEmpty {
      try allowance.spend()
      let tag = try Self.variableLength(&rest)
      let number = Int(truncatingIfNeeded: tag >> 3)
      switch tag & 7 {
      case 0: fields.append((number, .number(try Self.variableLength(&rest))))
      case 1: fields.append((number, .bytes(try Self.take(8, of: &rest))))
      case 2:
        let count = try Self.variableLength(&rest)
        fields.append((number, .bytes(try Self.take(count, of: &rest))))
      case 5:
        let bytes = try Self.take(4, of: &rest)
        fields.append((number, .single(Self.bits(bytes, at: 0))))
      default: throw TutorialError("there is no wire type \(tag & 7)")
      }
    }
  }

  private static func take(_ count: UInt64, of rest: inout Data.SubSequence)
    throws -> Data
  {
    guard count <= UInt64(rest.count) else {
      throw TutorialError(
        "a field of \(count) bytes is cut short after \(rest.count)")
    }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }

  private static func variableLength(_ rest: inout Data.SubSequence) throws
    -> UInt64
  {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else {
        throw TutorialError("a number is cut short")
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw TutorialError("a number has more than ten bytes")
  }

  /// Four bytes as a number, the lowest first.
  private static func bits(_ bytes: Data, at start: Int) -> UInt32 {
    (0..<4).reduce(0) {
      $0 | UInt32(bytes[bytes.startIndex + start + $1]) << (8 * $1)
    }
  }

  /// All whole numbers of a field, one by one or packed into one.
  package func numbers(_ field: Int) throws -> [Int] {
    try values(field).flatMap { value -> [Int] in
      switch value {
      case .number(let number): return [Int(truncatingIfNeeded: number)]
      case .single(let number): return [Int(number)]
      case .bytes(let bytes):
        var rest = bytes[...]
        var numbers: [Int] = []
        while !rest.isEmpty {
          try allowance.spend()
          numbers.append(
            Int(truncatingIfNeeded: try Self.variableLength(&rest)))
        }
        return numbers
      }
    }
  }

  /// All 32-bit floats of a field, one by one or packed into one.
  func floats(_ field: Int) throws -> [Float] {
    try values(field).flatMap { value -> [Float] in
      switch value {
      case .single(let bits): return [Float(bitPattern: bits)]
      case .bytes(let bytes): return try Self.floats(in: bytes)
      case .number:
        throw TutorialError("field \(field) holds a whole number, not a float")
      }
    }
  }

  /// Bytes as 32-bit floats, the lowest byte first.
  static func floats(in bytes: Data) throws -> [Float] {
    guard bytes.count % 4 == 0 else {
      throw TutorialError("\(bytes.count) bytes are no 32-bit floats")
    }
    return stride(from: 0, to: bytes.count, by: 4).map {
      Float(bitPattern: bits(bytes, at: $0))
    }
  }

  /// All byte strings of a field.
  package func bytes(_ field: Int) -> [Data] {
    values(field).compactMap {
      if case .bytes(let bytes) = $0 { bytes } else { nil }
    }
  }

  /// All texts of a field.
  package func texts(_ field: Int) -> [String] {
    bytes(field).map { String(decoding: $0, as: UTF8.self) }
  }

  /// All messages of a field.
  package func messages(_ field: Int) throws -> [ProtobufReader] {
    try bytes(field).map { try ProtobufReader($0, allowance) }
  }

  private func values(_ field: Int) -> [Value] {
    fields.filter { $0.number == field }.map(\.value)
  }
}
