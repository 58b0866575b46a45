import Foundation

@testable import Lesson
@testable import Shared

/// A way to spoil a right answer.
struct Change<Answer: Sendable>: Sendable {
  var name: String
  var apply: @Sendable (Answer) -> Answer

  init(_ name: String, _ apply: @escaping @Sendable (Answer) -> Answer) {
    (self.name, self.apply) = (name, apply)
  }
}

/// The same changes of one part of an answer.
func changes<Whole, Part>(
  of path: WritableKeyPath<Whole, Part> & Sendable, _ part: [Change<Part>]
) -> [Change<Whole>] {
  part.map { change in
    Change("\(path) \(change.name)") { whole in
      var whole = whole
      whole[keyPath: path] = change.apply(whole[keyPath: path])
      return whole
    }
  }
}

extension Change where Answer: BinaryFloatingPoint {
  static var number: [Change] {
    [
      Change("negated") { -$0 },
      Change("a hundredth too large") { $0 * 1.01 },
      Change("a hundredth higher") { $0 + 0.01 },
      Change("zero") { _ in 0 },
      Change("not a number") { _ in .nan },
      Change("infinite") { _ in .infinity },
    ]
  }
}

extension Change where Answer == Int {
  static var wholeNumber: [Change] {
    [
      Change("one more") { $0 + 1 },
      Change("one less") { $0 - 1 },
      Change("doubled") { 2 * $0 },
    ]
  }
}

extension Change where Answer == [Float] {
  /// Changes that leave the length as it is.
  static var numbers: [Change] {
    Change<Float>.number.flatMap { change in
      [
        Change("all \(change.name)") { $0.map(change.apply) },
        Change("first \(change.name)") {
          $0.prefix(1).map(change.apply) + $0.dropFirst()
        },
        Change("last \(change.name)") {
          $0.dropLast() + $0.suffix(1).map(change.apply)
        },
      ]
    } + [
      Change("reversed") { $0.reversed() },
      Change("shifted by one") { Array($0.dropFirst() + $0.prefix(1)) },
      Change("first repeated") { Array(repeating: $0[0], count: $0.count) },
    ]
  }
}

extension Change where Answer == Tensor {
  static var tensor: [Change] {
    changes(of: \.scalars, Change<[Float]>.numbers) + [
      Change("flattened") {
        Tensor(shape: [1, $0.count], scalars: $0.scalars)
      },
      Change("without its last row") { $0.rows(0..<$0.shape[0] - 1) },
      Change("its first row repeated") { tensor in
        Tensor(
          concatenating: (0..<tensor.shape[0]).map { _ in tensor.rows(0..<1) })
      },
    ]
  }
}

extension Change {
  /// Changes of what a list holds, and of how much.
  static func list<Element>(of change: Change<Element>) -> [Change]
  where Answer == [Element] {
    [
      Change("empty") { _ in [] },
      Change("without its first") { Array($0.dropFirst()) },
      Change("without its last") { $0.dropLast() },
      Change("with its last twice") { $0 + $0.suffix(1) },
      Change("reversed") { $0.reversed() },
      Change("first \(change.name)") {
        $0.prefix(1).map(change.apply) + $0.dropFirst()
      },
      Change("last \(change.name)") {
        $0.dropLast() + $0.suffix(1).map(change.apply)
      },
    ]
  }
}

extension Change where Answer == Data {
  static var bytes: [Change] {
    [
      Change("empty") { _ in Data() },
      Change("without its last byte") { $0.dropLast() },
      Change("with a byte more") { $0 + [0] },
      Change("first byte changed") { Data([$0[0] ^ 1]) + $0.dropFirst() },
      Change("last byte changed") { bytes in
        bytes.dropLast() + bytes.suffix(1).map { $0 ^ 1 }
      },
    ]
  }
}
