/// Reads bits from bytes that may lie apart in a file.
struct BitReader {
  private let input: [UInt8]
  /// Where the bytes lie in the input; what comes next is in the last.
  private var parts: [Range<Int>]
  private var buffer: UInt32 = 0
  private var bitCount = 0

  init(_ input: [UInt8], at parts: [Range<Int>]) {
    self.input = input
    self.parts = parts.reversed()
  }

  /// A whole byte, once no bits are left of the last one; nil at the end.
  mutating func nextByte() -> UInt8? {
    while let part = parts.last {
      if part.isEmpty {
        parts.removeLast()
      } else {
        parts[parts.count - 1] = part.dropFirst()
        return input[part.lowerBound]
      }
    }
    return nil
  }

  /// The rest of the byte whose bits were read last means nothing.
  mutating func skipRestOfByte() { (buffer, bitCount) = (0, 0) }

  /// Some bits as a number, the first as its lowest.
  mutating func bits(_ count: Int) throws -> Int {
    while bitCount < count {
      guard let byte = nextByte() else {
        throw TutorialError.damaged("end too early")
      }
      buffer |= UInt32(byte) << bitCount
      bitCount += 8
    }
    let value = buffer & (1 << count - 1)
    buffer >>= count
    bitCount -= count
    return Int(value)
  }
}

extension TutorialError {
  /// Compressed data that break a rule.
  static func damaged(_ what: String) -> TutorialError {
    TutorialError("its compressed data \(what)")
  }
}
