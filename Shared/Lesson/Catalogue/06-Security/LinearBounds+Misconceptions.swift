import Shared

extension LinearBoundsInput {
  typealias Misconception = GradedTask<LinearBoundsInput, Bounds>.Misconception

  static var misconceptions: [Misconception] {
    misconceptionsOfEnds + misconceptionsOfBias + misconceptionsOfRadius
  }

  /// The output for one point of each box.
  private func output(of inputs: Tensor) -> Tensor {
    Linear(weight: weight, bias: bias)(inputs)
  }

  private var radius: Tensor { (upper - lower) * 0.5 }

  /// Center and radius, with other numbers in some places.
  ///
  /// - Parameters:
  ///   - radius: Goes through |W|.
  ///   - bias: Is added to the center.
  ///   - widening: Is added to the radius.
  /// - Returns: The right answer if all are nil.
  private func answer(
    radius: Tensor? = nil, bias: Tensor? = nil, widening: Tensor? = nil
  ) -> Bounds {
    let ofCenters = Linear(weight: weight, bias: bias ?? self.bias)
    let ofRadii = Linear(
      weight: weight.map(abs), bias: widening ?? self.bias * 0)
    let middle = ofCenters((lower + upper) * 0.5)
    let spread = ofRadii(radius ?? self.radius)
    return (middle - spread, middle + spread)
  }

  private static var misconceptionsOfEnds: [Misconception] {
    [
      .init(
        "signs ignored",
        "The lower ends went through W to the lower bounds, the upper ends to "
          + "the upper ones. Where a weight is negative a larger input makes "
          + "the output smaller, so that the ends change places. With centers "
          + "it is the same mistake to send the radius through W, not |W|."
      ) { ($0.output(of: $0.lower), $0.output(of: $0.upper)) },
      .init(
        "ends sorted afterwards",
        "Two corners of the box were tried, that of all lower and that of all "
          + "upper ends, and their outputs sorted. Where the weights differ in "
          + "sign the extremes lie at other corners: each input goes to the "
          + "end that its own weight asks for."
      ) {
        let (one, other) = ($0.output(of: $0.lower), $0.output(of: $0.upper))
        return (
          one.combined(with: other) { min($0, $1) },
          one.combined(with: other) { max($0, $1) }
        )
      },
      .init(
        "ends swapped",
        "Both ends are right and stand in each other's place. The least output "
          + "takes an input's lower end where the weight is positive, and it "
          + "comes first in the result."
      ) { ($0.exact.upper, $0.exact.lower) },
      .init(
        "weights transposed",
        "`weight` is [outputs, inputs]: the weight of input i in output o is "
          + "`weight.scalars[o * inputs + i]`, not `[i * outputs + o]`."
      ) { question in
        let (shape, weights) = (question.weight.shape, question.weight.scalars)
        var misread = question
        for o in 0..<shape[0] {
          for i in 0..<shape[1] {
            misread.weight[o, i] = weights[i * shape[0] + o]
          }
        }
        return misread.exact
      },
      .init(
        "sums not started anew",
        "The sum of one output runs on into the next. Each output has sums of "
          + "its own, which begin with its bias."
      ) { ($0.exact.lower.runningSums, $0.exact.upper.runningSums) },
      .init(
        "ReLU applied",
        "What lies below 0 became 0. A ReLU behind the layer would do that; "
          + "the layer itself also gives negative numbers."
      ) { question in
        let exact = question.exact
        return (exact.lower.map { max($0, 0) }, exact.upper.map { max($0, 0) })
      },
    ]
  }

  private static var misconceptionsOfBias: [Misconception] {
    [
      .init(
        "bias forgotten",
        "The bias is missing. It is the same for every point of the box, so "
          + "both ends move by it."
      ) { $0.answer(bias: $0.bias * 0) },
      .init(
        "bias added twice",
        "The bias came in twice, as it does when positive and negative weights "
          + "go through two layers and each of them adds it."
      ) { $0.answer(bias: $0.bias * 2) },
      .init(
        "bias in the radius",
        "The radius went through a layer that adds the bias, too. A bias moves "
          + "a box and makes it no wider: it belongs to the center alone."
      ) { $0.answer(widening: $0.bias) },
    ]
  }

  private static var misconceptionsOfRadius: [Misconception] {
    [
      .init(
        "whole width as the radius",
        "upper − lower is the whole width of an interval. The radius, how far "
          + "an input may be from the center, is half of it; so these bounds "
          + "are twice as far apart as they need to be."
      ) { $0.answer(radius: $0.radius * 2) },
      .init(
        "center only",
        "Both ends are the output of the center. That is one point of the box; "
          + "the others spread around it by |W| times the radius."
      ) { $0.answer(radius: $0.radius * 0) },
      .init(
        "one width for all inputs",
        "Every input got the widest interval of its row. That would do if all "
          + "of them moved by the same ε; here each input has an interval of "
          + "its own."
      ) { question in
        let rows = question.radius.allRows.map { row in
          row.map { _ in row.max() ?? 0 }
        }
        return question.answer(
          radius: Tensor(rows: rows, of: [question.weight.shape[1]]))
      },
      .init(
        "one input at a time",
        "Only the input that matters most has left the center. All inputs may "
          + "be at their worst ends at the same time, so what they do adds up."
      ) { $0.withTheLargestTermOnly },
    ]
  }

  private var withTheLargestTermOnly: Bounds {
    var (lower, upper) = answer(radius: radius * 0)
    for (n, radii) in radius.allRows.enumerated() {
      for (o, weights) in weight.allRows.enumerated() {
        let spread = zip(weights, radii).map { abs($0 * $1) }.max() ?? 0
        lower[n, o] -= spread
        upper[n, o] += spread
      }
    }
    return (lower, upper)
  }
}

extension Tensor {
  /// In each row, every number plus all before it.
  fileprivate var runningSums: Tensor {
    let rows = allRows.map { row in
      var sum: Float = 0
      return row.map { number -> Float in
        sum += number
        return sum
      }
    }
    return Tensor(rows: rows, of: Array(shape.dropFirst()))
  }
}
