import Lesson
import Shared

/// What the plain network reads of the test images as they come.
struct CleanReading {
  private let isRight: [Bool]

  init(_ lab: Lab) {
    let evaluation = lab.plain.evaluate(on: lab.mnist.test)
    isRight = zip(evaluation.predictions, evaluation.labels).map(==)
  }

  /// Of the first so many.
  func share(of count: Int) -> Proportion {
    let some = isRight.prefix(count)
    return Proportion(some.count { $0 }, of: some.count)
  }
}

extension Lab {
  /// The plain network at each ε of the ladder.
  var plainRungs: [Rung] { rungs.filter { $0.network == "plain" } }
}

/// Each attack by itself, on as many images as chapter 5 took.
func attacksAlone(
  _ results: AttackResults?, _ epsilon: Epsilon, _ reading: CleanReading
) -> [RobustnessReport.Tried] {
  guard let results else { return [] }
  // Of PGD and of the set only what they left is handed over.
  let measured: [(String, Int?, [RobustnessPoint])] = [
    ("random signs alone", nil, results.randomSigns),
    ("FGSM alone", 1, results.fgsm), ("PGD alone", nil, results.pgd),
    ("standard set", nil, results.worstCase),
  ]
  return measured.compactMap { name, steps, points in
    points.at(epsilon).map { point in
      RobustnessReport.Tried(
        name, steps: steps, starts: steps, left: point,
        clean: reading.share(of: point.accuracy.total),
        isWorstCase: name == "standard set")
    }
  }
}

/// The attacks of the ladder, each counted with those before it.
func attacksInTurn(_ lab: Lab, _ rung: Rung, _ reading: CleanReading)
  -> [RobustnessReport.Tried]
{
  let set = lab.worstCase(rung.epsilon)
  let names = set.members.map { $0.name }.joined(separator: "; ")
  let steps = set.members.compactMap { ($0.attack as? APGD)?.steps }.first
  let queries = set.members
    .compactMap { ($0.attack as? SquareAttack)?.queries }.first
  func tried(
    _ attack: String, _ share: Proportion?, steps: Int? = nil,
    queries: Int? = nil, isWorstCase: Bool = false
  ) -> RobustnessReport.Tried? {
    share.map { share in
      RobustnessReport.Tried(
        attack, steps: steps, starts: steps.map { _ in 1 }, queries: queries,
        left: RobustnessPoint(epsilon: rung.epsilon, accuracy: share),
        clean: reading.share(of: share.total), isWorstCase: isWorstCase)
    }
  }
  let shares = rung.shares
  return [
    tried("random signs", shares[1]), tried("+ FGSM", shares[2], steps: 1),
    tried("+ PGD", shares[3], steps: lab.stepsOnLadder),
    tried(
      "+ \(names)", shares[4], steps: steps, queries: queries,
      isWorstCase: true),
  ].compactMap { $0 }
}

/// PGD on the plain network, as the checks of an audit see it; nil if there is
/// nothing to compute with.
func auditOfPGD(_ page: Page, _ lab: Lab) throws
  -> RobustnessReport.Audited?
{
  let batch = lab.mnist.test.first(page.full(Audit.images, quick: 10))
  guard let recipe = AttackRecipe.named("pgd"),
    lab.plain.logits(of: batch.images).scalars.allSatisfy(\.isFinite)
  else { return nil }
  let epsilon = RobustnessReport.decidingEpsilon
  let steps = page.full(recipe.steps ?? 40, quick: 10)
  let settings = AttackSettings(
    size: epsilon.pixels, steps: steps, seed: page.options.seed)
  let material = AttackMaterial(
    model: lab.plain, images: lab.mnist.training.first(1),
    surrogates: lab.mnist.isShipped ? try SurrogateNetworks.load().all : [])
  // What an audit costs at most, as its documentation says.
  let passes =
    batch.count * (11 * steps * WorkReport.passesOfGradient + 300)
  let audit = try page.progress("Audit", passes: passes) {
    try Audit(of: recipe, settings: settings, material: material, on: batch)
  }
  return RobustnessReport.Audited(
    audit, of: "PGD", at: epsilon, steps: steps, images: batch.count)
}

/// What was measured outside the box, if that part has run.
///
/// Its last row is that of the box, for comparison.
func changesBeyond(_ lab: Lab) -> [RobustnessReport.Change] {
  lab.beyond.filter { !$0.change.hasPrefix("in the box") }.compactMap { row in
    row.share("plain").map { RobustnessReport.Change(row.change, $0) }
  }
}

/// The other networks of the ladder, image by image beside the plain one.
func comparisons(_ lab: Lab) -> [RobustnessReport.Compared] {
  lab.rungs.filter { $0.network != "plain" && $0.worst != nil }
    .compactMap { rung in
      lab.plainRungs.first { $0.epsilon == rung.epsilon }.map { plain in
        RobustnessReport.Compared(
          rung.network, at: rung.epsilon,
          PairedProportions(rung.standingAfterAll, plain.standingAfterAll))
      }
    }
}

/// The names of the recipes behind the lines of the report.
func triedRecipes(_ lab: Lab, _ results: AttackResults?) -> Set<String> {
  let ofSet = [
    "APGD-CE": "apgd-ce", "APGD-DLR, targeted": "apgd-t",
    "FAB, targeted": "fab-t", "Square": "square",
  ]
  let members = lab.worstCase(lab.strongest).members.compactMap {
    ofSet[$0.name]
  }
  var names: Set = ["random-signs", "fgsm", "pgd", AttackRecipe.worstCase.name]
  names.formUnion(members)
  if results?.worstCase.isEmpty == false { names.formUnion(ofSet.values) }
  if lab.beyond.contains(where: { $0.change.hasPrefix("patch") }) {
    names.insert("patch")
  }
  return names
}
