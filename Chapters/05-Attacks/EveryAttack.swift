import Lesson
import Shared

/// An attack of the library with what a lesson has time for.
private struct Entry {
  var name: String
  var steps: Int?
  var images = 100

  /// The whole library in its order, from the weakest attacker to the
  /// strongest; the dear ones see fewer images or make fewer steps.
  static let all = [
    Entry(name: "random-signs"), Entry(name: "uniform-noise"),
    Entry(name: "transfer"), Entry(name: "universal", steps: 100),
    Entry(name: "patch", steps: 100),
    Entry(name: "hopskipjump", steps: 10, images: 10),
    Entry(name: "square", steps: 1000), Entry(name: "fgsm"),
    Entry(name: "bim"), Entry(name: "mi-fgsm"), Entry(name: "pgd"),
    Entry(name: "pgd-l2"), Entry(name: "apgd-ce"), Entry(name: "apgd-dlr"),
    Entry(name: "apgd-t"), Entry(name: "fab-t", images: 50),
    Entry(name: "deepfool"),
    Entry(name: "carlini-wagner", steps: 300, images: 10),
  ]

  /// A tenth of it, for a quick run.
  var quick: Entry {
    let most = AttackRecipe.named(name)?.steps
    return Entry(
      name: name, steps: (steps ?? most).map { max(1, $0 / 10) },
      images: max(2, images / 10))
  }
}

/// One row of the table.
private struct Row: Encodable, Sendable {
  var attack: String
  var needs: String
  var bound: String
  var images: Int
  var accuracy: Proportion
  var forward: Double
  var backward: Double

  init(_ recipe: AttackRecipe, _ attack: any Attack, _ run: AttackRun) {
    self.attack = recipe.name
    needs =
      switch recipe.name {
      case "transfer": "own networks"
      case "universal", "patch": "weights, once"
      default: "\(recipe.knowledge)"
      }
    bound = attack.bound.inShort
    images = run.goals.count
    accuracy = run.accuracy
    (forward, backward) = run.meanPasses
  }

  init(_ name: String, _ attack: WorstCase, _ run: WorstCaseRun) {
    self.attack = name
    needs = "\(WorstCase.knowledge)"
    bound = attack.bound.inShort
    images = run.stands.count
    accuracy = run.accuracy
    (forward, backward) = run.meanPasses
  }
}

/// All attacks of the library in one table.
func everyAttack(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ fewest: Batch,
  standard: (attack: WorstCase, run: WorstCaseRun)
) throws {
  let material = AttackMaterial(
    model: model, images: mnist.training.first(page.full(2000, quick: 200)),
    surrogates: mnist.isShipped ? try SurrogateNetworks.load().all : [])
  let entries = page.full(Entry.all, quick: Entry.all.map(\.quick)).filter {
    // The attacker's own networks know MNIST and nothing else.
    $0.name != "transfer" || mnist.isShipped
  }
  let radius: Float = 1
  page.say(
    """
    The library's attacks, on as many of the first test images as stated, with the
    passes an image (some stop when it falls; what was made beforehand is left
    out).
    Compare only rows with the same bound and images: costly attacks have fewer,
    or fewer steps than their authors gave them. (`bim` is PGD from the image
    itself, `mi-fgsm` adds momentum, `pgd-l2` bounds the length;
    `swift run 05-Attacks\(page.modelFlags) --attack list` says more,
    `--attack NAME` runs one as you like and audits it.)
    """)
  let rows = try page.progress("All attacks", passes: cost(entries)) {
    try entries.compactMap { entry -> Row? in
      guard let recipe = AttackRecipe.named(entry.name) else { return nil }
      let attack = try recipe.attack(
        AttackSettings(
          size: recipe.norm == .euclidean ? radius : 0.1, steps: entry.steps,
          seed: page.options.seed),
        material)
      return Row(
        recipe, attack,
        AttackRun(attack, on: fewest.prefix(entry.images), against: model))
    }
  }
  let last = Row(
    page.full("standard set", quick: "shortened set"), standard.attack,
    standard.run)
  page.table(
    "Accuracy under each of them", "attacks", rows + [last],
    [
      Column("attack") { $0.attack }, Column("needs") { $0.needs },
      Column("bound") { $0.bound }, Column("images") { $0.images.grouped },
      Column("left, %") { $0.accuracy.inPerCent },
      Column("forward + back") {
        "\($0.forward.rounded().shortest) + \($0.backward.rounded().shortest)"
      },
    ])
  sayWhichWhen(page)
}

/// What all entries cost at most, for the progress bar.
private func cost(_ entries: [Entry]) -> Int {
  entries.reduce(0) { sum, entry in
    guard let recipe = AttackRecipe.named(entry.name) else { return sum }
    return sum
      + entry.images * (entry.steps ?? recipe.steps ?? 1) * recipe.passesPerStep
  }
}

private func sayWhichWhen(_ page: Page) {
  page.say(
    """
    **Which attack when?**

    - To see whether a program still does what it did: FGSM.
    - While a defence is built: PGD with several starts.
    - To report a number: the standard set, beside clean accuracy, ε, norm and
      number of images; then an attack made for that defence (chapter 6).
    - Without gradients: Square, HopSkipJump, or a transfer, which asks nothing.
    - "How far?": FAB (each pixel), DeepFool or Carlini–Wagner (length).
    - If no image can be prepared by itself: a universal perturbation or a patch.
    """)
}

extension Bound {
  /// As it stands in a table.
  fileprivate var inShort: String {
    switch self {
    case .maximum(let epsilon): "ℓ∞ \(epsilon.pixels)"
    case .euclidean(let radius): "ℓ2 \(Double(radius).shortest)"
    case .patch(let side): "\(side) × \(side)"
    case .none: "none"
    }
  }
}

extension Proportion {
  /// The share and its interval in as few letters as a wide table allows.
  var inPerCent: String {
    "\((value * 100).decimals(0)) ("
      + "\((interval95.lowerBound * 100).decimals(0))–"
      + "\((interval95.upperBound * 100).decimals(0)))"
  }
}
