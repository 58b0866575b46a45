import Shared

/// From boxes in front of a linear layer, its weights and bias to the boxes
/// behind it.
public typealias IntervalPropagation =
  @Sendable (
    _ lower: Tensor, _ upper: Tensor, _ weight: Tensor, _ bias: Tensor
  ) -> (lower: Tensor, upper: Tensor)

extension Exercise where Function == IntervalPropagation {
  /// Exercise 14: the range of each output of a linear layer over a box.
  public static func linearBounds(_ own: Function) -> Self {
    Exercise(
      "14", .intermediate, "Interval bounds of one layer",
      summary: "Return the least and the largest value that each output of a "
        + "linear layer takes in a box.",
      hints: [
        "To make 2·a − b as small as possible, with a and b each in an "
          + "interval of its own: which end does a take, and which end b?",
        "For the least output an input takes its lower end if its weight is "
          + "positive and its upper end if it is negative; for the largest "
          + "output the other one. Or with centers and radii: the center goes "
          + "through W and b as any input does, the radius through the "
          + "magnitudes of W, without b.",
        "For each row n and output o begin both sums with `bias.scalars[o]`. "
          + "With w = `weight[o, i]` add `w * (w < 0 ? upper[n, i] : "
          + "lower[n, i])` to the least, and `w * (w < 0 ? lower[n, i] : "
          + "upper[n, i])` to the largest.",
      ],
      own: own, library: libraryBounds, task: task
    ) { $0($1.lower, $1.upper, $1.weight, $1.bias) }
  }
}

/// Puts each input at the end of its interval that makes an output least, and
/// at the one that makes it largest.
///
/// Gowal et al. 2018, arXiv:1810.12715, section 3. The laboratory certifies by
/// `AffineBounds`, which adds what rounding may do.
private func libraryBounds(
  lower: Tensor, upper: Tensor, weight: Tensor, bias: Tensor
) -> (lower: Tensor, upper: Tensor) {
  let (outputs, inputs) = (weight.shape[0], weight.shape[1])
  let rows = lower.shape[0]
  let (low, high) = (lower.scalars, upper.scalars)
  let (weights, biases) = (weight.scalars, bias.scalars)
  var least = Tensor(shape: [rows, outputs])
  var largest = least
  for n in 0..<rows {
    for o in 0..<outputs {
      var (lowest, highest) = (biases[o], biases[o])
      for i in 0..<inputs {
        let slope = weights[o * inputs + i]
        let (first, last) = (low[n * inputs + i], high[n * inputs + i])
        lowest += slope * (slope < 0 ? last : first)
        highest += slope * (slope < 0 ? first : last)
      }
      least.scalars[n * outputs + o] = lowest
      largest.scalars[n * outputs + o] = highest
    }
  }
  return (least, largest)
}

/// What `linearBounds` is asked.
struct LinearBoundsInput: Sendable {
  typealias Bounds = (lower: Tensor, upper: Tensor)

  var lower: Tensor
  var upper: Tensor
  var weight: Tensor
  var bias: Tensor

  /// The library's answer.
  var exact: Bounds {
    libraryBounds(lower: lower, upper: upper, weight: weight, bias: bias)
  }
}

extension LinearBoundsInput {
  /// One row of inputs.
  private init(
    _ intervals: [ClosedRange<Float>], weights: [[Float]], bias: [Float]
  ) {
    self.init(
      lower: Tensor(
        shape: [1, intervals.count], scalars: intervals.map(\.lowerBound)),
      upper: Tensor(
        shape: [1, intervals.count], scalars: intervals.map(\.upperBound)),
      weight: Tensor(rows: weights, of: [intervals.count]), bias: Tensor(bias))
  }

  static var questions: [GradedTask<LinearBoundsInput, Bounds>.Question] {
    [
      .init(
        "the inputs 0.4...0.6 and 0.3...0.5, weights (2, −1) with bias 0 and "
          + "(−2, 3) with bias 0.5: the outputs lie in 0.3...0.9 and 0.2...1.2",
        LinearBoundsInput(
          [0.4...0.6, 0.3...0.5], weights: [[2, -1], [-2, 3]],
          bias: [0, 0.5])),
      .init(
        "the inputs 0.1...0.3, 0.5...0.6 and 0...1, weights (1, −2, 0) with "
          + "bias 0.1 and (0.5, 1, −1) with bias −0.3: the outputs lie in "
          + "−1...−0.6 and −0.75...0.45",
        LinearBoundsInput(
          [0.1...0.3, 0.5...0.6, 0...1], weights: [[1, -2, 0], [0.5, 1, -1]],
          bias: [0.1, -0.3])),
      .init(
        "the inputs −0.5...0.5 and −1...−0.2, weights (−1, −2) with bias 0.3: "
          + "the output lies in 0.2...2.8",
        LinearBoundsInput(
          [-0.5...0.5, -1...(-0.2)], weights: [[-1, -2]], bias: [0.3])),
      .init(
        "a box that is a point, 0.2 and 0.7, weights (1, −1), (3, 2) and "
          + "(−1, 0), biases 0.5, −1 and 0: the outputs are 0, 1 and −0.2",
        LinearBoundsInput(
          [0.2...0.2, 0.7...0.7], weights: [[1, -1], [3, 2], [-1, 0]],
          bias: [0.5, -1, 0])),
      .init(
        "four random boxes of six inputs, five outputs",
        random(4, inputs: 6, outputs: 5, seed: 141)),
      .init(
        "three random boxes of nine inputs, two outputs",
        random(3, inputs: 9, outputs: 2, seed: 142)),
    ]
  }

  private static func random(
    _ rows: Int, inputs: Int, outputs: Int, seed: UInt64
  ) -> LinearBoundsInput {
    var generator = SeededGenerator(seed: seed)
    func numbers(_ shape: [Int]) -> Tensor {
      Tensor(shape: shape).map { _ in generator.uniform(within: 1) }
    }
    let lower = numbers([rows, inputs])
    return LinearBoundsInput(
      lower: lower, upper: lower + numbers([rows, inputs]).map(abs),
      weight: numbers([outputs, inputs]), bias: numbers([outputs]))
  }
}

private let task = GradedTask<LinearBoundsInput, LinearBoundsInput.Bounds>(
  questions: LinearBoundsInput.questions,
  difference: { expected, actual in
    Difference.between(expected.lower, actual.lower, at: "lower")
      ?? Difference.between(expected.upper, actual.upper, at: "upper")
  },
  misconceptions: LinearBoundsInput.misconceptions,
  invariants: LinearBoundsInput.invariants)
