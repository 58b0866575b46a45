import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct BackwardMutantTests {
  @Test func `W3a: changed results are refused`() {
    expectMutantsRefused(
      of: crossEntropyGradient, spoiledBy: Change.numbers
    ) { mutant in .crossEntropyGradient { mutant($0, $1) } }
  }

  @Test func `W3a: every rule is asked for`() {
    @Sendable func gradient(
      of change: @escaping @Sendable ([Float]) -> [Float]
    ) -> Exercise<CrossEntropyGradient> {
      .crossEntropyGradient {
        crossEntropyGradient(logits: change($0), label: $1)
      }
    }
    @Sendable func shifted(
      by shift: @escaping @Sendable ([Float]) -> Float
    ) -> Exercise<CrossEntropyGradient> {
      .crossEntropyGradient { logits, label in
        let powers = logits.map { exp($0 - shift(logits)) }
        let sum = powers.reduce(0, +)
        return powers.indices.map { powers[$0] / sum - ($0 == label ? 1 : 0) }
      }
    }
    #expect(graded(shifted { $0.reduce(-.infinity, max) }) == "solved")
    expectRefused([
      "the largest is subtracted, not the first": shifted { $0[0] },
      "the largest is subtracted, not the last": shifted { $0[$0.count - 1] },
      "the largest is subtracted, not the mean": shifted {
        $0.reduce(0, +) / Float($0.count)
      },
      "the largest may be below 0": shifted { $0.reduce(0, max) },
      "large logits are not cut off": gradient { logits in
        logits.map { min(max($0, -80), 80) }
      },
      "negative logits count": gradient { logits in logits.map { max($0, 0) } },
      "the size of a logit counts": gradient { logits in
        logits.map { $0 > 0 ? 1 : 0 }
      },
      "any number of classes": .crossEntropyGradient { logits, label in
        let first = Array(logits.prefix(5))
        let known = crossEntropyGradient(
          logits: first, label: min(label, first.count - 1))
        return known + logits.dropFirst(5).map { _ in Float(0) }
      },
      "the label that is given": .crossEntropyGradient { logits, _ in
        let answer = logits.indices.max { logits[$0] < logits[$1] } ?? 0
        return crossEntropyGradient(logits: logits, label: answer)
      },
      "once": .crossEntropyGradient { logits, label in
        crossEntropyGradient(
          logits: crossEntropyGradient(logits: logits, label: label),
          label: label)
      },
    ])
  }

  @Test func `W3b: changed results are refused`() {
    expectMutantsRefused(
      of: rectifierGradient, spoiledBy: Change.tensor
    ) { mutant in .rectifierGradient { mutant($0, $1) } }
  }

  @Test func `W3b: every rule is asked for`() {
    @Sendable func passing(
      _ rule: @escaping @Sendable (Float, Float) -> Float
    ) -> Exercise<RectifierGradient> {
      .rectifierGradient { $0.combined(with: $1, rule) }
    }
    #expect(graded(passing { $1 > 0 ? $0 : 0 }) == "solved")
    expectRefused([
      "small inputs count": passing { $1 > 1e-6 ? $0 : 0 },
      "large inputs count": passing { $1 > 0 && $1 < 6 ? $0 : 0 },
      "nothing leaks": passing { $1 > 0 ? $0 : 0.01 * $0 },
      "positive slopes pass": passing { $1 > 0 ? min($0, 0) : 0 },
      "small slopes pass": passing { $1 > 0 && abs($0) > 0.2 ? $0 : 0 },
      "large slopes pass": passing { $1 > 0 ? min(max($0, -1), 1) : 0 },
      "the slope keeps its sign": passing { $1 > 0 ? abs($0) : 0 },
      "every row has its own inputs": .rectifierGradient { gradient, input in
        let first = input.rows(0..<1)
        return rectifierGradient(
          gradient,
          input: Tensor(
            concatenating: (0..<input.shape[0]).map { _ in first }))
      },
      "the first row counts": .rectifierGradient { gradient, input in
        let rows = 1..<input.shape[0]
        return Tensor(concatenating: [
          gradient.rows(0..<1),
          rectifierGradient(gradient.rows(rows), input: input.rows(rows)),
        ])
      },
    ])
  }
}
