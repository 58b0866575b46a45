import Foundation

@testable import Shared

extension FuzzFormat {
  /// The header's parts, then the numbers; the length before them is right.
  static let safeTensors = FuzzFormat(
    "safetensors", seeds: checkpoints.map { $0 },
    words: jsonWords
      + ["F32", "F16", "I64", "shape", "dtype", "data_offsets", "__metadata__"]
      .map {
        Array($0.utf8)
      },
    join: { parts in
      let header = parts.dropLast().joined()
      let length = (0..<8).map {
        UInt8(truncatingIfNeeded: header.count >> (8 * $0))
      }
      return length + header + (parts.last ?? [])
    },
    read: { try SafeTensors(decoding: Data($0), name: "file") },
    fault: { value, file in
      for (name, tensor) in value.tensors
      where tensor.shape.reduce(1, *) != tensor.count {
        return "\(name) does not have its shape"
      }
      let header = file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      let numbers = value.tensors.values.reduce(0) { $0 + $1.count }
      // Four bytes each, or eight if they were counters.
      guard (4 * numbers...8 * numbers) ~= file.count - 8 - header else {
        return "has numbers that are no tensor's"
      }
      let written = try value.encoded()
      let again = try SafeTensors(decoding: written, name: "file")
      // Bytes, because no tensor equals itself that holds a NaN.
      return try again.encoded() == written
        ? nil : "is another file once it is written and read"
    })

  private static let checkpoints: [[[UInt8]]] = {
    let files = [
      SafeTensors(
        tensors: [
          "fc.weight": Sample.uniform([2, 3], seed: 1),
          "fc.bias": Sample.uniform([2], seed: 2),
        ], metadata: ["seed": "2", "text": "ε = 0.1 \"quoted\""]),
      SafeTensors(
        tensors: ["a": Tensor([]), "b": Tensor(shape: [], scalars: [1])]),
    ].compactMap { try? $0.encoded() }
    return files.map { file in
      let end = 8 + Int(file[0]) + Int(file[1]) << 8
      return parts(of: String(decoding: file[8..<end], as: UTF8.self))
        + [[UInt8](file[end...])]
    }
  }()

  /// Values and pieces that a JSON reader should meet.
  static let jsonWords: [[UInt8]] =
    [
      "0", "-1", "1.5", "1e999", "-1e-999", "2147483647", "9223372036854775807",
      "9223372036854775808", "18446744073709551616", "null", "true", "[]", "{}",
      "\"\"", #""\u0000""#, #""\ud800""#, #""\u001b[2J""#, "[", "]", "{", "}",
      ",", ":", "\"", "\\", "\u{FEFF}", "\0",
    ].map { Array($0.utf8) }
    + [("[", 600), (#"\u001b"#, 1300)].map {
      Array(String(repeating: $0, count: $1).utf8)
    }
}
