@testable import Shared

/// A tensor in `Double`: what the `Float` code is judged by.
struct ExactTensor: Equatable {
  var shape: [Int]
  var scalars: [Double]

  init(shape: [Int], scalars: [Double]) {
    precondition(shape.reduce(1, *) == scalars.count)
    self.shape = shape
    self.scalars = scalars
  }

  init(zeros shape: [Int]) {
    self.init(
      shape: shape,
      scalars: Array(repeating: 0, count: shape.reduce(1, *)))
  }

  init(_ tensor: Tensor) {
    self.init(shape: tensor.shape, scalars: tensor.scalars.map(Double.init))
  }

  subscript(row: Int, column: Int) -> Double {
    get { scalars[row * shape[1] + column] }
    set { scalars[row * shape[1] + column] = newValue }
  }

  subscript(a: Int, b: Int, c: Int, d: Int) -> Double {
    get { scalars[offset(a, b, c, d)] }
    set { scalars[offset(a, b, c, d)] = newValue }
  }

  private func offset(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int {
    ((a * shape[1] + b) * shape[2] + c) * shape[3] + d
  }

  func map(_ transform: (Double) -> Double) -> ExactTensor {
    ExactTensor(shape: shape, scalars: scalars.map(transform))
  }

  /// Element by element: multiplies two tensors of one shape.
  func times(_ other: ExactTensor) -> ExactTensor {
    precondition(shape == other.shape)
    return ExactTensor(
      shape: shape, scalars: zip(scalars, other.scalars).map(*))
  }

  /// Σ self · other: a loss whose gradient is `other`.
  func dot(_ other: ExactTensor) -> Double {
    times(other).scalars.reduce(0, +)
  }
}

/// The slope of `loss` along every scalar, by central differences.
func finiteDifferences(
  at point: ExactTensor, step: Double = 1e-4,
  of loss: (ExactTensor) -> Double
) -> ExactTensor {
  var slopes = ExactTensor(zeros: point.shape)
  for i in point.scalars.indices {
    var (ahead, behind) = (point, point)
    ahead.scalars[i] += step
    behind.scalars[i] -= step
    slopes.scalars[i] = (loss(ahead) - loss(behind)) / (2 * step)
  }
  return slopes
}
