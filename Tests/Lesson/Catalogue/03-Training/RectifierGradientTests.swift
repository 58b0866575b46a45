import Testing

@testable import Lesson
@testable import Shared

@Suite struct RectifierGradientTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.rectifierGradient(rectifierGradient)) == "solved")
    #expect(
      graded(
        .rectifierGradient { outputGradient, input in
          var gradient = outputGradient
          for i in 0..<input.count where input.scalars[i] <= 0 {
            gradient.scalars[i] = 0
          }
          return gradient
        }) == "solved")
    #expect(
      graded(
        .rectifierGradient { outputGradient, input in
          // Times the ReLU's own slope.
          let slopes = input.map { $0 > 0 ? 1 : 0 }
          return outputGradient.combined(with: slopes) { $0 * $1 }
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.rectifierGradient { _, input in input }) == "refused")
    #expect(
      graded(.rectifierGradient { gradient, _ in gradient.map { _ in 0 } })
        == "refused")
    #expect(graded(.rectifierGradient { _, _ in Tensor([0]) }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    expectDiagnoses([
      "the gradient rectified": .rectifierGradient { gradient, _ in
        ReLU()(gradient)
      },
      "everything passes": .rectifierGradient { gradient, input in
        gradient.combined(with: input) { slope, _ in slope }
      },
      "passes at 0": .rectifierGradient { gradient, input in
        gradient.combined(with: input) { $1 < 0 ? 0 : $0 }
      },
      "the wrong way round": .rectifierGradient { gradient, input in
        gradient.combined(with: input) { $1 <= 0 ? $0 : 0 }
      },
      "the slope of the ReLU alone": .rectifierGradient { _, input in
        input.map { $0 > 0 ? 1 : 0 }
      },
      "multiplied by the input": .rectifierGradient { gradient, input in
        gradient.combined(with: input) { $0 * $1 }
      },
      "multiplied by the output": .rectifierGradient { gradient, input in
        gradient.combined(with: ReLU()(input)) { $0 * $1 }
      },
      "only positive slopes pass": .rectifierGradient { gradient, input in
        gradient.combined(with: input) { $0 > 0 && $1 > 0 ? $0 : 0 }
      },
      "forward instead of backward": .rectifierGradient { _, input in
        ReLU()(input)
      },
    ])
  }
}
