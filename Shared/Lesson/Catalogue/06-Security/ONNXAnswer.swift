import Foundation
import Shared

/// What a reader made of a learner's bytes: a value, or a sentence.
enum ONNXAnswer<Value: Equatable & Sendable>: Sendable, Equatable {
  case read(Value)
  case refused(String)

  init(_ bytes: Data, by read: (Data) throws -> Value) {
    do {
      self = .read(try read(bytes))
    } catch {
      self = .refused("\(error)")
    }
  }

  /// Compares what was read, and says what the reader said otherwise.
  static func difference(
    _ expected: ONNXAnswer, _ actual: ONNXAnswer,
    _ between: (Value, Value) -> Difference?
  ) -> Difference? {
    switch (expected, actual) {
    case (.read(let right), .read(let wrong)): between(right, wrong)
    case (.refused(let right), .refused(let wrong)) where right == wrong: nil
    case (_, .refused(let sentence)):
      Difference(
        place: "what a reader says", expected: "nothing", actual: sentence)
    case (.refused(let sentence), _):
      Difference(
        place: "what a reader says", expected: sentence, actual: "nothing")
    }
  }
}
