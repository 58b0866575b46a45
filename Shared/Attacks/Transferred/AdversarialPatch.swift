/// A small square that is put on an image, anywhere, and may look like anything.
///
/// It does not hide: within its square every pixel may be changed all the way,
/// outside none. Made once, it works wherever it comes to lie, on any image. A
/// sticker can do that. Brown et al., "Adversarial Patch", NIPS 2017 Workshop,
/// arXiv:1712.09665.
public struct AdversarialPatch: Attack {
  /// What is put on the image, shape `[side, side, C]`, pixels in 0...1.
  public let patch: Tensor
  /// Decides where it is put on each image.
  public var seed: UInt64

  private var side: Int { patch.shape[0] }

  public var bound: Bound { .patch(side: side) }

  /// - Parameters:
  ///   - patch: Shape `[side, side, C]`, pixels in 0...1.
  ///   - seed: Decides where it is put on each image.
  public init(_ patch: Tensor, seed: UInt64 = 0) {
    precondition(
      patch.shape.count == 3 && patch.shape[0] == patch.shape[1]
        && patch.count > 0 && patch.scalars.allSatisfy { (0...1) ~= $0 },
      "a patch is a square [side, side, C] of pixels in 0...1, got "
        + "\(patch.shape)")
    self.patch = patch
    self.seed = seed
  }

  /// Whatever the goals: it was made for one of them.
  public func perturb(_ images: Tensor, goals: [Goal], asking model: NoAccess)
    -> Tensor
  {
    var generator = SeededGenerator(seed: derivedSeed(seed, .query))
    return pasted(onto: images, at: places(on: images, using: &generator))
  }

  /// A random place on each image: which of its scalars the patch covers, in
  /// the order of the patch's own.
  private func places(
    on images: Tensor, using generator: inout SeededGenerator
  ) -> [[Int]] {
    precondition(
      images.shape.count == 4 && images.shape[1] >= side
        && images.shape[2] >= side && images.shape[3] == patch.shape[2],
      "a patch \(patch.shape) does not fit images \(images.shape)")
    let (height, width, channels) = (
      images.shape[1], images.shape[2], images.shape[3]
    )
    return (0..<images.shape[0]).map { _ in
      let top = Int.random(in: 0...height - side, using: &generator)
      let left = Int.random(in: 0...width - side, using: &generator)
      return (top..<top + side).flatMap { row in
        let first = (row * width + left) * channels
        return first..<first + side * channels
      }
    }
  }

  private func pasted(onto images: Tensor, at places: [[Int]]) -> Tensor {
    var result = images
    for (image, place) in places.enumerated() {
      for (scalar, value) in zip(place, patch.scalars) {
        result.scalars[image * images.rowCount + scalar] = value
      }
    }
    return result
  }

  /// What lies under the patch on each image.
  private func cut(_ images: Tensor, at places: [[Int]]) -> Tensor {
    Tensor(
      rows: places.enumerated().map { image, place in
        place.map { images.scalars[image * images.rowCount + $0] }
      }, of: patch.shape)
  }
}

extension AdversarialPatch {
  /// Makes a patch that fools a model on any image and at any place of it.
  ///
  /// It maximizes what is expected over images x and places l,
  ///
  ///     E [log Pr(target | x with the patch at l)]
  ///
  /// or, without a target, the expected loss of the right class, by the signs of
  /// the mean slope over some images, each with a place of its own. Brown et
  /// al. also turn and scale the patch, so that it may be photographed.
  ///
  /// - Parameters:
  ///   - model: The attacker's copy of the model, or a network like it.
  ///   - batch: Images to learn from, with their right classes; not those by
  ///     which the attack is measured.
  ///   - side: Rows and columns of the patch, in pixels.
  ///   - target: The class that the model shall answer; nil for any wrong one.
  ///   - steps: How many steps, each with a hundred of the images.
  ///   - seed: Decides images and places, here and in the attack.
  /// - Returns: The attack.
  /// - Throws: A `TutorialError` if a square of that side does not fit the
  ///   images.
  public static func made(
    against model: Sequential, from batch: Batch, side: Int,
    target: Int? = nil, steps: Int = 200, seed: UInt64 = 0
  ) throws -> AdversarialPatch {
    let shape = batch.images.shape
    let longest = min(shape[1], shape[2])
    guard (1...longest).contains(side) else {
      throw TutorialError(
        "A patch of \(side) × \(side) pixels does not fit images of "
          + "\(shape[1]) × \(shape[2]); choose a side from 1 to \(longest).")
    }
    var ascent = StochasticAscent(
      over: batch, target: target, steps: steps, seed: seed)
    let gray = Tensor(shape: [side, side, shape[3]], repeating: 0.5)
    let patch = ascent.climb(from: gray, within: 0...1) {
      images, goals, current, generator in
      let attack = AdversarialPatch(current)
      let places = attack.places(on: images, using: &generator)
      let slopes = model.slope(
        of: .crossEntropyUpToGuess,
        at: attack.pasted(onto: images, at: places), goals: goals)
      return attack.cut(slopes, at: places)
    }
    return AdversarialPatch(patch, seed: seed)
  }
}
