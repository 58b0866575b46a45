import Shared

/// A figure that answers while it is asked: turn ε and see the picture, the
/// change and the model's opinion.
///
/// Everything a reader can ask for is computed beforehand, by this model: for
/// every digit, every direction and every ε the probabilities of exactly the
/// picture that is shown. Nothing is interpolated.
public struct EpsilonExplorer: Sendable, Codable {
  /// Where a step of size ε goes, pixel by pixel.
  public enum Direction: String, CaseIterable, Sendable, Codable {
    case fgsm = "FGSM"
    case randomSigns = "random signs"
  }

  /// One direction from one image, followed through all ε.
  struct Course: Sendable, Codable {
    /// For each pixel: 1 brighter, −1 darker, 0 left alone.
    var signs: [Int8]
    /// `probabilities[ε][class]`.
    var probabilities: [[Float]]

    /// The model's answer at each ε: the class it finds most probable.
    var answers: [Int] {
      probabilities.map { row in
        row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
      }
    }
  }

  struct Digit: Sendable, Codable {
    var label: Int
    /// Grey values 0...255, row by row.
    var levels: [UInt8]
    /// In the order of `directions`.
    var courses: [Course]
  }

  let height: Int
  let width: Int
  let directions: [Direction]
  /// Each ε in pixels.
  let epsilons: [Float]
  /// Each ε in all its units.
  let descriptions: [String]
  let digits: [Digit]
  /// What each class is called.
  let classNames: [String]

  /// Lets the model judge every picture the figure can show.
  ///
  /// - Parameters:
  ///   - model: The model under attack; used in inference mode.
  ///   - batch: A few images `[N, H, W, 1]`. Pixels are rounded to whole
  ///     levels of 255, which changes nothing in images read from bytes.
  ///   - epsilons: The stops of the slider, in rising order.
  ///   - seed: Decides the random signs.
  ///   - classNames: What the classes are called; their numbers if nil.
  ///   - standardDeviation: That of the data's pixels, for normalized units.
  public init(
    _ model: Sequential, _ batch: Batch, epsilons: [Epsilon], seed: UInt64,
    classNames: [String]? = nil,
    standardDeviation: Float = Normalize.mnist.standardDeviation
  ) {
    precondition(
      batch.count > 0 && batch.images.shape.count == 4
        && batch.images.shape[3] == 1 && !epsilons.isEmpty,
      "the explorer takes gray images [N, H, W, 1] and some ε, got "
        + "\(batch.images.shape) and \(epsilons.count)")
    let levels = batch.images.map { ($0 * 255).rounded() }
    let images = levels.map { $0 / 255 }
    let directions = Direction.allCases
    let signs = directions.map {
      $0.signs(images, labels: batch.labels, model: model, seed: seed)
    }
    let pictures = signs.flatMap { signs in
      epsilons.map { Self.picture(images, moved: signs, by: $0.pixels) }
    }
    let probabilities = softmax(
      model.logits(of: Tensor(concatenating: pictures)))

    func course(_ direction: Int, _ digit: Int) -> Course {
      Course(
        signs: signs[direction].rows(digit..<digit + 1).scalars.map {
          Int8($0)
        },
        probabilities: epsilons.indices.map { step in
          let row =
            (direction * epsilons.count + step) * batch.count + digit
          return probabilities.rows(row..<row + 1).scalars
        })
    }
    self.directions = directions
    height = images.shape[1]
    width = images.shape[2]
    self.epsilons = epsilons.map(\.pixels)
    descriptions = epsilons.map {
      $0.inAllUnits(standardDeviation: standardDeviation)
    }
    self.classNames =
      classNames ?? (0..<probabilities.shape[1]).map(String.init)
    digits = batch.labels.enumerated().map { digit, label in
      Digit(
        label: label,
        levels: levels.rows(digit..<digit + 1).scalars.map { UInt8($0) },
        courses: directions.indices.map { course($0, digit) })
    }
  }

  /// The pictures after one step, just as the attacks make them.
  private static func picture(
    _ images: Tensor, moved signs: Tensor, by epsilon: Float
  ) -> Tensor {
    images.combined(with: signs) { pixel, sign in
      projected(pixel + epsilon * sign, around: pixel, epsilon)
    }
  }
}

extension EpsilonExplorer {
  /// When one digit is first misread.
  public struct Flip: Sendable, Equatable, Encodable {
    /// What the image shows.
    public var label: Int
    /// The smallest ε in pixels at which the model's answer under FGSM is not
    /// the label; nil if there is none on the slider.
    public var fgsm: Float?
    /// The same under random signs.
    public var randomSigns: Float?
  }

  /// When each digit is first misread, in the order of the batch.
  public var flips: [Flip] {
    digits.map { digit in
      Flip(
        label: digit.label, fgsm: firstError(digit, .fgsm),
        randomSigns: firstError(digit, .randomSigns))
    }
  }

  private func firstError(_ digit: Digit, _ direction: Direction) -> Float? {
    zip(directions, digit.courses).first { $0.0 == direction }
      .flatMap { _, course in
        course.answers.firstIndex { $0 != digit.label }
      }
      .map { epsilons[$0] }
  }
}

extension EpsilonExplorer.Direction {
  /// The signs of the library's own attack, in the shape of `images`.
  func signs(
    _ images: Tensor, labels: [Int], model: Sequential, seed: UInt64
  ) -> Tensor {
    switch self {
    case .fgsm:
      return model.inputGradient(of: images, labels: labels).map(sign)
    case .randomSigns:
      // The coins do not depend on the image, and on middle gray no step is
      // cut off by black or white: what changed there shows every coin.
      let gray = Tensor(shape: images.shape, repeating: 0.5)
      let tossed = RandomSigns(epsilon: .pixels(0.25), seed: seed)
        .perturb(gray, labels: labels, against: model)
      return (tossed - gray).map(sign)
    }
  }
}
