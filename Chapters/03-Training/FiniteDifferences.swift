import Shared

/// The slope of a loss along every number of a tensor, found by trying.
func finiteDifferences(
  around tensor: Tensor, h: Float = 0.01, of loss: (Tensor) -> Double
) -> Tensor {
  var slopes = Tensor(shape: tensor.shape)
  for index in tensor.scalars.indices {
    var (more, less) = (tensor, tensor)
    more.scalars[index] += h
    less.scalars[index] -= h
    let width = more.scalars[index] - less.scalars[index]
    let change = loss(more) - loss(less)
    slopes.scalars[index] = Float(change / Double(width))
  }
  return slopes
}
