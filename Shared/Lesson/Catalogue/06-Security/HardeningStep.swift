import Shared

extension AdversarialMix {
  /// From model, batch, attack and share to what one update needs.
  public typealias Step =
    @Sendable (
      _ model: Sequential, _ batch: Batch, _ attack: any Attack,
      _ share: Float
    ) -> BatchGradients
}

extension Exercise where Function == AdversarialMix.Step {
  /// Exercise 7b: the gradients of one update on a mix.
  public static func hardeningStep(_ own: Function) -> Self {
    Exercise(
      "7b", .advanced, "Adversarial training on a mix: the step",
      summary: "Return the gradients of the mean loss over a batch of which a "
        + "share is attacked.",
      hints: [
        "Three things happen in a fixed order. Which one needs the model, "
          + "which one the share, and which one gives gradients?",
        "Attack the batch with its true labels and the model that you were "
          + "given, mix the result with the clean images, and take the "
          + "gradients of the mean loss over the mix once.",
        "let attacked = attack.perturb(batch.images, labels: batch.labels, "
          + "against: model); then the mix; then model.withoutDropout"
          + ".parameterGradients(on: mix, mode: .training(seed: 0)).",
      ],
      own: own,
      library: {
        AdversarialMix.gradients(of: $0, on: $1, attack: $2, share: $3)
      }, task: task
    ) { $0($1.model, $1.batch, $1.attack, $1.share).parameters }
  }
}

/// The first gradient that is not the right one.
private func gradientDifference(_ expected: [Tensor], _ actual: [Tensor])
  -> Difference?
{
  Difference.between(
    exactly: expected.count, actual.count, at: "the number of gradients")
    ?? zip(expected, actual).enumerated().lazy.compactMap {
      Difference.between($1.0, $1.1, at: "gradient \($0)", tolerance: 1e-3)
    }.first
}

/// What `hardeningStep` is asked.
private struct Input: Sendable {
  var model: Sequential
  var batch: Batch
  var attack: any Attack
  var share: Float

  static var questions: [GradedTask<Input, [Tensor]>.Question] {
    let byHand = Input(
      model: ExerciseSamples.twoPixelClassifier([1, -1]),
      batch: Batch(
        images: ExerciseSamples.pixels(0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4),
        labels: [0, 0, 0, 1]),
      attack: FGSM(epsilon: .pixels(0.1)), share: 0.25)
    return [
      .init(
        "three images (0.6, 0.6) of class 0 and one (0.4, 0.4) of class 1, "
          + "class 0 scores x₁ − x₂ against 0, FGSM with ε = 0.1, share 0.25: "
          + "the last one becomes (0.5, 0.3), where class 0 has the probability "
          + "0.55, so the first weights' gradient is (3·(−0.5)·(0.6, 0.6) + "
          + "0.55·(0.5, 0.3))/4 = (−0.156, −0.184)", byHand),
      .init("12 random images, share 0.5", random(seed: 71, share: 0.5)),
      .init("12 more, share 0.75", random(seed: 72, share: 0.75)),
      .init("12 more, share 0.3: 4 images", random(seed: 74, share: 0.3)),
      .init("12 more, share 0.2: 2 images", random(seed: 75, share: 0.2)),
      .init(
        "12 more, and a network with dropout",
        random(seed: 73, share: 0.5, dropout: true)),
    ]
  }

  /// Whoever is right without dropout and wrong with it has left it on.
  static let invariants: [GradedTask<Input, [Tensor]>.Invariant] = [
    .init(
      "dropout left on",
      "Dropout is a disturbance of its own, and the attack is disturbance "
        + "enough: take the gradients of `model.withoutDropout`."
    ) { question, actual in
      guard question.model.layers.contains(where: { $0.layer is Dropout })
      else { return nil }
      let mix = question.mix(question.attacked(question.batch.labels))
      return gradientDifference(question.gradients(of: mix), actual)
    }
  ]

  private static func random(
    seed: UInt64, share: Float, dropout: Bool = false
  ) -> Input {
    var model = ExerciseSamples.network(seed: seed)
    if dropout {
      model.layers.insert(
        ("dropout", Dropout(0.5)), at: model.layers.count - 1)
    }
    return Input(
      model: model,
      batch: ExerciseSamples.batch(12, seed: seed + 100, for: model),
      // No random start: an image is then attacked the same way in any company,
      // and whoever attacks only the images that the mix needs is right.
      attack: PGD(
        epsilon: .pixels(0.1), stepSize: .pixels(0.03), steps: 2, seed: nil),
      share: share)
  }

  func attacked(_ labels: [Int]) -> Tensor {
    attack.perturb(batch.images, labels: labels, against: model)
  }

  func mix(_ attacked: Tensor) -> Batch {
    AdversarialMix.batch(clean: batch, attacked: attacked, share: share)
  }

  func gradients(of batch: Batch) -> [Tensor] {
    model.parameterGradients(on: batch, mode: .inference).parameters
  }

  static var misconceptions: [GradedTask<Input, [Tensor]>.Misconception] {
    [
      .init(
        "clean images only",
        "These are the gradients of ordinary training: the attack was not "
          + "used, so the model learns nothing about it.",
        answer: { $0.gradients(of: $0.batch) }),
      .init(
        "attacked images only",
        "The share was not used: all images of the batch were attacked.",
        answer: {
          $0.gradients(
            of: Batch(
              images: $0.attacked($0.batch.labels), labels: $0.batch.labels))
        }),
      .init(
        "summed instead of averaged",
        "The gradients are N times too large. The loss of a batch is the mean "
          + "over its N images; otherwise the step grows with the batch.",
        answer: { question in
          question.gradients(of: question.mix(question.all))
            .map { $0 * Float(question.batch.count) }
        }),
      .init(
        "two means added",
        "The mean over the clean images and the mean over the attacked ones "
          + "were added. Both parts belong to one mean over all N images.",
        answer: { question in
          let mix = question.mix(question.all)
          let kept =
            mix.count - Int((question.share * Float(mix.count)).rounded())
          return zip(
            question.gradients(of: mix[0..<kept]),
            question.gradients(of: mix[kept..<mix.count])
          ).map { $0 + $1 }
        }),
      .init(
        "attacked with its own answers",
        "The attack got the model's answers instead of the labels. Where the "
          + "model is wrong, that pushes the image away from the wrong answer, "
          + "often towards the right one. (Some recipes do so on purpose, lest "
          + "attacked images give the label away; not this one.)",
        answer: { question in
          let answers = predictions(
            question.model.logits(of: question.batch.images))
          return question.gradients(
            of: question.mix(question.attacked(answers)))
        }),
      .init(
        "attacked downhill",
        "The images were moved the opposite way, where the loss is lower. That "
          + "is help, not attack; the trainer needs the harder images.",
        answer: { question in
          question.gradients(
            of: question.mix(question.batch.images * 2 - question.all))
        }),
    ]
  }

  /// All images, attacked as they should be.
  private var all: Tensor { attacked(batch.labels) }
}

private let task = GradedTask<Input, [Tensor]>(
  questions: Input.questions,
  difference: { gradientDifference($0, $1) },
  misconceptions: Input.misconceptions,
  invariants: Input.invariants)
