@testable import Shared

/// Changes files in the ways in which they go wrong, or are made to.
struct Mutator {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func below(_ count: Int) -> Int {
    Int(generator.next() % UInt64(count))
  }

  mutating func pick<Element>(_ list: [Element]) -> Element {
    list[below(list.count)]
  }

  /// One to four changes to the parts of one of the seeds.
  mutating func mutant(of seeds: [[[UInt8]]], words: [[UInt8]]) -> [[UInt8]] {
    var parts = pick(seeds)
    for _ in 0...below(4) {
      parts = changed(parts, other: pick(seeds), words: words)
    }
    return parts
  }

  /// Changes one of the parts, or which parts there are.
  mutating func changed(
    _ parts: [[UInt8]], other: [[UInt8]], words: [[UInt8]]
  ) -> [[UInt8]] {
    guard !parts.isEmpty else { return other }
    var parts = parts
    let place = below(parts.count)
    switch below(4) {
    case 0: return rearranged(parts, other: other)
    case 1 where !words.isEmpty:
      parts.replaceSubrange(place..<place + below(2), with: [pick(words)])
    default: parts[place] = changed(parts[place], other: pick(other))
    }
    return parts
  }

  /// Changes a few bytes that lie together.
  mutating func changed(_ bytes: [UInt8], other: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return other }
    var bytes = bytes
    let place = below(bytes.count)
    switch below(6) {
    case 0: bytes[place] ^= 1 << UInt8(below(8))
    case 1: bytes[place] = pick([0, 1, 0x7F, 0x80, 0xFF])
    case 2, 3: overwriteNumber(&bytes, at: place)
    default: return rearranged(bytes, other: other)
    }
    return bytes
  }

  /// Puts a number at the edge of its range, or next to what it was.
  private mutating func overwriteNumber(_ bytes: inout [UInt8], at place: Int) {
    let width = min(pick([1, 2, 4, 8]), bytes.count - place)
    let lowestFirst = Array(place..<place + width)
    let places = pick([lowestFirst, lowestFirst.reversed()])
    let old = places.reversed().reduce(UInt64(0)) {
      $0 << 8 | UInt64(bytes[$1])
    }
    let new = pick(Self.edges + [old &+ 1, old &- 1])
    for (index, place) in places.enumerated() {
      bytes[place] = UInt8(truncatingIfNeeded: new >> UInt64(8 * index))
    }
  }

  /// Where counts and lengths overflow or change their sign.
  static let edges: [UInt64] = [
    0, 1, .max, UInt64(Int32.max), UInt64(UInt32.max), UInt64(Int64.max),
    1 << 31, 1 << 62, 1 << 63,
  ]

  /// Cuts off, deletes, doubles, exchanges, or goes on as another list does.
  private mutating func rearranged<Element>(
    _ list: [Element], other: [Element]
  ) -> [Element] {
    var list = list
    let (one, two) = (slice(of: list), slice(of: list))
    switch below(5) {
    case 0: list.removeSubrange(one.lowerBound...)
    case 1: list.removeSubrange(one)
    case 2: list.insert(contentsOf: list[one], at: two.lowerBound)
    case 3:
      for (left, right) in zip(one, two) { list.swapAt(left, right) }
    default:
      return list[..<one.lowerBound] + Array(other[below(other.count + 1)...])
    }
    return list
  }

  /// A place in a list and up to sixteen elements from there.
  private mutating func slice<Element>(of list: [Element]) -> Range<Int> {
    let start = below(list.count)
    return start..<min(list.count, start + 1 + below(16))
  }
}
