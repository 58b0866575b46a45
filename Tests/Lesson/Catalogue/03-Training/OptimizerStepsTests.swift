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
      "momentum reversed": .momentumStep { p, g, v, rate, momentum in
        step(p, p.indices.map { v[$0] - momentum * v[$0] + g[$0] }, rate)
      },
      "momentum as the share of the new": .momentumStep {
        p, g, v, rate, momentum in
        step(p, p.indices.map { v[$0] + momentum * (g[$0] - v[$0]) }, rate)
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
