/// How far images must be moved until a model errs, image by image.
///
/// An accuracy at one ε says how many images are within reach; this says how far
/// each of them is.
public struct MinimalEpsilon: Sendable, Equatable {
  /// In pixels: the size at which each image met its goal.
  ///
  /// 0 if it did so from the start, nil if it never did.
  public let perImage: [Double?]

  /// What somebody has found.
  public init(perImage: [Double?]) { self.perImage = perImage }

  /// What an attack has found that looks for the nearest image.
  ///
  /// - Parameters:
  ///   - run: Its run.
  ///   - norm: How to measure the distances.
  public init(of run: AttackRun, in norm: Norm = .maximum) {
    perImage = zip(run.distances[norm] ?? [], run.isMet).map { $1 ? $0 : nil }
  }

  /// What an attack finds whose ε has to be given, by bisection.
  ///
  /// At first each image is attacked with the largest ε. If that succeeds, the
  /// middle between the largest ε that failed and the smallest that did not is
  /// tried, until they are near enough; the latter is the result. This takes for
  /// granted that a larger ε never helps the model. Images with the same ε are
  /// attacked together.
  ///
  /// - Parameters:
  ///   - attack: Makes the attack of a given ε.
  ///   - batch: The images, with their labels.
  ///   - target: The class that is wanted; nil for any but the right one.
  ///   - model: The model under attack.
  ///   - maximum: The largest ε.
  ///   - tolerance: How near, in pixels.
  public init(
    under attack: (Epsilon) -> any Attack, on batch: Batch, target: Int? = nil,
    against model: Sequential, upTo maximum: Epsilon = .pixels(0.5),
    tolerance: Float = 1 / 512
  ) {
    precondition(
      tolerance > 0x1p-20, "a tolerance lies above 2⁻²⁰, got \(tolerance)")
    let answers = predictions(model.logits(of: batch.images))
    var brackets = zip(answers, batch.labels).map { answer, label in
      Bracket(
        isMet: target.map { answer == $0 } ?? (answer != label),
        maximum: maximum.pixels, tolerance: tolerance)
    }
    while true {
      let working = brackets.indices.filter { brackets[$0].next != nil }
      if working.isEmpty { break }
      let groups = Dictionary(grouping: working) { brackets[$0].next ?? 0 }
      for (size, images) in groups.sorted(by: { $0.key < $1.key }) {
        let run = AttackRun(
          attack(.pixels(size)),
          on: Batch(
            images: batch.images.rows(images),
            labels: images.map { batch.labels[$0] }),
          target: target, against: model)
        for (image, isMet) in zip(images, run.isMet) {
          brackets[image].narrow(at: size, isMet: isMet)
        }
      }
    }
    perImage = brackets.map { $0.smallestMet.map(Double.init) }
  }

  /// The size that is enough for half of the images; nil if none is.
  public var median: Double? {
    let middle = Shared.median(perImage.map { $0 ?? .infinity })
    return middle == .infinity ? nil : middle
  }

  /// How many images fall into each of so many equal parts of `0...limit`.
  ///
  /// The ends between two parts belong to the upper one, `limit` to the last.
  /// What lies beyond, and what was never found, is not counted.
  public func histogram(bins: Int, upTo limit: Double) -> [Int] {
    precondition(
      bins > 0 && limit > 0,
      "a histogram takes bins and a limit above 0, got \(bins) and \(limit)")
    var counts = [Int](repeating: 0, count: bins)
    for case let size? in perImage where size <= limit {
      counts[min(Int(size / limit * Double(bins)), bins - 1)] += 1
    }
    return counts
  }
}

/// Between which ε one image's smallest lies.
private struct Bracket {
  private var largestFailed: Float = 0
  private(set) var smallestMet: Float?
  private let maximum: Float
  private let tolerance: Float

  /// - Parameters:
  ///   - isMet: Whether the goal is met without any change.
  ///   - maximum: The largest ε to try.
  ///   - tolerance: How wide it may remain.
  init(isMet: Bool, maximum: Float, tolerance: Float) {
    smallestMet = isMet ? 0 : nil
    self.maximum = maximum
    self.tolerance = tolerance
  }

  /// What to try next; nil if there is nothing to learn.
  var next: Float? {
    guard let smallestMet else {
      return largestFailed < maximum ? maximum : nil
    }
    return smallestMet - largestFailed > tolerance
      ? (largestFailed + smallestMet) / 2 : nil
  }

  mutating func narrow(at size: Float, isMet: Bool) {
    if isMet { smallestMet = size } else { largestFailed = size }
  }
}
