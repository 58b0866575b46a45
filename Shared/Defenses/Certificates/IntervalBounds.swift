/// For every number of a batch, a least and a largest value: a box.
///
/// Each lower bound is at most its upper one. Where nothing is known they are
/// −∞ and ∞.
struct IntervalBounds: Sendable {
  var lower: Tensor
  /// In the shape of `lower`.
  var upper: Tensor
}

extension IntervalBounds {
  /// All allowed images: every pixel within ε of the original one and within
  /// 0...1.
  ///
  /// It holds every image of `Float` pixels that `Bound.maximum(epsilon)` lets
  /// pass. That compares the difference of two pixels, rounded as `Double`, so
  /// that the pixels may be further apart than ε by one part in 2⁵³: less than
  /// what is added to ε here. The subtraction and addition below round as
  /// `Double` too, and then to `Float`. One `Float` further out is beyond both:
  /// at least half the distance of neighbors, which is 2²⁸ times what the
  /// `Double` may be off.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - epsilon: How far a pixel may move.
  init(around images: Tensor, _ epsilon: Epsilon) {
    let reach = Double(epsilon.pixels) * (1 + 0x1p-50)
    let (pixels, count) = (images.scalars, images.count)
    lower = Tensor(
      shape: images.shape, scalars: darkest(pixels, count: count, reach))
    upper = Tensor(
      shape: images.shape, scalars: brightest(pixels, count: count, reach))
  }

  /// What a layer can make of the box, if no output falls when an input rises.
  ///
  /// Then the box's two ends give the ends of the result. That takes care of
  /// the rounding too, which never changes the order of two numbers.
  func mapped(by layer: any Layer) -> IntervalBounds {
    IntervalBounds(
      lower: layer.erasedForward(lower, mode: .inference).output,
      upper: layer.erasedForward(upper, mode: .inference).output)
  }
}

private func darkest(
  _ pixels: UnsafePointer<Float>, count: Int, _ reach: Double
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count {
      result[i] = max(Float(Double(pixels[i]) - reach).nextDown, 0)
    }
  }
}

private func brightest(
  _ pixels: UnsafePointer<Float>, count: Int, _ reach: Double
) -> [Float] {
  uninitialized(count) { result in
    for i in 0..<count {
      result[i] = min(Float(Double(pixels[i]) + reach).nextUp, 1)
    }
  }
}
