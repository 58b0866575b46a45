import Foundation

@testable import Shared

/// One message of protocol buffers, taken apart field by field.
///
/// Written from the format's description, without the library's writer.
struct ProtobufReader {
  private enum Value {
    case number(UInt64)
    case bytes(Data)
  }

  private var fields: [(number: Int, value: Value)] = []

  /// - Throws: A `TutorialError` if the bytes end inside a field or hold a
  ///   wire type that ONNX files of this tutorial have no use for.
  init(_ bytes: Data) throws {
    var rest = bytes
    while !rest.isEmpty {
      let tag = try Self.variableLength(&rest)
      switch tag & 7 {
      case 0:
        fields.append((Int(tag >> 3), .number(try Self.variableLength(&rest))))
      case 2:
        let count = try Self.variableLength(&rest)
        guard count <= UInt64(rest.count) else {
          throw TutorialError("A field of \(count) bytes is cut short.")
        }
        fields.append((Int(tag >> 3), .bytes(Data(rest.prefix(Int(count))))))
        rest = rest.dropFirst(Int(count))
      default:
        throw TutorialError("Wire type \(tag & 7) is not read.")
      }
    }
  }

  private static func variableLength(_ rest: inout Data) throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else {
        throw TutorialError("A number is cut short.")
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw TutorialError("A number has more than ten bytes.")
  }

  func numbers(_ field: Int) -> [Int] {
    fields.filter { $0.number == field }.compactMap {
      guard case .number(let number) = $0.value else { return nil }
      return Int(truncatingIfNeeded: number)
    }
  }

  func bytes(_ field: Int) -> [Data] {
    fields.filter { $0.number == field }.compactMap {
      guard case .bytes(let bytes) = $0.value else { return nil }
      return bytes
    }
  }

  func texts(_ field: Int) -> [String] {
    bytes(field).map { String(decoding: $0, as: UTF8.self) }
  }

  func messages(_ field: Int) throws -> [ProtobufReader] {
    try bytes(field).map(ProtobufReader.init)
  }

  /// The field that must be there exactly once.
  func number(_ field: Int) throws -> Int { try only(numbers(field), field) }
  func data(_ field: Int) throws -> Data { try only(bytes(field), field) }
  func text(_ field: Int) throws -> String { try only(texts(field), field) }
  func message(_ field: Int) throws -> ProtobufReader {
    try ProtobufReader(data(field))
  }

  private func only<Element>(_ all: [Element], _ field: Int) throws -> Element {
    guard all.count == 1 else {
      throw TutorialError("Field \(field) is there \(all.count) times.")
    }
    return all[0]
  }
}

/// Bytes as hexadecimal digits, as Python's `hex()` gives them.
func digits(_ bytes: Data) -> String {
  hexadecimal(bytes).replacing(" ", with: "")
}
