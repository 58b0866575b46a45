/// Unpacks a zlib stream (RFC 1950 and 1951).
///
/// Written by hand because Foundation has no zlib on every system. Codes are
/// read a bit at a time, as in Mark Adler's `puff`: slower than tables, and
/// fast enough for one picture.
struct Inflate {
  private let input: [UInt8]
  private let limit: Int
  private var position = 2
  private var buffer: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  private init(_ input: [UInt8], limit: Int) {
    self.input = input
    self.limit = limit
  }

  /// Unpacks a whole stream.
  ///
  /// - Parameters:
  ///   - stream: The whole stream, from its header to its checksum.
  ///   - limit: The most bytes that may come out.
  /// - Returns: The bytes it holds.
  /// - Throws: A `TutorialError` if the stream breaks any rule of the format,
  ///   holds more than `limit` bytes, or does not match its checksum.
  static func zlib(_ stream: [UInt8], limit: Int) throws -> [UInt8] {
    guard stream.count >= 2, stream[0] & 0xF == 8, stream[0] >> 4 <= 7,
      (Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0, stream[1] & 0x20 == 0
    else { throw damaged("do not begin like a zlib stream") }
    var reader = Inflate(stream, limit: limit)
    var isLast = false
    while !isLast {
      isLast = try reader.bits(1) == 1
      try reader.block(kind: reader.bits(2))
    }
    let checksum = stream[reader.position...]
    guard checksum.count == 4 else {
      throw damaged("do not end with their checksum")
    }
    guard
      checksum.reduce(0, { $0 << 8 | UInt32($1) })
        == Deflate.adler32(reader.output)
    else { throw damaged("do not match their checksum") }
    return reader.output
  }

  private static func damaged(_ what: String) -> TutorialError {
    TutorialError("its compressed data \(what)")
  }

  private mutating func block(kind: Int) throws {
    switch kind {
    case 0: try stored()
    case 1: try coded(Self.fixedSymbols, Self.fixedDistances)
    case 2:
      let (symbols, distances) = try codes()
      try coded(symbols, distances)
    default: throw Self.damaged("have a block of no known kind")
    }
  }

  /// A block that was not compressed.
  private mutating func stored() throws {
    (buffer, bitCount) = (0, 0)  // the rest of this byte means nothing
    let length = try bits(16)
    guard try bits(16) == ~length & 0xFFFF, length <= input.count - position
    else { throw Self.damaged("have a block of the wrong length") }
    try requireRoom(length)
    output += input[position..<position + length]
    position += length
  }

  /// Literals and repetitions up to the end of the block.
  private mutating func coded(_ symbols: Huffman, _ distances: Huffman) throws {
    while true {
      let symbol = try next(symbols)
      if symbol < 256 {
        try requireRoom(1)
        output.append(UInt8(symbol))
      } else if symbol > 256 {
        let length = try length(symbol - 257)
        let distance = try distance(next(distances))
        guard distance <= output.count else {
          throw Self.damaged("repeat what was never there")
        }
        try requireRoom(length)
        for _ in 0..<length { output.append(output[output.count - distance]) }
      } else {
        return
      }
    }
  }

  /// 3...258: eight codes of their own, then four to each power of two.
  private mutating func length(_ code: Int) throws -> Int {
    guard code < 29 else { throw Self.damaged("have a length of no meaning") }
    guard code >= 8 else { return 3 + code }
    guard code < 28 else { return 258 }
    let extra = code / 4 - 1
    return try 3 + (4 + code % 4) << extra + bits(extra)
  }

  /// From 1: four codes of their own, then two to each power of two.
  private mutating func distance(_ code: Int) throws -> Int {
    guard code < 30 else { throw Self.damaged("have a distance of no meaning") }
    guard code >= 4 else { return 1 + code }
    let extra = code / 2 - 1
    return try 1 + (2 + code % 2) << extra + bits(extra)
  }

  /// The block's own codes, themselves coded.
  private mutating func codes() throws -> (Huffman, Huffman) {
    let symbolCount = try bits(5) + 257
    let distanceCount = try bits(5) + 1
    let lengthCount = try bits(4) + 4
    guard symbolCount <= 286, distanceCount <= 30 else {
      throw Self.damaged("have too many codes")
    }
    var short = [Int](repeating: 0, count: 19)
    for index in Self.order.prefix(lengthCount) { short[index] = try bits(3) }
    let lengthCode = try Huffman(short, mayBeSingle: false)
    var lengths: [Int] = []
    while lengths.count < symbolCount + distanceCount {
      let symbol = try next(lengthCode)
      switch symbol {
      case 16:
        guard let last = lengths.last else {
          throw Self.damaged("repeat a code length that was never there")
        }
        lengths += try Array(repeating: last, count: 3 + bits(2))
      case 17: lengths += try Array(repeating: 0, count: 3 + bits(3))
      case 18: lengths += try Array(repeating: 0, count: 11 + bits(7))
      default: lengths.append(symbol)
      }
    }
    guard lengths.count == symbolCount + distanceCount, lengths[256] > 0 else {
      throw Self.damaged("have a block that cannot end")
    }
    return try (
      Huffman(Array(lengths[..<symbolCount]), mayBeSingle: true),
      Huffman(Array(lengths[symbolCount...]), mayBeSingle: true)
    )
  }

  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let fixedSymbols = Huffman(
    unchecked: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = Huffman(
    unchecked: Array(repeating: 5, count: 32))

  private mutating func next(_ code: Huffman) throws -> Int {
    var (value, first, index) = (0, 0, 0)
    for length in 1...15 {
      value |= try bits(1)
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw Self.damaged("have a code of no meaning")
  }

  /// Some bits as a number, the first as its lowest.
  private mutating func bits(_ count: Int) throws -> Int {
    while bitCount < count {
      guard position < input.count else { throw Self.damaged("end too early") }
      buffer |= UInt32(input[position]) << bitCount
      position += 1
      bitCount += 8
    }
    let value = buffer & (1 << count - 1)
    buffer >>= count
    bitCount -= count
    return Int(value)
  }

  private func requireRoom(_ count: Int) throws {
    guard count <= limit - output.count else {
      throw Self.damaged("hold more than the picture's \(limit.grouped) bytes")
    }
  }
}

/// A canonical Huffman code: how many codes have each length, and the symbols
/// in the order of their codes.
private struct Huffman {
  var counts = [Int](repeating: 0, count: 16)
  var symbols: [Int] = []

  init(unchecked lengths: [Int]) {
    for length in lengths { counts[length] += 1 }
    counts[0] = 0
    symbols = lengths.indices.filter { lengths[$0] > 0 }
      .sorted { (lengths[$0], $0) < (lengths[$1], $1) }
  }

  /// - Throws: A `TutorialError` unless every string of bits has one meaning.
  ///   Zero codes, or a single one of one bit, may leave the rest unused.
  init(_ lengths: [Int], mayBeSingle: Bool) throws {
    self.init(unchecked: lengths)
    let left = (1...15).reduce(1) { $0 * 2 - counts[$1] }
    let isSingle = symbols.count <= 1 && counts[1] == symbols.count
    let never = (1...15).contains { length in
      (1...length).reduce(1) { $0 * 2 - counts[$1] } < 0
    }
    guard !never, left == 0 || mayBeSingle && isSingle else {
      throw TutorialError("its compressed data have a code that is not one")
    }
  }
}
