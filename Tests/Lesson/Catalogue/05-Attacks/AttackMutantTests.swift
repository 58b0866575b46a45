import Testing

@testable import Lesson
@testable import Shared

@Suite struct AttackMutantTests {
  @Test func `6a: changed results are refused`() {
    expectMutantsRefused(of: projectedPixel, spoiledBy: Change.number) {
      mutant in .projectedPixel { mutant($0, $1, $2) }
    }
  }

  @Test func `6a: every rule is asked for`() {
    @Sendable func clamped(
      _ lowest: @escaping @Sendable (Float, Float) -> Float,
      _ highest: @escaping @Sendable (Float, Float) -> Float
    ) -> Exercise<PixelProjection> {
      .projectedPixel { candidate, pixel, epsilon in
        min(max(candidate, lowest(pixel, epsilon)), highest(pixel, epsilon))
      }
    }
    expectRefused([
      "not below pixel − ε": clamped({ _, _ in 0 }, { min($0 + $1, 1) }),
      "not above pixel + ε": clamped({ max($0 - $1, 0) }, { _, _ in 1 }),
      "not below 0": clamped({ $0 - $1 }, { min($0 + $1, 1) }),
      "not above 1": clamped({ max($0 - $1, 0) }, { $0 + $1 }),
      "the nearest value, not the pixel": .projectedPixel {
        candidate, pixel, epsilon in
        let allowed = projectedPixel(candidate, around: pixel, epsilon: epsilon)
        return allowed == candidate ? candidate : pixel
      },
      "the nearest value, not an end": .projectedPixel {
        candidate, pixel, epsilon in
        candidate < pixel ? max(pixel - epsilon, 0) : min(pixel + epsilon, 1)
      },
      "ε on both sides": .projectedPixel { candidate, pixel, epsilon in
        projectedPixel(candidate, around: pixel, epsilon: epsilon / 2)
      },
    ])
  }

  @Test func `6b: changed results are refused`() {
    expectMutantsRefused(of: ascend, spoiledBy: Change.tensor) { mutant in
      .ascend { mutant($0, $1, $2, $3, $4, $5, $6) }
    }
  }

  @Test func `6b: every rule of the walk is asked for`() {
    expectRefused([
      "labels for each image": walk { input in
        input.labels = input.labels.map { _ in input.labels[0] }
      },
      "the labels that are given": walk { input in
        input.labels = input.labels.reversed()
      },
      "true labels, not answers": walk { input in
        input.labels = predictions(input.model.logits(of: input.images))
      },
      "the whole step": walk { input in
        input.stepSize = .pixels(input.stepSize.pixels / 2)
      },
      "the step does not shrink with the steps": walk { input in
        input.stepSize = .pixels(
          input.epsilon.pixels / Float(max(input.steps, 1)))
      },
      "from start, whatever it is": walk { input in
        input.start = input.start.map { ($0 * 10).rounded() / 10 }
      },
      "more than one step": walk { $0.steps = min($0.steps, 1) },
      "more than two steps": walk { $0.steps = min($0.steps, 2) },
    ])
  }

  @Test func `6b: every rule of a step is asked for`() {
    let first = Exercise<PGD.Ascent>.ascend {
      start, images, labels, model, epsilon, stepSize, steps in
      let end = ascend(
        from: start, images: images, labels: labels, model: model,
        epsilon: epsilon, stepSize: stepSize, steps: steps)
      return Tensor(concatenating: [
        end.rows(0..<1), start.rows(1..<start.shape[0]),
      ])
    }
    let ratio = Exercise<PGD.Ascent>.ascend {
      start, images, labels, model, epsilon, stepSize, steps in
      var current = start
      for _ in 0..<steps {
        let gradient = model.inputGradient(of: current, labels: labels)
        for i in 0..<current.count {
          let g = gradient.scalars[i]
          current.scalars[i] = projectedPixel(
            current.scalars[i] + stepSize.pixels * g / abs(g),
            around: images.scalars[i], epsilon: epsilon.pixels)
        }
      }
      return current
    }
    expectRefused([
      "every image walks": first,
      "a gradient of 0 has no direction": ratio,
      "a gradient of 0 moves nothing up": flawed {
        $0.direction = { $0 < 0 ? -1 : 1 }
      },
      "a gradient of 0 moves nothing down": flawed {
        $0.direction = { $0 > 0 ? 1 : -1 }
      },
      "small gradients count": flawed {
        $0.direction = { abs($0) < 1e-3 ? 0 : sign($0) }
      },
      "upward moves": flawed { $0.direction = { max(0, sign($0)) } },
      "downward moves": flawed { $0.direction = { min(0, sign($0)) } },
      "not below pixel − ε": flawed {
        $0.back = { moved, _, pixel, epsilon in
          min(max(moved, 0), min(pixel + epsilon, 1))
        }
      },
      "not above pixel + ε": flawed {
        $0.back = { moved, _, pixel, epsilon in
          min(max(moved, max(pixel - epsilon, 0)), 1)
        }
      },
      "not below 0": flawed {
        $0.back = { moved, _, pixel, epsilon in
          min(max(moved, pixel - epsilon), min(pixel + epsilon, 1))
        }
      },
      "not above 1": flawed {
        $0.back = { moved, _, pixel, epsilon in
          min(max(moved, max(pixel - epsilon, 0)), pixel + epsilon)
        }
      },
      "back to the nearest, not to the pixel": flawed {
        $0.back = { moved, _, pixel, epsilon in
          abs(moved - pixel) > epsilon ? pixel : min(max(moved, 0), 1)
        }
      },
      "back to the nearest, not to the last": flawed {
        $0.back = { moved, last, pixel, epsilon in
          projected(moved, around: pixel, epsilon) == moved ? moved : last
        }
      },
    ])
  }
}

/// The right walk to a question in which one thing is changed.
private func walk(
  after change: @escaping @Sendable (inout AscendInput) -> Void
) -> Exercise<PGD.Ascent> {
  .ascend { start, images, labels, model, epsilon, stepSize, steps in
    FlawedAscent()(
      AscendInput(
        start: start, images: images, labels: labels, model: model,
        epsilon: epsilon, stepSize: stepSize, steps: steps), after: change)
  }
}

/// A walk whose steps are wrong in one way.
private func flawed(_ change: (inout FlawedAscent) -> Void)
  -> Exercise<PGD.Ascent>
{
  var flawed = FlawedAscent()
  change(&flawed)
  return .ascend { [flawed] in
    flawed(
      AscendInput(
        start: $0, images: $1, labels: $2, model: $3, epsilon: $4,
        stepSize: $5, steps: $6))
  }
}
