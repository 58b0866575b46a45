@testable import Shared

/// One field of a protobuf message, as far as a mutation has to know it.
struct ProtobufField {
  var tag: UInt64
  /// What follows the tag, without its length.
  var payload: [UInt8]

  var hasLength: Bool { tag & 7 == 2 }

  var bytes: [UInt8] {
    Self.encoded(tag)
      + (hasLength ? Self.encoded(UInt64(payload.count)) : []) + payload
  }

  /// Seven bits a byte, the lowest first.
  static func encoded(_ number: UInt64) -> [UInt8] {
    number < 0x80
      ? [UInt8(number)]
      : [UInt8(truncatingIfNeeded: number) | 0x80] + encoded(number >> 7)
  }

  /// The fields of a message; nil if the bytes are none.
  static func split(_ message: [UInt8]) -> [ProtobufField]? {
    var fields: [ProtobufField] = []
    var rest = message[...]
    while !rest.isEmpty {
      guard let tag = number(&rest) else { return nil }
      let count: Int
      switch tag & 7 {
      case 0:
        count = (rest.firstIndex { $0 < 0x80 } ?? 1 << 32) - rest.startIndex + 1
      case 1: count = 8
      case 2: count = number(&rest).flatMap { Int(exactly: $0) } ?? 1 << 32
      case 5: count = 4
      default: return nil
      }
      guard count <= rest.count else { return nil }
      fields.append(ProtobufField(tag: tag, payload: Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    return fields
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    let bytes = rest.prefix { $0 >= 0x80 }
    guard bytes.count < 9, bytes.endIndex < rest.endIndex else { return nil }
    let all = rest.prefix(bytes.count + 1)
    rest = rest.dropFirst(all.count)
    return all.reversed().reduce(0) { $0 << 7 | UInt64($1 & 0x7F) }
  }
}

extension Mutator {
  /// Changes one field of a message, or of one inside it, and all lengths
  /// around it with it.
  ///
  /// What looks like a message is taken for one, even if it is a text.
  mutating func changedMessage(_ message: [UInt8], words: [[UInt8]]) -> [UInt8]
  {
    guard var fields = ProtobufField.split(message), !fields.isEmpty else {
      return changed(message, other: pick(words))
    }
    let place = below(fields.count)
    switch below(6) {
    case 0: fields[place].tag ^= 1 << UInt64(below(8))
    case 1:
      let parts = fields.map(\.bytes)
      return Array(changed(parts, other: words, words: words).joined())
    case _ where fields[place].hasLength:
      fields[place].payload = changedMessage(
        fields[place].payload, words: words)
    case 2, 3: fields[place].payload = ProtobufField.encoded(pick(Self.edges))
    default:
      fields[place].payload = changed(fields[place].payload, other: [])
    }
    return Array(fields.map(\.bytes).joined())
  }
}
