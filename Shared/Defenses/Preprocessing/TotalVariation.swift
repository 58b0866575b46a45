/// Replaces an image by the nearest one that does not vary as much.
///
///     output = the u that minimizes ½ ‖u − input‖² + weight · TV(u)
///     TV(u) = Σ √((u[y, x+1] − u[y, x])² + (u[y+1, x] − u[y, x])²)
///
/// where a difference across the edge is 0 and each channel stands alone.
/// Rudin, Osher and Fatemi, "Nonlinear total variation based noise removal
/// algorithms", Physica D 60 (1992); as a defense Guo et al., "Countering
/// Adversarial Images using Input Transformations", ICLR 2018,
/// arXiv:1711.00117, who also drop random pixels first, which is left out here.
///
/// The minimizer has a slope almost everywhere. But whoever calls a solver in
/// front of a network does not get it: the way back ends there, and to a
/// gradient attack all pixels look flat. This layer does the same and returns
/// zeros; see `StraightThrough`.
public struct TotalVariation: Layer {
  /// What a unit of variation costs, above 0, in pixels: two neighbors alone
  /// come closer by that much each.
  public var weight: Float
  /// The steps of the solver, always so many.
  public var iterations: Int

  /// Smoothing of the given weight.
  public init(weight: Float, iterations: Int = 20) {
    precondition(
      weight > 0 && weight.isFinite && iterations > 0,
      "smoothing takes a weight above 0 and at least one iteration, got "
        + "\(weight) and \(iterations)")
    self.weight = weight
    self.iterations = iterations
  }

  /// The cache is the shape of the input.
  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [Int])
  {
    requireImages(input.shape)
    let solver = DualSolver(
      height: input.shape[1], row: input.shape[2] * input.shape[3],
      channels: input.shape[3], weight: weight, iterations: iterations)
    return (
      Tensor(
        shape: input.shape,
        scalars: solver.minimizers(of: input.scalars, count: input.shape[0])),
      input.shape
    )
  }

  /// Zero everywhere: the solver stands outside the chain rule.
  public func inputGradient(_ outputGradient: Tensor, cache shape: [Int])
    -> Tensor
  {
    requireGradient(outputGradient, forInput: shape)
    return Tensor(shape: shape)
  }

  public func problem(withInput inputShape: [Int]) -> String? {
    problem(withImages: inputShape, smallerThan: 1)
  }
}

/// Chambolle's algorithm for the dual problem.
///
/// "An Algorithm for Total Variation Minimization and Applications", Journal of
/// Mathematical Imaging and Vision 20 (2004), section 3. The minimizer is
/// u = x − weight · div p for a field p of vectors no longer than 1, which is
/// found by
///
///     p ← (p − r ∇u) / (1 + r |∇u|),  r = step / weight
private struct DualSolver {
  let height: Int
  /// The scalars of one row of pixels.
  let row: Int
  let channels: Int
  let weight: Float
  let iterations: Int
  /// Chambolle proves convergence up to 1/8 and finds 1/4 best in practice.
  private static let step: Float = 0.25

  /// One pixel more than `row`.
  ///
  /// Fields have one more row and column than the
  /// image, so that the edge is no special case: p zeros before its first ones,
  /// u its last ones once more.
  private var stride: Int { row + channels }
  private var fieldCount: Int { (height + 1) * stride }

  func minimizers(of images: UnsafePointer<Float>, count: Int) -> [Float] {
    uninitialized(count * height * row) { result in
      for image in 0..<count {
        let offset = image * height * row
        minimize(images + offset, to: result + offset)
      }
    }
  }

  private func minimize(
    _ image: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>
  ) {
    var across = [Float](repeating: 0, count: fieldCount)
    var down = across
    var smooth = across
    for _ in 0..<iterations {
      subtractDivergence(of: across, down, from: image, to: &smooth)
      climb(&across, &down, smooth)
    }
    subtractDivergence(of: across, down, from: image, to: &smooth)
    // The minimizer lies between the image's extremes, an iterate need not.
    for y in 0..<height {
      for i in 0..<row {
        result[y * row + i] = min(max(smooth[y * stride + i], 0), 1)
      }
    }
  }

  /// u = x − weight · div p.
  private func subtractDivergence(
    of across: UnsafePointer<Float>, _ down: UnsafePointer<Float>,
    from image: UnsafePointer<Float>, to smooth: UnsafeMutablePointer<Float>
  ) {
    let (row, stride, channels, weight) = (row, stride, channels, weight)
    for y in 0..<height {
      let source = image + y * row
      let target = smooth + y * stride
      let (across, down) = (across + start(of: y), down + start(of: y))
      for i in 0..<row {
        let divergence =
          (across[i] - across[i - channels]) + (down[i] - down[i - stride])
        target[i] = source[i] - weight * divergence
      }
      for i in row..<stride { target[i] = target[i - channels] }
    }
    (smooth + height * stride).update(
      from: smooth + (height - 1) * stride, count: stride)
  }

  private func climb(
    _ across: UnsafeMutablePointer<Float>,
    _ down: UnsafeMutablePointer<Float>, _ smooth: UnsafePointer<Float>
  ) {
    let (row, stride, channels) = (row, stride, channels)
    let rate = Self.step / weight
    for y in 0..<height {
      let source = smooth + y * stride
      let (across, down) = (across + start(of: y), down + start(of: y))
      for i in 0..<row {
        let right = source[i + channels] - source[i]
        let below = source[i + stride] - source[i]
        let length = (right * right + below * below).squareRoot()
        let scale = 1 / (1 + rate * length)
        across[i] = (across[i] - rate * right) * scale
        down[i] = (down[i] - rate * below) * scale
      }
    }
  }

  /// Where the row of p begins that belongs to a row of the image.
  private func start(of y: Int) -> Int { (y + 1) * stride + channels }
}
