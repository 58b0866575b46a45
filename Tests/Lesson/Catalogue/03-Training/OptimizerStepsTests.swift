import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct OptimizerStepsTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.momentumStep(momentumStep)) == "solved")
    #expect(graded(.adamStep(adamStep)) == "solved")
    #expect(graded(.adamWStep(adamWStep)) == "solved")
    #expect(
      graded(
        .momentumStep { parameters, gradients, velocities, rate, momentum in
          let new = zip(velocities, gradients).map { $0 * momentum + $1 }
          return (zip(parameters, new).map { $0 - $1 * rate }, new)
        }) == "solved")
    // PyTorch's order: the corrections go into the step size and the root.
    #expect(
      graded(
        .adamWStep { parameters, gradients, state, rate, decay in
          var (parameters, state) = (parameters, state)
          state.step += 1
          let size = rate / (1 - pow(0.9, Float(state.step)))
          let root = (1 - pow(0.999, Float(state.step))).squareRoot()
          for i in parameters.indices {
            parameters[i] *= 1 - rate * decay
            state.means[i] += 0.1 * (gradients[i] - state.means[i])
            state.squares[i] +=
              0.001 * (gradients[i] * gradients[i] - state.squares[i])
            parameters[i] -=
              size * state.means[i]
              / (state.squares[i].squareRoot() / root + 1e-8)
          }
          return (parameters, state)
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(
      graded(.momentumStep { p, _, v, _, _ in (p, v) }) == "refused")
    #expect(
      graded(.adamStep { p, _, state, _ in (p, state) }) == "refused")
    #expect(
      graded(.adamStep { _, _, state, _ in ([], state) }) == "refused")
    #expect(
      graded(.adamWStep { p, _, state, _, _ in (p, state) })
        == "refused")
  }

  @Test func `each mistake with momentum is named`() throws {
    @Sendable func step(
      _ parameters: [Float], _ velocities: [Float], _ rate: Float
    ) -> (parameters: [Float], velocities: [Float]) {
      (
        parameters.indices.map { parameters[$0] - rate * velocities[$0] },
        velocities
      )
    }
    expectDiagnoses([
      "uphill": .momentumStep { p, g, v, rate, momentum in
        step(p, p.indices.map { momentum * v[$0] + g[$0] }, -rate)
      },
      "no momentum": .momentumStep { p, g, v, rate, momentum in
        (
          step(p, p.indices.map { momentum * v[$0] + g[$0] }, rate).parameters,
          v
        )
      },
      "another state handed on": .momentumStep { p, g, v, rate, momentum in
        // Twice the velocity, halved before it is used.
        let new = p.indices.map { momentum * v[$0] / 2 + g[$0] }
        return (step(p, new, rate).parameters, new.map { 2 * $0 })
      },
      "gradient damped as well": .momentumStep { p, g, v, rate, momentum in
        step(
          p, p.indices.map { momentum * v[$0] + (1 - momentum) * g[$0] }, rate)
      },
      "momentum on the gradient": .momentumStep { p, g, v, rate, momentum in
        step(p, p.indices.map { v[$0] + momentum * g[$0] }, rate)
      },
      "velocity never slowed down": .momentumStep { p, g, v, rate, _ in
        step(p, p.indices.map { v[$0] + g[$0] }, rate)
      },
      "stepped with the old velocity": .momentumStep {
        p, g, v, rate, momentum in
        let moved = step(p, v, rate).parameters
        return (moved, p.indices.map { momentum * v[$0] + g[$0] })
      },
    ])
  }

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
      "t counted from 0": .adamStep { p, g, state, rate in
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

  @Test func `each mistake with decay is named`() throws {
    @Sendable func shrunk(_ p: [Float], _ factor: Float) -> [Float] {
      p.map { $0 * factor }
    }
    expectDiagnoses([
      "L2 decay instead of decoupled": .adamWStep { p, g, state, rate, decay in
        adamStep(
          parameters: p, gradients: zip(g, p).map { $0 + decay * $1 },
          state: state, learningRate: rate)
      },
      "another state handed on": .adamWStep { p, g, state, rate, decay in
        var half = state
        half.step /= 2
        var result = adamWStep(
          parameters: p, gradients: g, state: half, learningRate: rate,
          weightDecay: decay)
        result.state.step *= 2
        return result
      },
      "no decay": .adamWStep { p, g, state, rate, _ in
        adamStep(
          parameters: p, gradients: g, state: state, learningRate: rate)
      },
      "decay without the learning rate": .adamWStep {
        p, g, state, rate, decay in
        adamStep(
          parameters: shrunk(p, 1 - decay), gradients: g, state: state,
          learningRate: rate)
      },
      "parameters grow": .adamWStep { p, g, state, rate, decay in
        adamStep(
          parameters: shrunk(p, 1 + rate * decay), gradients: g, state: state,
          learningRate: rate)
      },
      "decay after the step": .adamWStep { p, g, state, rate, decay in
        let result = adamStep(
          parameters: p, gradients: g, state: state, learningRate: rate)
        return (shrunk(result.parameters, 1 - rate * decay), result.state)
      },
    ])
  }
}
