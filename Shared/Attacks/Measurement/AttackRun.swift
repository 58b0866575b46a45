/// One run of an attack against a model, checked and counted.
public struct AttackRun: Sendable {
  /// What the attack wanted of each image.
  public let goals: [Goal]
  /// The changed images.
  public let images: Tensor
  /// The class that the model answers to each of them.
  public let answers: [Int]
  /// What the attack asked, image by image.
  public let passes: [Passes]
  /// How far each image was moved.
  public let distances: [Norm: [Double]]

  /// Attacks labelled images, all of them, also those that the model gets wrong
  /// from the start, and stops if the attack breaks a promise.
  ///
  /// - Parameters:
  ///   - attack: The attack with its settings.
  ///   - batch: The images and their right classes.
  ///   - target: The class that is wanted instead; nil for any.
  ///   - model: The model under attack.
  public init(
    _ attack: any Attack, on batch: Batch, target: Int? = nil,
    against model: Sequential
  ) {
    let checked = Checked(attack, on: batch, target: target, against: model)
    precondition(
      checked.broken.isEmpty,
      "\(attack) broke its promise: \(checked.broken)")
    self = checked.run
  }

  /// A run and the promises it broke.
  public struct Checked: Sendable {
    public let run: AttackRun
    /// Each with the number of images concerned.
    public let broken: [(promise: Promise, images: Int)]

    /// The same as `AttackRun.init`, but returns when a promise is broken.
    ///
    /// If images are missing or not finite, the answers are to the originals.
    public init(
      _ attack: any Attack, on batch: Batch, target: Int? = nil,
      against model: Sequential
    ) {
      let goals = batch.labels.map { label in
        target.map { Goal.reach($0, from: label) } ?? .avoid(label)
      }
      // A copy with memory of its own: an attack that writes into what it was
      // given must not reach it.
      let before = batch.images.map { $0 }
      let (images, passes) = attack.run(
        on: batch.images, goals: goals, against: model)
      broken = Promise.broken(
        images, from: before, after: batch.images, bound: attack.bound)
      let isUsable = !broken.contains {
        $0.promise == .shape || $0.promise == .finite
      }
      run = AttackRun(
        goals: goals, images: isUsable ? images : before, from: before,
        passes: passes, model)
    }
  }

  private init(
    goals: [Goal], images: Tensor, from original: Tensor, passes: [Passes],
    _ model: Sequential
  ) {
    self.goals = goals
    self.images = images
    self.passes = passes
    answers = predictions(model.logits(of: images))
    distances = Dictionary(
      uniqueKeysWithValues: [Norm.maximum, .euclidean].map { norm in
        (
          norm,
          goals.indices.map {
            norm.distance(images.rows([$0]), original.rows([$0]))
          }
        )
      })
  }
}

extension AttackRun {
  /// The images still classified as labelled, of all.
  public var accuracy: Proportion {
    Proportion(
      zip(answers, goals).count { $0 == $1.label }, of: goals.count)
  }

  /// The images whose goal is met, of all.
  public var success: Proportion {
    Proportion(isMet.count { $0 }, of: goals.count)
  }

  /// Whether each image's goal is met.
  public var isMet: [Bool] {
    zip(answers, goals).map { $1.isMet(by: $0) }
  }

  /// The mean passes of an image: forward, backward.
  public var meanPasses: (forward: Double, backward: Double) {
    Passes.mean(of: passes)
  }

  /// The median distance in a norm of the images that met their goal; nil if
  /// none did.
  public func medianDistance(_ norm: Norm) -> Double? {
    median(
      zip(distances[norm] ?? [], isMet).filter(\.1).map(\.0))
  }

  /// The median of the forward passes of the images that met their goal.
  public var medianQueries: Double? {
    median(zip(passes, isMet).filter(\.1).map { Double($0.0.forward) })
  }
}

/// The middle of some numbers; nil if there are none.
public func median(_ numbers: [Double]) -> Double? {
  guard !numbers.isEmpty else { return nil }
  let sorted = numbers.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1
    ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
