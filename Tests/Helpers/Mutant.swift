import Foundation
import Synchronization

@testable import Shared

/// A right answer, spoiled: its results are changed, or one parameter keeps the
/// value of the first call, as if that were written into the code.
struct Mutant<each Input: Sendable, Answer: Sendable>: Sendable {
  private let right: @Sendable (repeat each Input) -> Answer
  private let frozen: Int?
  private let spoil: @Sendable (Answer) -> Answer
  private let first = First<[any Sendable]>()

  init(
    _ right: @escaping @Sendable (repeat each Input) -> Answer,
    frozen: Int? = nil,
    spoil: @escaping @Sendable (Answer) -> Answer = { $0 }
  ) {
    (self.right, self.frozen, self.spoil) = (right, frozen, spoil)
  }

  func callAsFunction(_ input: repeat each Input) -> Answer {
    var values: [any Sendable] = []
    for value in repeat each input { values.append(value) }
    let first = first(values)
    var position = -1
    func chosen<Value>(_ value: Value) -> Value {
      position += 1
      return position == frozen ? first[position] as? Value ?? value : value
    }
    return spoil(right(repeat chosen(each input)))
  }

  /// The mutants of an answer by name: changed results, the first result for
  /// every question, and each parameter frozen.
  static func all(
    of right: @escaping @Sendable (repeat each Input) -> Answer,
    spoiledBy changes: [Change<Answer>]
  ) -> [(name: String, mutant: Mutant)] {
    let firstAnswer = First<Answer>()
    var mutants = changes.map { ($0.name, Mutant(right, spoil: $0.apply)) }
    mutants.append(("learned by heart", Mutant(right) { firstAnswer($0) }))
    var types: [Any.Type] = []
    for type in repeat (each Input).self { types.append(type) }
    for (index, type) in types.enumerated() where isPlain(type) {
      mutants.append(
        ("parameter \(index), \(type), frozen", Mutant(right, frozen: index)))
    }
    return mutants
  }

  /// Whether any value of a type fits any question: tensors and lists have
  /// sizes.
  private static func isPlain(_ type: Any.Type) -> Bool {
    let plain: [Any.Type] = [
      Float.self, Int.self, Bool.self, UInt8.self, UInt64.self, Epsilon.self,
      String.self, Data.self,
    ]
    return plain.contains { $0 == type }
  }
}

/// Keeps the first value that it is given.
private final class First<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)

  func callAsFunction(_ value: Value) -> Value {
    kept.withLock {
      let first = $0 ?? value
      $0 = first
      return first
    }
  }
}
