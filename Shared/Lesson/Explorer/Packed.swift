import Foundation

/// Numbers that JSON carries as their bytes, in base64.
///
/// Probabilities are less than half as long that way as in words, none loses a
/// digit, and one that is no number needs no word of its own.
struct Packed<Number: BitwiseCopyable & Sendable>: Sendable, Codable {
  var numbers: [Number]

  init(_ numbers: some Sequence<Number>) { self.numbers = Array(numbers) }

  init(from decoder: any Decoder) throws {
    let bytes = try decoder.singleValueContainer().decode(Data.self)
    let size = MemoryLayout<Number>.size
    numbers = bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).map {
        raw.loadUnaligned(fromByteOffset: $0 * size, as: Number.self)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(numbers.withUnsafeBytes { Data($0) })
  }
}
