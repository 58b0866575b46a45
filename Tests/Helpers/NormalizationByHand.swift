@testable import Shared

/// Batch normalization as a learner writes it, with places to go wrong.
enum NormalizationByHand {
  static func columns(of tensor: Tensor) -> [[Float]] {
    (0..<tensor.shape[1]).map { c in
      (0..<tensor.shape[0]).map { tensor[$0, c] }
    }
  }

  static func statistics(of tensor: Tensor, unbiased: Bool = false)
    -> BatchStatistics
  {
    let all = columns(of: tensor)
    let means = all.map { $0.reduce(0, +) / Float($0.count) }
    let variances = zip(all, means).map { column, mean in
      let sum = column.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      return sum / Float(unbiased ? column.count - 1 : column.count)
    }
    return BatchStatistics(mean: Tensor(means), variance: Tensor(variances))
  }

  static func normalize(
    _ x: Tensor, _ scale: Tensor, _ shift: Tensor, _ used: BatchStatistics,
    _ epsilon: Float,
    by divisor: (Float, Float) -> Float = { ($0 + $1).squareRoot() }
  ) -> Tensor {
    var output = x
    for r in 0..<x.shape[0] {
      for c in 0..<x.shape[1] {
        let distance = x[r, c] - used.mean.scalars[c]
        let root = divisor(used.variance.scalars[c], epsilon)
        output[r, c] = distance / root * scale.scalars[c] + shift.scalars[c]
      }
    }
    return output
  }
}
