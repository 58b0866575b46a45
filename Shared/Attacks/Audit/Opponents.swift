/// Simple attacks of one size, beside which an audit puts another.
struct Opponents {
  var norm: Norm
  /// In pixels: ε or a radius.
  var size: Float
  /// How many numbers an image has.
  var pixels: Int
  var seed: UInt64

  /// How often the black box is asked for an image.
  static let queries = 300

  /// Knows nothing.
  var noise: RandomSigns { RandomSigns(epsilon: box, seed: seed) }

  /// Knows the gradient at the image, and no other.
  var singleStep: any Attack {
    switch norm {
    case .maximum: FGSM(epsilon: box)
    case .euclidean:
      PGD(radius: size, stepLength: size, steps: 1, seed: nil)
    }
  }

  /// Knows the scores.
  var blackBox: SquareAttack {
    SquareAttack(epsilon: box, queries: Self.queries, seed: seed)
  }

  /// Knows other networks.
  func transfer(from surrogates: [Sequential]) -> Transfer {
    let steps = 20
    let attack =
      switch norm {
      case .maximum:
        PGD(
          epsilon: box, stepSize: .pixels(box.pixels / 8), steps: steps,
          seed: seed)
      case .euclidean:
        PGD(radius: size, stepLength: size / 8, steps: steps, seed: seed)
      }
    return Transfer(attack, from: surrogates)
  }

  /// The box of that size; in the Euclidean norm the largest one inside the
  /// ball: changes of at most r ⁄ √n a pixel are together no longer than r.
  private var box: Epsilon {
    switch norm {
    case .maximum: .pixels(size)
    case .euclidean: .pixels(min(1, size / Float(pixels).squareRoot()))
    }
  }
}
