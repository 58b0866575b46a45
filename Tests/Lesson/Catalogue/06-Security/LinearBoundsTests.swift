import Testing

@testable import Lesson
@testable import Shared

private typealias Answer =
  @Sendable (LinearBoundsInput) -> LinearBoundsInput.Bounds

@Suite struct LinearBoundsTests {
  @Test func `every solution of 14 passes`() {
    let solutions: [Answer] = [
      { $0.solved },
      { asked in
        // Each input's end by the sign of its weight.
        asked.ends { weight, low, high in
          guard weight < 0 else { return (weight * low, weight * high) }
          return (weight * high, weight * low)
        }
      },
      { asked in
        // Both products, the smaller one first.
        asked.ends { weight, low, high in
          let products = [weight * low, weight * high]
          return (products.min() ?? 0, products.max() ?? 0)
        }
      },
      { asked in
        // Positive and negative weights go through layers of their own.
        var (above, below) = (asked.layer, asked.layer)
        above.weight = above.weight.map { max($0, 0) }
        below.weight = below.weight.map { min($0, 0) }
        below.bias = Tensor(shape: below.bias.shape)
        return (
          above(asked.lower) + below(asked.upper),
          above(asked.upper) + below(asked.lower)
        )
      },
      { asked in asked.around(asked.halfWidth) { $0 + $1 } },
    ]
    for solution in solutions {
      #expect(graded(.bounds(solution)) == "solved")
    }
  }

  @Test func `the library's bounds are what the corners of a box reach`() {
    for question in LinearBoundsInput.questions {
      let (asked, exact) = (question.input, question.input.exact)
      let (least, largest) = corners(of: asked)
      expectClose(exact.lower, least, relative: 1e-5, question.description)
      expectClose(exact.upper, largest, relative: 1e-5, question.description)
    }
  }

  @Test func `14: trivial answers are refused`() {
    let trivial: [Answer] = [
      { ($0.lower, $0.upper) }, { $0.empty },
      { _ in (Tensor([]), Tensor([])) },
      { asked in
        // The right numbers without their rows.
        let bounds = asked.solved
        return (Tensor(bounds.lower.scalars), Tensor(bounds.upper.scalars))
      },
      { asked in
        let nothing = asked.empty.lower.map { _ in .nan }
        return (nothing, nothing)
      },
      { asked in
        // Sound, and of no use.
        let zeros = asked.empty.lower
        return (zeros.map { _ in -.infinity }, zeros.map { _ in .infinity })
      },
    ]
    for answer in trivial {
      #expect(graded(.bounds(answer)) != "solved")
    }
  }

  /// The least and the largest output over all corners of each box.
  private func corners(of asked: LinearBoundsInput)
    -> (least: ExactTensor, largest: ExactTensor)
  {
    let (rows, inputs) = (asked.lower.shape[0], asked.lower.shape[1])
    var least = ExactTensor(zeros: [rows, asked.bias.count])
    var largest = least
    for n in 0..<rows {
      for o in 0..<asked.bias.count {
        least[n, o] = .infinity
        largest[n, o] = -.infinity
        for corner in 0..<(1 << inputs) {
          var output = Double(asked.bias.scalars[o])
          for i in 0..<inputs {
            let end = corner >> i & 1 == 0 ? asked.lower : asked.upper
            output += Double(asked.weight[o, i]) * Double(end[n, i])
          }
          least[n, o] = min(least[n, o], output)
          largest[n, o] = max(largest[n, o], output)
        }
      }
    }
    return (least, largest)
  }
}
