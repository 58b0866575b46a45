/// What several attacks together leave of a model, and which did what.
public struct WorstCaseRun: Sendable {
  /// One attack's turn.
  public struct Turn: Sendable, Encodable {
    /// What the attack is called.
    public let name: String
    /// How many images stood when it began.
    public let attacked: Int
    /// How many of them it brought down.
    public let fallen: Int
    /// How many it moved further than allowed; they do not count as fallen.
    public let broken: Int
    /// How long it took.
    public let seconds: Double
  }

  /// The turns in their order.
  public let turns: [Turn]
  /// The images, those that fell in their changed form.
  public let images: Tensor
  /// Whether each image stands: right from the start, and after every attack.
  public let stands: [Bool]
  /// What all attacks together asked, image by image.
  public let passes: [Passes]

  /// Attacks labelled images, also those that the model gets wrong from the
  /// start: they count as fallen.
  public init(
    _ worstCase: WorstCase, on batch: Batch, against model: Sequential
  ) {
    let goals = batch.labels.map(Goal.avoid)
    let counter = PassCounter(images: batch.count)
    let access = GradientAccess(
      AttackedModel(model, images: batch.images, counter: counter))
    let outcome = worstCase.attackInTurn(batch.images, goals, access)
    turns = worstCase.members.indices.map { number in
      Turn(
        name: worstCase.members[number].name,
        attacked: outcome.attacked[number].count,
        fallen: outcome.fallenTo.count { $0 == number },
        broken: outcome.broken[number], seconds: outcome.seconds[number])
    }
    images = outcome.images
    passes = counter.counts
    stands = zip(predictions(model.logits(of: images)), batch.labels).map(==)
  }

  /// The mean passes of an image: forward, backward.
  public var meanPasses: (forward: Double, backward: Double) {
    Passes.mean(of: passes)
  }

  /// The images that stand, of all.
  public var accuracy: Proportion {
    Proportion(stands.count { $0 }, of: stands.count)
  }
}
