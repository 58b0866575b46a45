import Testing

@testable import Lesson
@testable import Shared

@Suite struct FastGradientSignTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.fgsm(fgsm)) == "solved")
    #expect(
      graded(
        .fgsm { image, gradient, epsilon in
          (image + gradient.map { sign($0) } * epsilon).map {
            min(max($0, 0), 1)
          }
        }) == "solved")
    #expect(
      graded(
        .fgsm { image, gradient, epsilon in
          var moved = image
          for i in 0..<image.count where gradient.scalars[i] != 0 {
            // The end of the box on its side.
            let pixel = image.scalars[i]
            moved.scalars[i] =
              gradient.scalars[i] < 0
              ? max(pixel - epsilon, 0) : min(pixel + epsilon, 1)
          }
          return moved
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.fgsm { image, _, _ in image }) == "refused")
    #expect(graded(.fgsm { _, gradient, _ in gradient }) == "refused")
    #expect(
      graded(.fgsm { image, _, _ in image.map { _ in .nan } }) == "refused")
    #expect(graded(.fgsm { _, _, _ in Tensor([0.6]) }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    @Sendable func moved(
      by change: @escaping @Sendable (Float, Float, Float) -> Float,
      into range: @escaping @Sendable (Float) -> ClosedRange<Float> = { _ in
        0...1
      }
    ) -> Exercise<FastGradientSign> {
      .fgsm { image, gradient, epsilon in
        let range = range(epsilon)
        var result = image
        for i in 0..<image.count {
          let pixel = image.scalars[i]
          let candidate = pixel + change(gradient.scalars[i], epsilon, pixel)
          result.scalars[i] = min(
            max(candidate, range.lowerBound), range.upperBound)
        }
        return result
      }
    }
    #expect(graded(moved { g, epsilon, _ in epsilon * sign(g) }) == "solved")
    expectDiagnoses([
      "downhill": moved { g, epsilon, _ in
        g > 0 ? -epsilon : g < 0 ? epsilon : 0
      },
      "the gradient instead of its sign": moved { g, epsilon, _ in
        g * epsilon
      },
      "the gradient cut off at ±ε": moved { g, epsilon, _ in
        min(max(g, -epsilon), epsilon)
      },
      "left 0...1": .fgsm { image, gradient, epsilon in
        image + gradient.map { sign($0) } * epsilon
      },
      "brought back to −1...1": moved(
        by: { g, epsilon, _ in epsilon * sign(g) }, into: { _ in -1...1 }),
      "brought back to ±ε": moved(
        by: { g, epsilon, _ in epsilon * sign(g) },
        into: { epsilon in -epsilon...epsilon }),
      "the change alone": .fgsm { _, gradient, epsilon in
        gradient.map { sign($0) } * epsilon
      },
      "in proportion to the pixel": moved { g, epsilon, pixel in
        epsilon * pixel * sign(g)
      },
      "a slope of 0 counted as positive": moved { g, epsilon, _ in
        g.sign == .minus ? -epsilon : epsilon
      },
      "a slope of 0 counted as negative": moved { g, epsilon, _ in
        g <= 0 ? -epsilon : epsilon
      },
    ])
  }
}
