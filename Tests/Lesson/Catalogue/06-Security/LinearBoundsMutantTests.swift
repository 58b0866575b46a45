import Testing

@testable import Lesson
@testable import Shared

@Suite struct LinearBoundsMutantTests {
  @Test func `14: changed results are refused`() {
    expectMutantsRefused(
      of: linearBounds,
      spoiledBy: changes(of: \.lower, Change.tensor)
        + changes(of: \.upper, Change.tensor)
    ) { mutant in .linearBounds { mutant($0, $1, $2, $3) } }
  }

  @Test func `14: every part of the question counts`() {
    expectRefused([
      "bias": after { $0.bias = $0.bias * 0 },
      "the sign of a bias": after { $0.bias = $0.bias.map { abs($0) } },
      "a bias for each output": after { asked in
        let first = asked.bias.scalars[0]
        asked.bias = asked.bias.map { _ in first }
      },
      "lower ends": after { $0.lower = $0.upper },
      "upper ends": after { $0.upper = $0.lower },
      "negative lower ends": after { asked in
        asked.lower = asked.lower.map { max($0, 0) }
        asked.upper = asked.upper.combined(with: asked.lower) { max($0, $1) }
      },
      "inputs need not be pixels": after { asked in
        asked.lower = asked.lower.map { min(max($0, 0), 1) }
        asked.upper = asked.upper.map { min(max($0, 0), 1) }
      },
      "an interval for each input": after { asked in
        asked.lower = firstInEachRow(of: asked.lower)
        asked.upper = firstInEachRow(of: asked.upper)
      },
      "a radius for each input": after { asked in
        let radius = firstInEachRow(of: asked.halfWidth)
        let center = asked.center
        (asked.lower, asked.upper) = (center - radius, center + radius)
      },
      "a box for each row": after { asked in
        let rows = [Int](repeating: 0, count: asked.lower.shape[0])
        asked.lower = asked.lower.rows(rows)
        asked.upper = asked.upper.rows(rows)
      },
      "weights for each output": after { asked in
        let rows = [Int](repeating: 0, count: asked.weight.shape[0])
        asked.weight = asked.weight.rows(rows)
      },
      "a weight for each input": after { asked in
        asked.weight = firstInEachRow(of: asked.weight)
      },
      "the sign of a weight": after { $0.weight = $0.weight.map { abs($0) } },
      "positive weights": after { asked in
        asked.weight = asked.weight.map { min($0, 0) }
      },
      "negative weights": after { asked in
        asked.weight = asked.weight.map { max($0, 0) }
      },
      "the first input": after { asked in
        asked.weight = inEachRow(of: asked.weight) { [0] + $0.dropFirst() }
      },
      "the last input": after { asked in
        asked.weight = inEachRow(of: asked.weight) { $0.dropLast() + [0] }
      },
    ])
  }

  @Test func `14: every rule is asked for`() {
    expectRefused([
      "negative weights change the ends of the least": .bounds { asked in
        let layer = asked.layer
        return (layer(asked.lower), asked.solved.upper)
      },
      "negative weights change the ends of the largest": .bounds { asked in
        let layer = asked.layer
        return (asked.solved.lower, layer(asked.upper))
      },
      "inputs move independently": .bounds { asked in
        // The better of the two corners where all are at the same end.
        let layer = asked.layer
        let (one, other) = (layer(asked.lower), layer(asked.upper))
        return (
          one.combined(with: other) { min($0, $1) },
          one.combined(with: other) { max($0, $1) }
        )
      },
      "all inputs move": .bounds { asked in
        asked.around(asked.halfWidth) { max($0, $1) }
      },
      "magnitudes of weights": .bounds { asked in
        // Parts with different signs cancel out in this radius.
        var signed = asked.layer
        signed.bias = Tensor(shape: signed.bias.shape)
        let radius = signed(asked.halfWidth).map { abs($0) }
        let (layer, center) = (asked.layer, asked.center)
        return (layer(center) - radius, layer(center) + radius)
      },
      "no margin": .bounds { asked in
        let (least, largest) = asked.solved
        return (least.map { $0 - 0.001 }, largest.map { $0 + 0.001 })
      },
      "the least first": .bounds { asked in
        let (least, largest) = asked.solved
        return (largest, least)
      },
      "outputs of any sign": .bounds { asked in
        let (least, largest) = asked.solved
        return (least.map { max($0, 0) }, largest)
      },
    ])
  }
}

/// The right answer to a question in which one thing is changed.
private func after(
  _ change: @escaping @Sendable (inout LinearBoundsInput) -> Void
) -> Exercise<IntervalPropagation> {
  .bounds { asked in
    var asked = asked
    change(&asked)
    return asked.solved
  }
}

private func inEachRow(
  of tensor: Tensor, _ change: ([Float]) -> [Float]
) -> Tensor {
  Tensor(
    rows: tensor.allRows.map(change), of: Array(tensor.shape.dropFirst()))
}

/// The first number of each row in the place of all.
private func firstInEachRow(of tensor: Tensor) -> Tensor {
  inEachRow(of: tensor) { row in row.map { _ in row[0] } }
}
