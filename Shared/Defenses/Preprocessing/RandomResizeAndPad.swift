/// Shrinks each image by a random amount and puts it in a random place of a
/// black one of the old size.
///
/// Xie et al., "Mitigating Adversarial Effects Through Randomization", ICLR
/// 2018, arXiv:1711.01991. They enlarge, for networks that take any size; the
/// networks here take one, so this shrinks. Interpolation is bilinear, between
/// the centers of pixels. See `RandomLayer` for what "random" means.
///
/// Once drawn, the transformation is linear, and its gradient exact. But it is
/// the gradient of this draw, and after a step another one counts. An attacker
/// averages: `Sequential.averaged(over:seed:)`.
public struct RandomResizeAndPad: RandomLayer {
  /// By how many pixels a side may shrink, at most; all from 0 on are equally
  /// likely.
  public var shrinkage: Int
  public var seed: UInt64

  /// Shrinks sides by up to so many pixels.
  public init(shrinkingBy shrinkage: Int = 4, seed: UInt64 = 0) {
    precondition(
      shrinkage >= 0, "an image shrinks by 0 pixels or more, got \(shrinkage)")
    self.shrinkage = shrinkage
    self.seed = seed
  }

  /// How small one image becomes, and where it goes.
  struct Placement: Sendable, Hashable {
    /// By how many pixels both sides shrink.
    var shrinkage: Int
    /// How many black pixels lie above it.
    var top: Int
    /// How many lie left of it.
    var left: Int
  }

  /// Backward needs what was drawn.
  public struct Cache: Sendable {
    var placements: [Placement]
    var inputShape: [Int]
  }

  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Cache)
  {
    requireImages(input.shape)
    let placements = (0..<input.shape[0]).map { placement(of: input.row($0)) }
    return (
      placed(input, placements),
      Cache(placements: placements, inputShape: input.shape)
    )
  }

  /// Each pixel collects from those that it was blended into.
  public func inputGradient(_ outputGradient: Tensor, cache: Cache) -> Tensor {
    let shape = cache.inputShape
    requireGradient(outputGradient, forInput: shape)
    return Tensor(
      shape: shape,
      scalars: blendedBack(
        outputGradient.scalars, blends(cache.placements, shape),
        size: outputGradient.rowCount))
  }

  public func problem(withInput inputShape: [Int]) -> String? {
    problem(withImages: inputShape, smallerThan: shrinkage + 1)
  }

  /// Each image in its place.
  func placed(_ images: Tensor, _ placements: [Placement]) -> Tensor {
    Tensor(
      shape: images.shape,
      scalars: blended(
        images.scalars, blends(placements, images.shape),
        size: images.rowCount))
  }

  private func placement(of image: ArraySlice<Float>) -> Placement {
    var generator = generator(for: image)
    let shrinkage = Int.random(in: 0...shrinkage, using: &generator)
    return Placement(
      shrinkage: shrinkage,
      top: Int.random(in: 0...shrinkage, using: &generator),
      left: Int.random(in: 0...shrinkage, using: &generator))
  }

  private func blends(_ placements: [Placement], _ shape: [Int]) -> [Blend] {
    placements.map {
      Blend($0, height: shape[1], width: shape[2], channels: shape[3])
    }
  }
}
