/// Unpacks a zlib stream (RFC 1950 and 1951), or what is compressed in it.
///
/// Written by hand because Foundation has no zlib on every system. Codes are
/// read a bit at a time, as in Mark Adler's `puff`: slower than tables, and
/// fast enough for one picture.
struct Inflate {
  private var input: BitReader
  /// The most bytes that may still come out.
  private var room: Int
  /// What came out last, as far back as a repetition may reach.
  private var window: [UInt8] = []
  /// Bytes of the window that were handed on.
  private var handedOn = 0
  /// nil where another format has a checksum of its own.
  private var checksum: Adler32?
  private let receive: (ArraySlice<UInt8>) throws -> Void

  /// The farthest that a repetition may reach back.
  private static let reach = 32_768

  /// Unpacks a stream and hands on what it holds, a piece at a time.
  ///
  /// What comes after `limit` bytes is not looked at, nor what comes after the
  /// stream.
  ///
  /// - Parameters:
  ///   - input: Bytes that hold the stream.
  ///   - parts: Where in them it lies, in order.
  ///   - limit: The most bytes that come out.
  ///   - receive: Is given the bytes in order.
  /// - Returns: How many bytes came out.
  /// - Throws: A `TutorialError` if the stream breaks any rule of the format
  ///   or does not match its checksum, and what `receive` throws.
  static func zlib(
    _ input: [UInt8], at parts: [Range<Int>], limit: Int,
    to receive: @escaping (ArraySlice<UInt8>) throws -> Void
  ) throws -> Int {
    var reader = Inflate(
      input: BitReader(input, at: parts), room: limit, receive: receive)
    reader.checksum = Adler32()
    try reader.readHead()
    if try reader.readBlocks() { try reader.compareChecksum() }
    try reader.handOn()
    return limit - reader.room
  }

  init(
    input: BitReader, room: Int,
    receive: @escaping (ArraySlice<UInt8>) throws -> Void
  ) {
    self.input = input
    self.room = room
    self.receive = receive
  }

  private mutating func readHead() throws {
    guard let first = input.nextByte(), let second = input.nextByte(),
      first & 0xF == 8,
      first >> 4 <= 7, (Int(first) << 8 | Int(second)) % 31 == 0,
      second & 0x20 == 0
    else { throw TutorialError.damaged("do not begin like a zlib stream") }
  }

  /// - Returns: Whether the stream came to its end within the limit.
  mutating func readBlocks() throws -> Bool {
    var isLast = false
    while !isLast {
      isLast = try input.bits(1) == 1
      guard try block(kind: input.bits(2)) else { return false }
    }
    return true
  }

  private mutating func compareChecksum() throws {
    try handOn()
    var expected: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = input.nextByte() else {
        throw TutorialError.damaged("do not end with their checksum")
      }
      expected = expected << 8 | UInt32(byte)
    }
    guard checksum?.value == expected else {
      throw TutorialError.damaged("do not match their checksum")
    }
  }

  private mutating func put(_ byte: UInt8) throws {
    window.append(byte)
    room -= 1
    if window.count == 4 * Self.reach {
      try handOn()
      window.removeFirst(3 * Self.reach)
      handedOn = window.count
    }
  }

  mutating func handOn() throws {
    let new = window[handedOn...]
    checksum?.add(new)
    try receive(new)
    handedOn = window.count
  }

  /// - Returns: Whether there was room for all of it.
  private mutating func block(kind: Int) throws -> Bool {
    switch kind {
    case 0: return try stored()
    case 1: return try coded(Huffman.fixedSymbols, Huffman.fixedDistances)
    case 2:
      let (symbols, distances) = try codes()
      return try coded(symbols, distances)
    default: throw TutorialError.damaged("have a block of no known kind")
    }
  }

  /// A block that was not compressed.
  private mutating func stored() throws -> Bool {
    input.skipRestOfByte()
    let length = try input.bits(16)
    guard try input.bits(16) == ~length & 0xFFFF else {
      throw TutorialError.damaged("have a block of the wrong length")
    }
    for _ in 0..<length {
      guard room > 0 else { return false }
      try put(UInt8(input.bits(8)))
    }
    return true
  }

  /// Literals and repetitions up to the end of the block.
  private mutating func coded(_ symbols: Huffman, _ distances: Huffman) throws
    -> Bool
  {
    while true {
      let symbol = try input.next(symbols)
      if symbol == 256 { return true }
      guard room > 0 else { return false }
      if symbol < 256 {
        try put(UInt8(symbol))
      } else {
        let length = try length(symbol - 257)
        let distance = try distance(input.next(distances))
        guard distance <= window.count else {
          throw TutorialError.damaged("repeat what was never there")
        }
        for _ in 0..<length {
          guard room > 0 else { return false }
          try put(window[window.count - distance])
        }
      }
    }
  }

  /// 3...258: eight codes of their own, then four to each power of two.
  private mutating func length(_ code: Int) throws -> Int {
    guard code < 29 else {
      throw TutorialError.damaged("have a length of no meaning")
    }
    guard code >= 8 else { return 3 + code }
    guard code < 28 else { return 258 }
    let extra = code / 4 - 1
    return try 3 + (4 + code % 4) << extra + input.bits(extra)
  }

  /// From 1: four codes of their own, then two to each power of two.
  private mutating func distance(_ code: Int) throws -> Int {
    guard code < 30 else {
      throw TutorialError.damaged("have a distance of no meaning")
    }
    guard code >= 4 else { return 1 + code }
    let extra = code / 2 - 1
    return try 1 + (2 + code % 2) << extra + input.bits(extra)
  }

  /// The block's own codes, themselves coded.
  private mutating func codes() throws -> (Huffman, Huffman) {
    let symbolCount = try input.bits(5) + 257
    let distanceCount = try input.bits(5) + 1
    let lengthCount = try input.bits(4) + 4
    guard symbolCount <= 286, distanceCount <= 30 else {
      throw TutorialError.damaged("have too many codes")
    }
    var short = [Int](repeating: 0, count: 19)
    for index in Self.order.prefix(lengthCount) {
      short[index] = try input.bits(3)
    }
    let lengthCode = try Huffman(short, mayBeSingle: false)
    var lengths: [Int] = []
    while lengths.count < symbolCount + distanceCount {
      let symbol = try input.next(lengthCode)
      switch symbol {
      case 16:
        guard let last = lengths.last else {
          throw TutorialError.damaged(
            "repeat a code length that was never there")
        }
        lengths += try Array(repeating: last, count: 3 + input.bits(2))
      case 17: lengths += try Array(repeating: 0, count: 3 + input.bits(3))
      case 18: lengths += try Array(repeating: 0, count: 11 + input.bits(7))
      default: lengths.append(symbol)
      }
    }
    guard lengths.count == symbolCount + distanceCount, lengths[256] > 0 else {
      throw TutorialError.damaged("have a block that cannot end")
    }
    return try (
      Huffman(Array(lengths[..<symbolCount]), mayBeSingle: true),
      Huffman(Array(lengths[symbolCount...]), mayBeSingle: true)
    )
  }

  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
}
