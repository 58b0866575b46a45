/// One attack, one model and some images, on which all checks are made.
struct Trial {
  let attack: AuditedAttack
  let model: Sequential
  let surrogates: [Sequential]
  let batch: Batch
  /// The size in question, in pixels.
  let size: Float
  /// With steps and starts; without a size if the attack is minimal.
  let settings: AttackSettings
  let knowledge: Knowledge
  /// The run whose number is in question.
  let own: AttackRun
  /// ∂cross-entropy/∂pixel at the clean images.
  private(set) lazy var gradient = model.inputGradient(
    of: batch.images, labels: batch.labels)
  private var tally: Tally

  /// Makes the run in question.
  init(
    of attack: AuditedAttack, settings: AttackSettings,
    against model: Sequential, surrogates: [Sequential], on batch: Batch
  ) throws {
    precondition(batch.count > 0, "an audit needs images")
    size = settings.size ?? (attack.norm == .euclidean ? 2 : 0.1)
    precondition(size > 0, "an audit needs a size above 0, got \(size)")
    var settings = settings
    settings.size = attack.isMinimal ? nil : size
    settings.steps = settings.steps ?? attack.steps
    settings.restarts = settings.restarts ?? attack.restarts
    let inQuestion = try attack.build(settings)
    var tally = Tally()
    own = tally.run(inQuestion, on: batch, against: model)
    knowledge = type(of: inQuestion).knowledge
    self.attack = attack
    self.settings = settings
    self.model = model
    self.surrogates = surrogates
    self.batch = batch
    self.tally = tally
  }

  /// What the attack has broken so far.
  var broken: [(promise: Promise, images: Int)] {
    Promise.allCases.compactMap { promise in
      tally.broken[promise].map { (promise, $0) }
    }
  }

  /// All passes so far.
  var passes: Passes { tally.passes }

  /// The attack with some settings changed.
  mutating func run(_ change: (inout AttackSettings) -> Void) throws
    -> AttackRun
  {
    var changed = settings
    change(&changed)
    return tally.run(try attack.build(changed), on: batch, against: model)
  }

  /// Another attack on the same images.
  mutating func run(opponent: any Attack) -> AttackRun {
    let run = AttackRun(opponent, on: batch, against: model)
    tally.add(run.passes)
    return run
  }

  /// Which images are still classified as labelled.
  ///
  /// What a minimal attack has found further away than the size does not count:
  /// its one run answers for every size.
  func standing(_ run: AttackRun) -> [Bool] {
    let isRight = zip(run.answers, batch.labels).map(==)
    guard attack.isMinimal, let norm = attack.norm,
      let distances = run.distances[norm]
    else { return isRight }
    return zip(isRight, distances).map { $0 || $1 > Double(size) }
  }

  /// Each image's cross-entropy.
  func losses(_ images: Tensor) -> [Double] {
    softmaxCrossEntropy(
      logits: model.logits(of: images), labels: batch.labels
    ).losses
  }
}

/// Adds up what the runs of an audit have broken and cost.
private struct Tally {
  /// The most images of any run.
  var broken: [Promise: Int] = [:]
  var passes = Passes()

  mutating func run(
    _ attack: any Attack, on batch: Batch, against model: Sequential
  ) -> AttackRun {
    // A copy with memory of its own: an attack that writes into it spoils no
    // other run.
    let copy = Batch(images: batch.images.map { $0 }, labels: batch.labels)
    let checked = AttackRun.Checked(attack, on: copy, against: model)
    for (promise, images) in checked.broken {
      broken[promise] = max(broken[promise] ?? 0, images)
    }
    add(checked.run.passes)
    return checked.run
  }

  mutating func add(_ more: [Passes]) { passes = more.reduce(passes, +) }
}
