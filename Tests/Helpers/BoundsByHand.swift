@testable import Lesson
@testable import Shared

extension Exercise where Function == IntervalPropagation {
  /// An answer to 14 that takes its four parameters as one.
  static func bounds(
    _ answer:
      @escaping @Sendable (LinearBoundsInput) -> LinearBoundsInput.Bounds
  ) -> Self {
    .linearBounds { lower, upper, weight, bias in
      answer(
        LinearBoundsInput(
          lower: lower, upper: upper, weight: weight, bias: bias))
    }
  }
}

/// Bounds number by number, right or wrong: this shares no code with the
/// catalogue.
extension LinearBoundsInput {
  /// What the solution answers.
  var solved: Bounds {
    linearBounds(lower: lower, upper: upper, weight: weight, bias: bias)
  }

  /// The layer itself.
  var layer: Linear { Linear(weight: weight, bias: bias) }

  var center: Tensor { (lower + upper) * 0.5 }

  var halfWidth: Tensor { (upper - lower) * 0.5 }

  /// Two tensors of the right shape.
  var empty: Bounds {
    let zeros = Tensor(shape: [lower.shape[0], bias.count])
    return (zeros, zeros)
  }

  /// What each input adds to both ends, summed on top of the bias.
  func ends(
    _ parts: (_ weight: Float, _ low: Float, _ high: Float) -> (Float, Float)
  ) -> Bounds {
    var bounds = empty
    for n in 0..<lower.shape[0] {
      for o in 0..<bias.count {
        var (least, largest) = (bias.scalars[o], bias.scalars[o])
        for i in 0..<weight.shape[1] {
          let part = parts(weight[o, i], lower[n, i], upper[n, i])
          least += part.0
          largest += part.1
        }
        bounds.lower[n, o] = least
        bounds.upper[n, o] = largest
      }
    }
    return bounds
  }

  /// The output of the center, and around it what `join` makes of every |w| r.
  func around(
    _ radius: Tensor, join: (_ spread: Float, _ part: Float) -> Float
  ) -> Bounds {
    let middle = layer.forward(center, mode: .inference).output
    var bounds = (lower: middle, upper: middle)
    for n in 0..<lower.shape[0] {
      for o in 0..<bias.count {
        var spread: Float = 0
        for i in 0..<weight.shape[1] {
          spread = join(spread, abs(weight[o, i]) * radius[n, i])
        }
        bounds.lower[n, o] -= spread
        bounds.upper[n, o] += spread
      }
    }
    return bounds
  }
}
