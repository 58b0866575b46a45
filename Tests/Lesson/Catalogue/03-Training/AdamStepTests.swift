import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct AdamStepTests {
  /// Adam as a learner might write it, with places to go wrong.
  private func adam(
    _ parameters: [Float], _ gradients: [Float], _ state: inout AdamState,
    _ rate: Float, time: Int? = nil, corrected: Bool = true,
    newShare: Float = 0.1,
    correctsBoth: (mean: Bool, square: Bool) = (true, true),
    divisor: (Float, Float) -> Float = { _, square in square.squareRoot() }
  ) -> [Float] {
    let time = time ?? state.step
    return parameters.indices.map { i in
      let g = gradients[i]
      state.means[i] = (1 - newShare) * state.means[i] + newShare * g
      state.squares[i] = 0.999 * state.squares[i] + 0.001 * g * g
      let first =
        corrected && correctsBoth.mean ? 1 - pow(0.9, Float(time)) : 1
      let second =
        corrected && correctsBoth.square ? 1 - pow(0.999, Float(time)) : 1
      let (mean, square) = (state.means[i] / first, state.squares[i] / second)
      return parameters[i] - rate * mean / (divisor(mean, square) + 1e-8)
    }
  }

  @Test func `each mistake in Adam is named`() throws {
    expectDiagnoses([
      "no bias correction": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (adam(p, g, &state, rate, corrected: false), state)
      },
      "only the mean corrected": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (adam(p, g, &state, rate, correctsBoth: (true, false)), state)
      },
      "only the squares corrected": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (adam(p, g, &state, rate, correctsBoth: (false, true)), state)
      },
      "βs swapped": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        let t = Float(state.step)
        return (
          p.indices.map { i in
            state.means[i] = 0.999 * state.means[i] + 0.001 * g[i]
            state.squares[i] = 0.9 * state.squares[i] + 0.1 * g[i] * g[i]
            return p[i] - rate * (state.means[i] / (1 - pow(0.999, t)))
              / ((state.squares[i] / (1 - pow(0.9, t))).squareRoot() + 1e-8)
          }, state
        )
      },
      "off-by-one step": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (adam(p, g, &state, rate, time: state.step + 1), state)
      },
      "step never counted": .adamStep { p, g, state, rate in
        var state = state
        return (adam(p, g, &state, rate, time: state.step + 1), state)
      },
      "not a number": .adamStep { p, g, state, rate in
        var state = state
        let moved = adam(p, g, &state, rate, time: state.step)
        state.step += 1
        return (moved, state)
      },
      "square of the mean": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (
          adam(p, g, &state, rate) { mean, _ in (mean * mean).squareRoot() },
          state
        )
      },
      "root forgotten": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (adam(p, g, &state, rate) { _, square in square }, state)
      },
      "β on the wrong side": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (adam(p, g, &state, rate, newShare: 0.9), state)
      },
      "1e-8 forgotten": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (
          adam(p, g, &state, rate) { _, square in square.squareRoot() - 1e-8 },
          state
        )
      },
      "another state handed on": .adamStep { p, g, state, rate in
        // Counts every step as two and remembers it.
        var state = state
        state.step += 2
        return (adam(p, g, &state, rate, time: state.step / 2), state)
      },
      "uphill": .adamStep { p, g, state, rate in
        var state = state
        state.step += 1
        return (adam(p, g, &state, -rate), state)
      },
    ])
  }
}
