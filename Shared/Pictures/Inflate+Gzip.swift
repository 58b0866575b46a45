import Foundation

extension Inflate {
  /// Unpacks a gzip file (RFC 1952), as published data sets come in.
  ///
  /// What comes after `limit` bytes is not looked at, nor what comes after the
  /// first member.
  ///
  /// - Throws: A `TutorialError` if the file breaks any rule of the format or
  ///   does not match its checksum.
  static func gzip(_ file: Data, limit: Int) throws -> [UInt8] {
    let input = [UInt8](file)
    let start = try gzipHeader(input)
    var output: [UInt8] = []
    let isWhole = try deflate(
      input, at: start..<max(start, input.count - 8), limit: limit
    ) { output += $0 }
    guard isWhole else { return output }
    // The end of the file is the end of the member unless others follow it.
    let tail = input.suffix(8)
    func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    guard number(tail.prefix(4)) == PNG.crc32(output[...]),
      number(tail.suffix(4)) == UInt32(truncatingIfNeeded: output.count)
    else { throw TutorialError.damaged("do not match their checksum") }
    return output
  }

  /// Where the compressed data begin.
  private static func gzipHeader(_ input: [UInt8]) throws -> Int {
    guard input.count >= 18, input.starts(with: [0x1F, 0x8B, 8]),
      input[3] & 0xE0 == 0
    else { throw TutorialError.damaged("do not begin like a gzip file") }
    var position = 10
    let flags = input[3]
    if flags & 4 != 0 {
      position += 2 + Int(input[10]) + Int(input[11]) << 8
    }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      // A name, then a comment, each up to a zero.
      guard position < input.count,
        let end = input[position...].firstIndex(of: 0)
      else { throw TutorialError.damaged("have no end to their name") }
      position = end + 1
    }
    if flags & 2 != 0 { position += 2 }
    guard position <= input.count - 8 else {
      throw TutorialError.damaged("end too early")
    }
    return position
  }

  /// Unpacks blocks (RFC 1951) that stand in no zlib stream.
  ///
  /// - Returns: Whether they came to their end within the limit.
  private static func deflate(
    _ input: [UInt8], at part: Range<Int>, limit: Int,
    to receive: @escaping (ArraySlice<UInt8>) throws -> Void
  ) throws -> Bool {
    var reader = Inflate(
      input: BitReader(input, at: [part]), room: limit, receive: receive)
    let isWhole = try reader.readBlocks()
    try reader.handOn()
    return isWhole
  }
}
