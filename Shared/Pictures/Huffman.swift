/// A canonical Huffman code: how many codes have each length, and the symbols
/// in the order of their codes.
struct Huffman {
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

extension Huffman {
  static let fixedSymbols = Huffman(
    unchecked: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = Huffman(
    unchecked: Array(repeating: 5, count: 32))
}

extension BitReader {
  /// The symbol whose code comes next.
  mutating func next(_ code: Huffman) throws -> Int {
    var (value, first, index) = (0, 0, 0)
    for length in 1...15 {
      value |= try bits(1)
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw TutorialError.damaged("have a code of no meaning")
  }
}
