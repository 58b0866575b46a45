/// Bounds of what a network computes in an affine layer, W x + b, for all x of
/// a box.
///
/// The box is c ± r, and W x + b then lies within (W c + b) ± |W| r. Gowal et
/// al., "On the Effectiveness of Interval Bound Propagation for Training
/// Verifiably Robust Models", 2018, arXiv:1810.12715, section 3. That is exact
/// arithmetic. A network rounds, and so do two passes in `Float` that compute
/// these bounds. Let m be the largest |x| of the box, n the number of products
/// in a sum and γ = γ(n + 1) as in `RoundingError`.
///
/// 1. What the network computes is within γ (|W| m + |b|) of W x + b.
/// 2. What the first pass computes is as near to W c + b, because |c| ≤ m.
/// 3. So the network's number is within R of that of the first pass, where
///
///        R = |W| (r + 2γ m) + 2γ |b|
///
/// 4. R is the second pass: r + 2γ m through |W|. It adds nothing below zero,
///    so that what it computes is at least (1 − γ) R; it is divided by 1 − γ.
/// 5. Some numbers are rounded by themselves, none of them more than five times
///    on its way. A factor 1 + 16u at each place makes up for that.
/// 6. Each m is taken 2⁻⁸⁰ larger, which covers underflow in 2γ m, and 2γ |b|
///    `RoundingError.underflow` larger, for both passes and the network.
/// 7. Nothing overflows if the result of 4 is below 2⁹⁰: R is at least
///    2⁻²³ (|W| m + |b|), so that no sum of those products exceeds 2¹¹⁴. Where
///    it is not below, or no number, the bounds are ±∞.
///
/// A network may go Winograd's way, whose error is not that of 1. A third pass
/// then adds it to R, by `winogradErrorWeights`, and 7 holds for its sums too.
/// It leaves out the bias, whose part in that error is γ(C + 11) |b| for C
/// input channels. Of the 2γ |b| in R one half is for the network, γ(9C + 1)
/// |b|; that is enough for C ≥ 2, and `suitsWinograd` asks for more.
struct AffineBounds: Sendable {
  private typealias Pass = @Sendable (Tensor) -> Tensor

  /// c through W, plus b.
  private let center: Pass
  /// r + 2γ m through |W|, plus 2γ |b|.
  private let radius: Pass
  /// m through what bounds the error of Winograd's way, if that is gone.
  private var winogradError: Pass?
  /// 2γ.
  private let share: Float
  /// 1 ∕ (1 − γ).
  private let growth: Float

  init(_ layer: Linear) {
    self.init(layer.weight, layer.bias, products: layer.weight.shape[1]) {
      weight, bias in
      let sums = Linear(weight: weight, bias: bias)
      return { sums($0) }
    }
  }

  /// - Parameters:
  ///   - layer: The convolution.
  ///   - imageShape: The shape of one image that it gets.
  init(_ layer: Conv2D, imageShape: [Int]) {
    // The frame of no images.
    let g = layer.framed(Tensor(shape: [0] + imageShape)).geometry
    func pass(_ weight: Tensor, _ bias: Tensor) -> Pass {
      let sums = DirectConvolution(
        Conv2D(
          weight: weight, bias: bias, padding: layer.padding,
          stride: layer.stride), g)
      return { sums($0) }
    }
    self.init(layer.weight, layer.bias, products: g.window, pass: pass)
    if g.suitsWinograd {
      precondition(
        g.window + 1 >= g.inputChannels + 11,
        "Winograd's way may round the bias more often than plain sums do, with "
          + "\(g.inputChannels) input channels")
      winogradError = pass(
        winogradErrorWeights(layer.weight), Tensor(shape: layer.bias.shape))
    }
  }

  private init(
    _ weight: Tensor, _ bias: Tensor, products: Int,
    pass: (_ weight: Tensor, _ bias: Tensor) -> Pass
  ) {
    let gamma = RoundingError.gamma(products + 1)
    let underflow = RoundingError.underflow(products)
    share = Float(2 * gamma * (1 + 0x1p-20))
    growth = Float((1 + 0x1p-20) / (1 - gamma))
    center = pass(weight, bias)
    // Weights so large that their own sums might overflow count as infinite,
    // and so do those that are no numbers.
    radius = pass(
      weight.map { abs($0) < 0x1p60 ? abs($0) : .infinity },
      bias.map {
        Float((2 * gamma * abs(Double($0)) + underflow) * (1 + 0x1p-20))
      })
  }

  /// The bounds behind the layer, from those before it.
  func callAsFunction(_ box: IntervalBounds) -> IntervalBounds {
    let (lower, upper) = (box.lower.scalars, box.upper.scalars)
    let (shape, count) = (box.lower.shape, box.lower.count)
    let centers = boxCenters(lower, upper, count: count)
    let radii = boxRadii(lower, upper, centers, count: count, share: share)
    let sums = center(Tensor(shape: shape, scalars: centers))
    var widths = radius(Tensor(shape: shape, scalars: radii))
    if let winogradError {
      widths += winogradError(
        Tensor(
          shape: shape,
          scalars: largestMagnitudes(lower, upper, count: count)))
    }
    return IntervalBounds(
      lower: Tensor(
        shape: sums.shape,
        scalars: lowerEnds(
          sums.scalars, widths.scalars, count: sums.count, growth: growth)),
      upper: Tensor(
        shape: sums.shape,
        scalars: upperEnds(
          sums.scalars, widths.scalars, count: sums.count, growth: growth)))
  }
}

/// Radii from here on count as infinite.
private let largestRadius: Float = 0x1p90

/// c: any number between the ends will do.
private func boxCenters(
  _ lower: UnsafePointer<Float>, _ upper: UnsafePointer<Float>, count: Int
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count { result[i] = 0.5 * lower[i] + 0.5 * upper[i] }
  }
}

/// r + 2γ m.
private func boxRadii(
  _ lower: UnsafePointer<Float>, _ upper: UnsafePointer<Float>,
  _ centers: UnsafePointer<Float>, count: Int, share: Float
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count {
      let (above, below) = (upper[i] - centers[i], centers[i] - lower[i])
      let radius = above > below ? above : below
      let magnitude = -lower[i] > upper[i] ? -lower[i] : upper[i]
      result[i] =
        (radius + share * (magnitude + 0x1p-80)) * (1 + 0x1p-20)
    }
  }
}

/// m.
private func largestMagnitudes(
  _ lower: UnsafePointer<Float>, _ upper: UnsafePointer<Float>, count: Int
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count {
      result[i] = -lower[i] > upper[i] ? -lower[i] : upper[i]
    }
  }
}

private func lowerEnds(
  _ centers: UnsafePointer<Float>, _ radii: UnsafePointer<Float>, count: Int,
  growth: Float
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count {
      let radius = radii[i] * growth
      result[i] =
        radius < largestRadius ? (centers[i] - radius).nextDown : -.infinity
    }
  }
}

private func upperEnds(
  _ centers: UnsafePointer<Float>, _ radii: UnsafePointer<Float>, count: Int,
  growth: Float
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count {
      let radius = radii[i] * growth
      result[i] =
        radius < largestRadius ? (centers[i] + radius).nextUp : .infinity
    }
  }
}
