import Lesson
import Shared

/// Attackers who cannot read the weights: one with a network of their own, and
/// two who may ask.
func noGradientsNeeded(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ few: Batch,
  _ fewest: Batch
) throws {
  // The networks that ship know MNIST and nothing else.
  let carriesOver =
    try mnist.isShipped
    ? carryOver(page, model, few.prefix(page.full(200, quick: 50))) : false
  let turned = askQuestions(page, model, fewest)
  guard carriesOver || (turned ?? 0) > 0 else { return }
  page.say(
    "**Key point:** an attack does not need this network's gradients. Hiding them "
      + "makes it weaker or dearer, not impossible.")
}

/// Makes images against each of three networks, and shows them to all.
///
/// - Returns: Whether the model falls to images made against another network
///   more often than to noise.
private func carryOver(_ page: Page, _ model: Sequential, _ some: Batch) throws
  -> Bool
{
  let surrogates = try SurrogateNetworks.load()
  let names = ["this model", "small convolutional", "fully connected"]
  let networks = [model, surrogates.convolution, surrogates.perceptron]
  let epsilon = Epsilon.pixels(0.2)
  let steps = page.full(20, quick: 10)
  let pgd = PGD(
    epsilon: epsilon, stepSize: .pixels(2.5 * epsilon.pixels / Float(steps)),
    steps: steps, seed: page.options.seed)
  let noise = RandomSigns(epsilon: epsilon, seed: page.options.seed)
  page.say(
    """
    Without the weights there is no gradient. One way around it: train another
    network for the task and carry its adversarial images over (Szegedy et al.
    2014, arXiv:1312.6199). Two small networks ship with this package, with other
    layers and initial weights, but trained on the same images. PGD with
    \(steps) steps attacks all three, and each reads what was made against each:
    """)
  let cost = WorkReport.passesOfGradient * steps + names.count + 2
  let matrix = page.progress(
    "Transfer", passes: names.count * some.count * cost
  ) {
    TransferMatrix(of: { _ in pgd }, on: some, among: networks)
  }
  let control = networks.map { $0.accuracy(under: noise, on: some) }
  let made = matrix.accuracies
  page.table(
    "Accuracy on the first \(some.count) test images, ε = \(epsilon.pixels)",
    columns: ["made against"] + names,
    rows: zip(names + ["none (random signs)"], made + [control]).map {
      name, accuracies in [name] + accuracies.map { $0.value.percent(1) }
    }, ["transfer": made, "transferControl": control])
  let best = made[1][0].value <= made[2][0].value ? 1 : 2
  let carriesOver =
    control[0].lead95(over: made[best][0]).lowerBound > 0
  page.say(
    """
    The best of them leaves this model \(made[best][0].withInterval), random
    signs \(control[0].withInterval). \(carriesOver
      ? "It carries over; making it asked this model nothing."
      : "So few images do not show that it carries over.")
    """)
  return carriesOver
}

/// Attacks that ask for scores or for answers, each beside one with gradients.
///
/// - Returns: How many images Square turns; nil if the model reads none right.
private func askQuestions(_ page: Page, _ model: Sequential, _ fewest: Batch)
  -> Int?
{
  let right = readRight(fewest, by: model)
  guard right.count > 0 else { return nil }
  let nearest = right.prefix(page.full(10, quick: 2))
  let epsilon = Epsilon.pixels(0.1)
  let queries = page.full(1000, quick: 100)
  let jumps = page.full(10, quick: 2)
  let steps = page.full(20, quick: 10)
  let seed = page.options.seed
  page.say(
    """
    Or the attacker asks. Square (Andriushchenko et al. 2020, arXiv:1912.00049)
    asks for scores, up to \(queries.grouped) times, and keeps random squares of
    $±ε$ that help. HopSkipJump (Chen et al. 2020, arXiv:1904.02144) asks for
    answers only and walks along the boundary. Below each stands an attack with
    gradients, on the same images:
    """)
  // A jump asks some hundred times.
  let passes =
    right.count * (queries + WorkReport.passesOfGradient * steps)
    + nearest.count * jumps * 350
  let runs = page.progress("Questions", passes: passes) {
    [
      AttackRun(
        SquareAttack(epsilon: epsilon, queries: queries, seed: seed), on: right,
        against: model),
      AttackRun(
        PGD(
          epsilon: epsilon,
          stepSize: .pixels(2.5 * epsilon.pixels / Float(steps)), steps: steps,
          seed: seed), on: right, against: model),
      AttackRun(
        HopSkipJump(steps: jumps, seed: seed), on: nearest, against: model),
      AttackRun(DeepFool(), on: nearest, against: model),
    ]
  }
  let rows = [
    AskedRow(
      "Square, ε = \(epsilon.pixels)", runs[0], asks: "scores",
      isNearest: false),
    AskedRow(
      "PGD, ε = \(epsilon.pixels)", runs[1], asks: "gradients",
      isNearest: false),
    AskedRow("HopSkipJump", runs[2], asks: "answers", isNearest: true),
    AskedRow("DeepFool", runs[3], asks: "gradients", isNearest: true),
  ]
  page.table(
    "With and without gradients, on images that are read right",
    "withoutGradients", rows,
    [
      Column("attack") { $0.attack },
      Column("turned") { "\($0.turned) of \($0.images)" },
      Column("distance (ℓ2, median)") { $0.distance?.decimals(2) ?? "–" },
      Column("asked an image (mean)") {
        "\(Int($0.asked.rounded()).grouped) \($0.kind)"
      },
    ])
  return rows[0].turned
}

/// What one attack achieves, and what it asks.
private struct AskedRow: Encodable, Sendable {
  var attack: String
  var images: Int
  var turned: Int
  /// The median of the images turned; nil if the attack does not look for it.
  var distance: Double?
  /// The mean over all images.
  var asked: Double
  var kind: String

  init(_ attack: String, _ run: AttackRun, asks kind: String, isNearest: Bool) {
    self.attack = attack
    self.kind = kind
    images = run.goals.count
    turned = run.success.successes
    distance = isNearest ? run.medianDistance(.euclidean) : nil
    asked =
      kind == "gradients" ? run.meanPasses.backward : run.meanPasses.forward
  }
}

/// The images that the model reads right, with scores that are numbers.
private func readRight(_ batch: Batch, by model: Sequential) -> Batch {
  let logits = model.logits(of: batch.images)
  let answers = predictions(logits)
  let rows = batch.labels.indices.filter {
    answers[$0] == batch.labels[$0] && logits.row($0).allSatisfy(\.isFinite)
  }
  return Batch(
    images: batch.images.rows(rows), labels: rows.map { batch.labels[$0] })
}
