import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct CrossEntropyGradientTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.crossEntropyGradient(crossEntropyGradient)) == "solved")
    #expect(
      graded(
        .crossEntropyGradient { logits, label in
          // By the logarithm of the sum, and in Double.
          let numbers = logits.map { Double($0) }
          let largest = numbers.reduce(-.infinity, max)
          let sum = numbers.reduce(0) { $0 + exp($1 - largest) }
          let whole = largest + log(sum)
          return numbers.indices.map {
            Float(exp(numbers[$0] - whole)) - ($0 == label ? 1 : 0)
          }
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.crossEntropyGradient { _, _ in [] }) == "refused")
    #expect(
      graded(.crossEntropyGradient { logits, _ in logits }) == "refused")
    #expect(
      graded(.crossEntropyGradient { logits, _ in logits.map { _ in 0 } })
        == "refused")
    #expect(
      graded(.crossEntropyGradient { logits, _ in logits.map { _ in .nan } })
        == "refused")
  }

  @Test func `each mistake is named`() throws {
    expectDiagnoses([
      "the right answer forgotten": .crossEntropyGradient { logits, _ in
        probabilities(logits)
      },
      "the other way round": .crossEntropyGradient { logits, label in
        let p = probabilities(logits)
        return p.indices.map { ($0 == label ? 1 : 0) - p[$0] }
      },
      "only the right class": .crossEntropyGradient { logits, label in
        var gradient = logits.map { _ in Float(0) }
        gradient[label] = probabilities(logits)[label] - 1
        return gradient
      },
      "slopes along the probabilities": .crossEntropyGradient {
        logits, label in
        var gradient = logits.map { _ in Float(0) }
        gradient[label] = -1 / probabilities(logits)[label]
        return gradient
      },
      "no softmax": .crossEntropyGradient { logits, label in
        logits.indices.map { logits[$0] - ($0 == label ? 1 : 0) }
      },
      "not divided by the sum": .crossEntropyGradient { logits, label in
        logits.indices.map { exp(logits[$0]) - ($0 == label ? 1 : 0) }
      },
      "powers of 2": .crossEntropyGradient { logits, label in
        // Too large for the last questions, which need not be reached.
        let powers = logits.map { pow(Float(2), $0) }
        let sum = powers.reduce(0, +)
        return powers.indices.map { powers[$0] / sum - ($0 == label ? 1 : 0) }
      },
      "divided by the number of classes": .crossEntropyGradient {
        logits, label in
        crossEntropyGradient(logits: logits, label: label).map {
          $0 / Float(logits.count)
        }
      },
      "overflow": .crossEntropyGradient { logits, label in
        let powers = logits.map { exp($0) }
        let sum = powers.reduce(0, +)
        return powers.indices.map { powers[$0] / sum - ($0 == label ? 1 : 0) }
      },
    ])
  }
}

/// Softmax by the library.
private func probabilities(_ logits: [Float]) -> [Float] {
  softmax(Tensor(shape: [1, logits.count], scalars: logits)).scalars
}
