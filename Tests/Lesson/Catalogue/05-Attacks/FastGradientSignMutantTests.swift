import Testing

@testable import Lesson
@testable import Shared

@Suite struct FastGradientSignMutantTests {
  @Test func `W5: changed results are refused`() {
    expectMutantsRefused(of: fgsm, spoiledBy: Change.tensor) { mutant in
      .fgsm { mutant($0, $1, $2) }
    }
  }

  @Test func `W5: every rule of the direction is asked for`() {
    @Sendable func going(
      _ direction: @escaping @Sendable (Float) -> Float
    ) -> Exercise<FastGradientSign> {
      .fgsm { image, gradient, epsilon in
        image.combined(with: gradient) { pixel, slope in
          min(max(pixel + epsilon * direction(slope), 0), 1)
        }
      }
    }
    #expect(graded(going { sign($0) }) == "solved")
    expectRefused([
      "a slope of 0 has no direction": going { $0 / abs($0) },
      "small slopes count": going { abs($0) < 1e-6 ? 0 : sign($0) },
      "large slopes count": going { abs($0) > 10 ? 0 : sign($0) },
      "upward moves": going { min(sign($0), 0) },
      "downward moves": going { max(sign($0), 0) },
      "the whole of ε": going { sign($0) / 2 },
      "no more than ε": going { sign($0) * 2 },
    ])
  }

  @Test func `W5: every rule of the move is asked for`() {
    @Sendable func moved(
      _ rule: @escaping @Sendable (_ pixel: Float, _ change: Float) -> Float
    ) -> Exercise<FastGradientSign> {
      .fgsm { image, gradient, epsilon in
        image.combined(with: gradient) { pixel, slope in
          rule(pixel, epsilon * sign(slope))
        }
      }
    }
    #expect(graded(moved { min(max($0 + $1, 0), 1) }) == "solved")
    expectRefused([
      "not below 0": moved { min($0 + $1, 1) },
      "not above 1": moved { max($0 + $1, 0) },
      "to the nearest, not back to the pixel": moved { pixel, change in
        (0...1).contains(pixel + change) ? pixel + change : pixel
      },
      "by ε, not to black or white": moved { pixel, change in
        change > 0 ? 1 : change < 0 ? 0 : pixel
      },
      "black pixels move, too": moved { pixel, change in
        pixel == 0 ? 0 : min(max(pixel + change, 0), 1)
      },
      "every image moves": .fgsm { image, gradient, epsilon in
        let moved = fgsm(image: image, gradient: gradient, epsilon: epsilon)
        return Tensor(concatenating: [
          moved.rows(0..<1), image.rows(1..<image.shape[0]),
        ])
      },
      "every image has its own slopes": .fgsm { image, gradient, epsilon in
        let first = gradient.rows(0..<1)
        return fgsm(
          image: image,
          gradient: Tensor(
            concatenating: (0..<image.shape[0]).map { _ in first }),
          epsilon: epsilon)
      },
    ])
  }
}
