import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct OptimizerMutantTests {
  /// Changes of a step of Adam or AdamW, and of what it hands on.
  private let adamChanges: [Change<(parameters: [Float], state: AdamState)>] =
    changes(of: \.parameters, Change.numbers)
    + changes(of: \.state.step, Change.wholeNumber)
    + changes(of: \.state.means, Change.numbers)
    + changes(of: \.state.squares, Change.numbers)

  @Test func `5a: changed results are refused`() {
    expectMutantsRefused(
      of: momentumStep,
      spoiledBy: changes(of: \.parameters, Change.numbers)
        + changes(of: \.velocities, Change.numbers)
    ) { mutant in .momentumStep { mutant($0, $1, $2, $3, $4) } }
  }

  @Test func `5a: every rule is asked for`() {
    @Sendable func step(
      _ parameters: [Float], _ velocities: [Float], _ rate: Float
    ) -> (parameters: [Float], velocities: [Float]) {
      (zip(parameters, velocities).map { $0 - rate * $1 }, velocities)
    }
    expectRefused([
      "momentum keeps that share": .momentumStep { p, g, v, rate, m in
        step(p, zip(v, g).map { (1 - m) * $0 + $1 }, rate)
      },
      "momentum is not the gradient's": .momentumStep { p, g, v, rate, m in
        step(p, zip(v, g).map { (1 - m) * $0 + m * $1 }, rate)
      },
      "the rate is not in the velocity": .momentumStep { p, g, v, rate, m in
        step(p, zip(v, g).map { m * $0 + rate * $1 }, 1)
      },
      "the step is the velocity alone": .momentumStep { p, g, v, rate, m in
        let new = zip(v, g).map { m * $0 + $1 }
        let ahead = zip(new, g).map { m * $0 + $1 }
        return (step(p, ahead, rate).parameters, new)
      },
      "a velocity for each parameter": .momentumStep { p, g, v, rate, m in
        step(p, g.map { m * v[0] + $0 }, rate)
      },
      "the velocity may exceed 1": .momentumStep { p, g, v, rate, m in
        step(p, zip(v, g).map { min(1, max(-1, m * $0 + $1)) }, rate)
      },
      "negative gradients count": .momentumStep { p, g, v, rate, m in
        step(p, zip(v, g).map { m * $0 + abs($1) }, rate)
      },
    ])
  }

  @Test func `5b: changed results are refused`() {
    expectMutantsRefused(
      of: adamStep,
      spoiledBy: adamChanges
    ) { mutant in .adamStep { mutant($0, $1, $2, $3) } }
  }

  @Test func `5b: every rule is asked for`() {
    @Sendable func adam(
      beta1: Float = 0.9, beta2: Float = 0.999,
      divisor: @escaping @Sendable (Float) -> Float = {
        $0.squareRoot() + 1e-8
      }, returnsCorrected: Bool = false
    ) -> Exercise<Adam.Rule> {
      .adamStep { p, g, state, rate in
        var (p, state) = (p, state)
        state.step += 1
        let (first, second) = (
          1 - pow(beta1, Float(state.step)), 1 - pow(beta2, Float(state.step))
        )
        for i in p.indices {
          state.means[i] = beta1 * state.means[i] + (1 - beta1) * g[i]
          state.squares[i] =
            beta2 * state.squares[i] + (1 - beta2) * g[i] * g[i]
          p[i] -=
            rate * state.means[i] / first
            / divisor(state.squares[i] / second)
          if returnsCorrected {
            state.means[i] /= first
            state.squares[i] /= second
          }
        }
        return (p, state)
      }
    }
    #expect(graded(adam()) == "solved")
    expectRefused([
      "β₁ = 0.9": adam(beta1: 0.8),
      "β₂ = 0.999": adam(beta2: 0.99),
      "1e-8": adam { $0.squareRoot() + 1e-6 },
      "1e-8 outside the root": adam { ($0 + 1e-8).squareRoot() },
      "1e-8 is added": adam { max($0.squareRoot(), 1e-8) + 1e-6 },
      "the state before the division": adam(returnsCorrected: true),
      "the root is a square root": adam { pow($0, 1 / 3) + 1e-8 },
    ])
  }

  @Test func `5c: changed results are refused`() {
    expectMutantsRefused(
      of: adamWStep,
      spoiledBy: adamChanges
    ) { mutant in .adamWStep { mutant($0, $1, $2, $3, $4) } }
  }

  @Test func `5c: every rule is asked for`() {
    @Sendable func decayed(
      _ shrink: @escaping @Sendable (Float, Float, AdamState) -> Float
    ) -> Exercise<AdamW.Rule> {
      .adamWStep { p, g, state, rate, decay in
        adamStep(
          parameters: p.map { shrink($0, rate * decay, state) }, gradients: g,
          state: state, learningRate: rate)
      }
    }
    expectRefused([
      "the pull is a share of the parameter": decayed { p, share, _ in
        p - share * (p < 0 ? -1 : 1)
      },
      "negative parameters are pulled": decayed { p, share, _ in
        p < 0 ? p : p * (1 - share)
      },
      "positive parameters are pulled": decayed { p, share, _ in
        p > 0 ? p : p * (1 - share)
      },
      "in every step": decayed { p, share, state in
        state.step > 0 ? p : p * (1 - share)
      },
      "once": decayed { p, share, _ in p * (1 - share) * (1 - share) },
      "small parameters are pulled": decayed { p, share, _ in
        abs(p) < 0.1 ? p : p * (1 - share)
      },
      "the step has no bias": .adamWStep { p, g, state, rate, decay in
        FlawedAdam(correctsMean: false, correctsSquare: false).step(
          p.map { $0 * (1 - rate * decay) }, g, state, rate)
      },
    ])
  }
}
