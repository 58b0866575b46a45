import Shared

/// What all directions start from.
struct Origin {
  var model: Sequential
  /// Shape `[N, H, W, 1]`, pixels on whole levels of 255.
  var images: Tensor
  var labels: [Int]
  /// A wrong class for each image.
  var targets: [Int]
  var epsilons: [Epsilon]
  /// How many steps PGD makes.
  var steps: Int
  var seed: UInt64
}

/// One direction from all images, followed through all ε.
struct Walk {
  /// In the shape of the images; nil if every ε has pictures of its own.
  private let signs: Tensor?
  /// Images, one tensor an ε.
  private let pictures: [Tensor]
  /// What the model makes of them, `[N, classes]`, one tensor an ε.
  private let probabilities: [Tensor]

  init(_ direction: EpsilonExplorer.Direction, from origin: Origin) {
    let signs = direction.signs(from: origin)
    pictures = origin.epsilons.map { epsilon in
      signs.map { origin.images(moved: $0, epsilon) }
        ?? origin.imagesUnderPGD(epsilon)
    }
    self.signs = signs
    let judged = softmax(
      origin.model.logits(of: Tensor(concatenating: pictures)))
    let count = origin.labels.count
    probabilities = origin.epsilons.indices.map {
      judged.rows($0 * count..<($0 + 1) * count)
    }
  }

  /// What concerns one of the images.
  func course(of digit: Int) -> EpsilonExplorer.Course {
    EpsilonExplorer.Course(
      signs: signs.map { Packed($0.row(digit).map { Int8($0) }) },
      pictures: signs == nil
        ? pictures.map { Packed($0.row(digit).map(grayLevel)) } : nil,
      probabilities: probabilities.map { Packed($0.row(digit)) })
  }
}

extension EpsilonExplorer.Direction {
  /// The signs of the library's own attack, in the shape of the images; nil if
  /// the attack is more than a sign times ε.
  fileprivate func signs(from origin: Origin) -> Tensor? {
    switch self {
    case .fgsm:
      return origin.model.inputGradient(
        of: origin.images, labels: origin.labels
      ).map(sign)
    case .pgd:
      return nil
    case .toward:
      return origin.model.inputGradient(
        of: origin.images, labels: origin.targets
      ).map { -sign($0) }
    case .randomSigns:
      // The coins do not depend on the image, and on middle gray no step is
      // cut off by black or white: what changed there shows every coin.
      let gray = Tensor(shape: origin.images.shape, repeating: 0.5)
      let tossed = RandomSigns(epsilon: .pixels(0.25), seed: origin.seed)
        .perturb(gray, labels: origin.labels, against: origin.model)
      return (tossed - gray).map(sign)
    }
  }
}

extension Origin {
  /// The pictures after one step, just as the attacks make them.
  fileprivate func images(moved signs: Tensor, _ epsilon: Epsilon) -> Tensor {
    projected(
      images.combined(with: signs) { $0 + epsilon.pixels * $1 },
      around: images, epsilon)
  }

  /// PGD's pictures, each pixel on a whole level, so that a page can hold them
  /// and the model judge what the page holds.
  fileprivate func imagesUnderPGD(_ epsilon: Epsilon) -> Tensor {
    PGD(
      epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 8), steps: steps,
      seed: seed
    )
    .perturb(images, labels: labels, against: model)
    .combined(with: images) { wholeLevel($0, toward: $1, within: epsilon) }
  }
}

/// A moved pixel on the next whole level of 255 on its way back.
///
/// - Parameters:
///   - moved: A pixel within ε of the original one.
///   - original: A pixel on a whole level.
///   - epsilon: How far the two may be apart.
/// - Returns: A pixel between the two.
func wholeLevel(
  _ moved: Float, toward original: Float, within epsilon: Epsilon
) -> Float {
  let (level, start) = (moved * 255, (original * 255).rounded())
  let next = level.rounded(level > start ? .down : .up)
  let pixel = next / 255
  // Rounding to a `Float` may have carried it a hair out of the box.
  let distance = abs(Double(pixel) - Double(original))
  return distance <= Double(epsilon.pixels)
    ? pixel : (next > start ? next - 1 : next + 1) / 255
}

/// The gray value 0...255 of a pixel in 0...1.
func grayLevel(_ pixel: Float) -> UInt8 { UInt8((pixel * 255).rounded()) }
