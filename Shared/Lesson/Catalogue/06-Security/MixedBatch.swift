import Shared

extension Exercise where Function == AdversarialMix.Mixing {
  /// Exercise 7a: a batch of which a share is attacked.
  public static func mixedBatch(_ own: Function) -> Self {
    Exercise(
      "7a", .advanced, "Adversarial training on a mix: the batch",
      summary: "Replace the last `share` of the clean images by their attacked "
        + "versions; every label stays.",
      hints: [
        "If a share of the N images is attacked, how many are, and how many "
          + "are left?",
        "Count the attacked ones first, rounded. Take the clean images up to "
          + "there and the attacked ones from there on; then no label moves.",
        "With k for the rounded number as an `Int`, the clean images are rows "
          + "0..<N − k of one tensor, the attacked ones rows N − k..<N of the "
          + "other. Put both into one list for `Tensor(concatenating:)`.",
      ],
      own: own, library: AdversarialMix.batch, task: task
    ) { $0($1.clean, $1.attacked, $1.share) }
  }
}

/// What `mixedBatch` is asked.
private struct Input: Sendable {
  var clean: Batch
  var attacked: Tensor
  var share: Float

  /// How many images are attacked.
  var count: Int { Int((share * Float(clean.count)).rounded()) }
  /// How many stay clean.
  var kept: Int { clean.count - count }

  static var questions: [GradedTask<Input, Batch>.Question] {
    [
      .init(
        "four images of one pixel, 0.1, 0.2, 0.3, 0.4, attacked 0.6, 0.9, 0.5, "
          + "0.7, labels 0, 1, 2, 3, share 0.25: one image is replaced, the "
          + "mix is 0.1, 0.2, 0.3, 0.7",
        Input(
          clean: Batch(
            images: Tensor(
              shape: [4, 1, 1, 1], scalars: [0.1, 0.2, 0.3, 0.4]),
            labels: [0, 1, 2, 3]),
          attacked: Tensor(
            shape: [4, 1, 1, 1], scalars: [0.6, 0.9, 0.5, 0.7]),
          share: 0.25)),
      .init("ten random images, share 0.28", random(10, share: 0.28)),
      .init("nine random images, share 0.36", random(9, share: 0.36)),
      .init("seven random images, share 0", random(7, share: 0)),
      .init("six random images, share 1", random(6, share: 1)),
    ]
  }

  private static func random(_ count: Int, share: Float) -> Input {
    let images = ExerciseSamples.images(count, seed: UInt64(70 + count))
    return Input(
      clean: Batch(images: images, labels: (0..<count).map { $0 * 3 % 10 }),
      attacked: uniformNoise(
        around: images, .pixels(0.2), seed: UInt64(count)),
      share: share)
  }

  private func mix(_ first: Tensor, _ second: Tensor) -> Batch {
    Batch(
      images: Tensor(concatenating: [first, second]), labels: clean.labels)
  }

  static var misconceptions: [GradedTask<Input, Batch>.Misconception] {
    [
      .init(
        "nothing replaced",
        "These are the clean images. The share is a part of 1, not per cent: "
          + "0.25 replaces a quarter of them.",
        answer: { $0.clean }),
      .init(
        "all replaced",
        "Every image is the attacked one. Only a share of them is asked for; "
          + "the first images stay clean.",
        answer: { Batch(images: $0.attacked, labels: $0.clean.labels) }),
      .init(
        "appended",
        "The attacked images were added to the clean ones, so the batch is "
          + "twice as large. They take the place of clean ones.",
        answer: {
          Batch(
            images: Tensor(concatenating: [$0.clean.images, $0.attacked]),
            labels: $0.clean.labels + $0.clean.labels)
        }),
      .init(
        "share of clean images",
        "This keeps that share clean. The share says how much of the batch is "
          + "attacked.",
        answer: {
          $0.mix(
            $0.clean.images.rows(0..<$0.count),
            $0.attacked.rows($0.count..<$0.clean.count))
        }),
      .init(
        "the first ones replaced",
        "The attacked images take the place of the last ones; the first stay "
          + "clean.",
        answer: {
          $0.mix(
            $0.attacked.rows(0..<$0.count),
            $0.clean.images.rows($0.count..<$0.clean.count))
        }),
      .init(
        "labels left behind",
        "The images changed their order and the labels did not, so images "
          + "stand beside other images' labels.",
        answer: {
          $0.mix(
            $0.attacked.rows($0.kept..<$0.clean.count),
            $0.clean.images.rows(0..<$0.kept))
        }),
      .init(
        "another image's attack",
        "The last places got the first attacked images, beside labels that are "
          + "not theirs. Image i is replaced by attacked image i.",
        answer: {
          $0.mix(
            $0.clean.images.rows(0..<$0.kept), $0.attacked.rows(0..<$0.count))
        }),
      .init(
        "blended images",
        "Each image became an average of clean and attacked: a weaker attack "
          + "on all images. Replace whole images instead.",
        answer: {
          Batch(
            images: $0.clean.images * (1 - $0.share) + $0.attacked * $0.share,
            labels: $0.clean.labels)
        }),
      .init(
        "cut off instead of rounded",
        "share · N was cut off. 2.8 images are rounded to 3: use `.rounded()` "
          + "before `Int`.",
        answer: {
          let kept = $0.clean.count - Int($0.share * Float($0.clean.count))
          return $0.mix(
            $0.clean.images.rows(0..<kept),
            $0.attacked.rows(kept..<$0.clean.count))
        }),
    ]
  }
}

private let task = GradedTask<Input, Batch>(
  questions: Input.questions,
  difference: { expected, actual in
    Difference.between(expected.images, actual.images, at: "images")
      ?? Difference.between(
        exactly: expected.labels, actual.labels, at: "labels")
  },
  misconceptions: Input.misconceptions)
