/// Defensive distillation: a network learns another one's probabilities, at a
/// high temperature, and is used without it.
///
/// Papernot, McDaniel, Wu, Jha and Swami, "Distillation as a Defense to
/// Adversarial Perturbations against Deep Neural Networks", S&P 2016,
/// arXiv:1511.04508. A teacher is trained with softmax(z ⁄ T). A student, a
/// network of the same kind, is trained at the same T on the teacher's
/// softmax(z ⁄ T) in the place of the labels. To be as sure at T as others are
/// at 1, both need logits T times as large. In use T is 1, and the logits stay
/// large: the softmax saturates, and the slope of the cross-entropy falls
/// toward 0 and may be rounded to it (`ZeroSlopes`). But the answers of the
/// student are the same at every T, and so are the images that it gets wrong.
/// Carlini and Wagner, "Defensive Distillation is Not Robust to Adversarial
/// Examples", 2016, arXiv:1607.04311, found them.
public struct Distillation: Sendable, Equatable {
  /// T, above 0.
  ///
  /// A probability in `Float` is 0 when its logit lies more than 104 below the
  /// largest. With T = 100 that is so as soon as the softmax at T makes the
  /// first class 2.8 times as probable as the second, e^(104 ⁄ T); with T = 20
  /// it must be 180 times.
  public var temperature: Float
  /// Passes over the images, for each of the two networks.
  public var epochs: Int
  /// Images a step.
  public var batchSize: Int
  /// Adam's; larger than usual, as the logits have further to go.
  public var learningRate: Float

  /// The recipe; the defaults are for a small network and some 10,000 images.
  public init(
    temperature: Float = 100, epochs: Int = 2, batchSize: Int = 64,
    learningRate: Float = 0.003
  ) {
    self.temperature = temperature
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
  }

  /// A trained network, and the mean loss of each step that made it.
  public typealias Outcome = (model: Sequential, losses: [Double])

  /// Trains a teacher, and by it a student.
  ///
  /// - Parameters:
  ///   - images: At least one labelled image; both networks learn from them, in
  ///     the same order.
  ///   - untrainedTeacher: The network that learns the labels.
  ///   - untrainedStudent: The network that learns the teacher's probabilities,
  ///     of as many classes.
  ///   - seed: Decides the order of the images, and what dropout drops.
  ///   - firstSteps: Ends each training after so many steps; nil goes to the
  ///     end.
  /// - Returns: Both, trained. To be used as they are, which is at T = 1.
  /// - Throws: A `TutorialError` if a loss or a gradient is not finite.
  public func run(
    on images: ImageSet, teacher untrainedTeacher: Sequential,
    student untrainedStudent: Sequential, seed: UInt64, firstSteps: Int? = nil
  ) throws -> (teacher: Outcome, student: Outcome) {
    let teacher = try teacher(
      from: untrainedTeacher, on: images, seed: seed, firstSteps: firstSteps)
    let student = try student(
      from: untrainedStudent, of: teacher.model, on: images, seed: seed,
      firstSteps: firstSteps)
    return (teacher, student)
  }

  /// Trains a network on the labels, at the temperature.
  public func teacher(
    from untrained: Sequential, on images: ImageSet, seed: UInt64,
    firstSteps: Int? = nil
  ) throws -> Outcome {
    try train(untrained, on: images, seed: seed, firstSteps: firstSteps) {
      .crossEntropy(labels: $0.labels, temperature: temperature)
    }
  }

  /// Trains a network on what a teacher says of the images, at the temperature.
  ///
  /// The images' own labels count for nothing.
  public func student(
    from untrained: Sequential, of teacher: Sequential, on images: ImageSet,
    seed: UInt64, firstSteps: Int? = nil
  ) throws -> Outcome {
    try train(untrained, on: images, seed: seed, firstSteps: firstSteps) {
      .crossEntropy(
        probabilities: softLabels(of: $0.images, by: teacher),
        temperature: temperature)
    }
  }

  /// The teacher's probabilities at the temperature, softmax(z ⁄ T).
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1.
  ///   - teacher: Used in inference mode.
  /// - Returns: Shape `[N, classes]`.
  public func softLabels(of images: Tensor, by teacher: Sequential) -> Tensor {
    softmax(teacher.logits(of: images).map { $0 / temperature })
  }

  /// All passes of a whole run, as `WorkReport` counts them.
  ///
  /// Each image goes, once an epoch, forward and back through each of the two
  /// networks, and once more forward through the teacher: 7 passes.
  public func passes(images: Int) -> Int {
    epochs * images * (2 * WorkReport.passesOfGradient + 1)
  }

  private func train(
    _ untrained: Sequential, on images: ImageSet, seed: UInt64,
    firstSteps: Int?, loss: (Batch) -> BatchLoss
  ) throws -> Outcome {
    precondition(
      images.count > 0 && epochs > 0,
      "distillation takes at least one image and one epoch, got "
        + "\(images.count) and \(epochs)")
    var model = untrained
    var optimizer = Adam(learningRate: learningRate)
    var losses: [Double] = []
    for epoch in 1...epochs {
      let batches = images.batches(of: batchSize, seed: seed, epoch: epoch)
      for (step, batch) in batches.enumerated() {
        if losses.count == firstSteps { return (model, losses) }
        let gradients = model.parameterGradients(
          on: batch,
          mode: .training(seed: derivedSeed(seed, .step, epoch, step)),
          through: loss(batch))
        try gradients.requireFinite(epoch: epoch, batch: step + 1)
        optimizer.update(&model, with: gradients)
        losses.append(gradients.loss)
      }
    }
    return (model, losses)
  }
}
