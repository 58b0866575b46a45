/// Where a kernel finds one matrix of the product, in scalars from `start`.
///
/// A convolution is a matrix product whose left matrix is never built: row `r`
/// of it is the window at pixel `r`, and its columns run through the window
/// line by line. Three strides describe that, a plain matrix and a transposed
/// one alike.
struct LeftMatrix {
  /// The first scalar.
  var start: UnsafePointer<Float>
  /// From one row to the next.
  var rowStride: Int
  /// The sum runs over `segments` stretches of `length` scalars.
  var segments = 1
  var segmentStride = 0
  var length: Int
  var elementStride = 1
}

/// What a product starts from.
enum ProductStart {
  case zero
  case accumulate
  case bias(UnsafePointer<Float>)
}

extension ProductStart {
  /// The same start for the columns further right.
  func moved(by columns: Int) -> ProductStart {
    guard case .bias(let pointer) = self else { return self }
    return .bias(pointer + columns)
  }
}
