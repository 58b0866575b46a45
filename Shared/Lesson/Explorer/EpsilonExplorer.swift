import Shared

/// A figure that answers while it is asked: turn ε and see the picture, the
/// change and the model's opinion.
///
/// Everything a reader can ask for is computed beforehand, by this model: for
/// every digit, every direction and every ε the probabilities of exactly the
/// picture that is shown. Nothing is interpolated. Only the maps of the first
/// layer are left to the browser, which has that layer's own weights.
public struct EpsilonExplorer: Sendable, Codable {
  /// Where an image goes as ε grows.
  public enum Direction: String, CaseIterable, Sendable, Codable {
    case fgsm = "FGSM"
    case pgd = "PGD"
    /// One step that lowers the cross-entropy of one wrong class.
    case toward
    case randomSigns = "random signs"
  }

  /// One direction from one image, followed through all ε.
  struct Course: Sendable, Codable {
    /// For each pixel: 1 brighter, −1 darker, 0 left alone; nil if every ε has
    /// a picture of its own.
    var signs: Packed<Int8>?
    /// `pictures[ε]`: gray values 0...255, row by row; nil if there are signs.
    var pictures: [Packed<UInt8>]?
    /// `probabilities[ε]`: one number a class.
    var probabilities: [Packed<Float>]

    /// The model's answer at each ε: the class it finds most probable.
    var answers: [Int] {
      probabilities.map { row in
        row.numbers.indices.reduce(0) {
          row.numbers[$1] > row.numbers[$0] ? $1 : $0
        }
      }
    }
  }

  struct Digit: Sendable, Codable {
    var label: Int
    /// The wrong class that the model finds most probable.
    var target: Int
    /// Gray values 0...255, row by row.
    var levels: Packed<UInt8>
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
  /// Filters for the browser; nil if the model does not begin with any.
  let features: FirstFeatures?

  /// The layer whose maps the figure shows; nil if it shows none.
  public var featureLayer: String? { features?.layer }

  /// Lets the model judge every picture the figure can show.
  ///
  /// - Parameters:
  ///   - model: The model under attack, of two classes or more; used in
  ///     inference mode.
  ///   - batch: A few images `[N, H, W, 1]`. Pixels are rounded to whole
  ///     levels of 255, which changes nothing in images read from bytes.
  ///   - epsilons: The stops of the slider, in rising order.
  ///   - steps: How many steps PGD makes, each of ε/8.
  ///   - seed: Decides the random signs and where PGD starts.
  ///   - classNames: What the classes are called; their numbers if nil.
  ///   - standardDeviation: That of the data's pixels, for normalized units.
  public init(
    _ model: Sequential, _ batch: Batch, epsilons: [Epsilon], steps: Int = 20,
    seed: UInt64, classNames: [String]? = nil,
    standardDeviation: Float = Normalize.mnist.standardDeviation
  ) {
    precondition(
      batch.count > 0 && batch.images.shape.count == 4
        && batch.images.shape[3] == 1 && !epsilons.isEmpty,
      "the explorer takes gray images [N, H, W, 1] and some ε, got "
        + "\(batch.images.shape) and \(epsilons.count)")
    let images = batch.images.map { ($0 * 255).rounded() / 255 }
    let logits = model.logits(of: images)
    let origin = Origin(
      model: model, images: images, labels: batch.labels,
      targets: likeliestErrors(logits, batch.labels), epsilons: epsilons,
      steps: steps, seed: seed)
    let walks = Direction.allCases.map { Walk($0, from: origin) }
    directions = Direction.allCases
    height = images.shape[1]
    width = images.shape[2]
    self.epsilons = epsilons.map(\.pixels)
    descriptions = epsilons.map {
      $0.inAllUnits(standardDeviation: standardDeviation)
    }
    self.classNames = classNames ?? (0..<logits.shape[1]).map(String.init)
    digits = batch.labels.enumerated().map { digit, label in
      Digit(
        label: label, target: origin.targets[digit],
        levels: Packed(images.row(digit).map(grayLevel)),
        courses: walks.map { $0.course(of: digit) })
    }
    features = FirstFeatures(of: model, for: images.rows(0..<1))
  }

  /// One direction from one image.
  func course(_ direction: Direction, of digit: Digit) -> Course? {
    zip(directions, digit.courses).first { $0.0 == direction }?.1
  }

  /// What a direction is called for one image.
  func name(of direction: Direction, for digit: Digit) -> String {
    direction == .toward
      ? "toward \(classNames[digit.target])" : direction.rawValue
  }
}

/// The wrong class with the largest logit, image by image.
private func likeliestErrors(_ logits: Tensor, _ labels: [Int]) -> [Int] {
  let classes = logits.shape[1]
  precondition(
    classes > 1, "with \(classes) class there is no wrong one to aim at")
  return zip(logits.allRows, labels).map { row, label in
    row.indices.filter { $0 != label }.reduce(label == 0 ? 1 : 0) {
      row[$1] > row[$0] ? $1 : $0
    }
  }
}
