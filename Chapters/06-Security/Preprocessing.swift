import Lesson
import Shared

/// A change of the pixels before the network sees them, as a defence.
private struct Preprocessor {
  var name: String
  var layer: any Layer

  static let all = [
    Preprocessor(name: "8 gray levels", layer: BitDepth(bits: 3)),
    Preprocessor(name: "median 3 × 3", layer: MedianFilter(size: 3)),
    Preprocessor(name: "total variation", layer: TotalVariation(weight: 0.1)),
    Preprocessor(name: "random size", layer: RandomResizeAndPad()),
    Preprocessor(name: "black or white", layer: Thresholding(at: 0.5)),
  ]
}

/// What four attackers leave of one preprocessed network.
private struct Outcome: Encodable, Sendable {
  var defense: String
  var clean: Proportion
  /// The attack on the network alone, carried over.
  var unaware: Proportion
  /// The attack on both, as the gradient comes.
  var naive: Proportion
  /// With a stand-in for the step that has no gradient, or the mean over draws.
  var adaptive: Proportion
  /// Square.
  var blackBox: Proportion
  /// All four, image by image.
  var together: Proportion
  /// How far the naive number lies above it.
  var hid: ClosedRange<Double>

  private enum CodingKeys: CodingKey {
    case defense, clean, unaware, naive, adaptive, blackBox, together
  }
}

/// Five ways to clean the input, each attacked in four.
func preprocessing(_ page: Page, _ lab: Lab) {
  let mnist = lab.mnist
  let few = mnist.test.first(page.full(100, quick: 20, long: 500))
  let epsilon = Epsilon.pixels(0.2)
  let draws = 10
  page.say(
    """
    **Preprocessing.** Round, blur or shift the image before the network sees it
    (Xu et al. 2018, arXiv:1704.01155; Guo et al. 2018, arXiv:1711.00117). One
    measurement is not enough here. The attacker may not know of it
    (*unaware*: PGD on the bare network), may follow the gradient through it as
    it comes (*naive*), may know better (*adaptive*): where a step has slope 0,
    like rounding, go backward as if it were not there (BPDA), where it is
    random, average the gradient over \(draws) draws (EOT; both Athalye et al.
    2018, arXiv:1802.00420). Or may ask for scores only (*black-box*: Square).
    """)
  let (steps, queries) = (
    page.full(20, quick: 10), page.full(500, quick: 50, long: 5000)
  )
  let passes =
    Preprocessor.all.count * few.count * (3 * 3 * steps + queries)
  let outcomes = page.progress("Preprocessing", passes: passes) {
    Preprocessor.all.map {
      outcome(
        $0, lab, few, epsilon, draws: draws, steps: steps, queries: queries)
    }
  }
  page.table(
    "ε = \(epsilon.pixels), the first \(few.count) images: what each leaves, in "
      + "per cent",
    "preprocessing", outcomes,
    [
      Column("defence") { $0.defense },
      Column("clean") { ($0.clean.value * 100).decimals(0) },
      Column("unaware") { ($0.unaware.value * 100).decimals(0) },
      Column("naive") { ($0.naive.value * 100).decimals(0) },
      Column("adaptive") { ($0.adaptive.value * 100).decimals(0) },
      Column("black-box") { ($0.blackBox.value * 100).decimals(0) },
      Column("after all") { $0.together.inShort },
    ])
  for outcome in outcomes {
    lab.note(
      Score(
        defense: outcome.defense, clean: outcome.clean,
        fixed: outcome.naive, adaptive: outcome.together))
  }
  sayWhatHid(page, outcomes, mnist, epsilon)
}

private func outcome(
  _ defense: Preprocessor, _ lab: Lab, _ few: Batch, _ epsilon: Epsilon,
  draws: Int, steps: Int, queries: Int
) -> Outcome {
  let (plain, seed) = (lab.plain, lab.page.options.seed)
  let honest = plain.defended(by: defense.layer, named: "defense")
  // A median has a gradient of its own.
  let copy: Sequential =
    switch defense.layer {
    case is any RandomLayer:
      honest.averaged(over: draws, seed: derivedSeed(seed, .query))
    case is MedianFilter: honest
    default: plain.defended(by: defense.layer.straightThrough, named: "defense")
    }
  let pgd = PGD(
    epsilon: epsilon, stepSize: .pixels(0.02), steps: steps, seed: seed)
  func stands(_ attack: any Attack) -> [Bool] {
    AttackRun(attack, on: few, against: honest).isMet.map { !$0 }
  }
  func share(_ stands: [Bool]) -> Proportion {
    Proportion(stands.count { $0 }, of: stands.count)
  }
  let unaware = stands(Transfer(pgd, from: [plain]))
  let naive = stands(pgd)
  let adaptive = stands(Transfer(pgd, from: [copy]))
  let square = stands(
    SquareAttack(epsilon: epsilon, queries: queries, seed: seed))
  let together = few.labels.indices.map {
    unaware[$0] && naive[$0] && adaptive[$0] && square[$0]
  }
  return Outcome(
    defense: defense.name,
    clean: honest.evaluate(on: few.images, labels: few.labels).accuracy,
    unaware: share(unaware), naive: share(naive), adaptive: share(adaptive),
    blackBox: share(square),
    together: share(together), hid: PairedProportions(naive, together).lead95)
}

/// Which defences only hid the gradient, and what stands after all.
private func sayWhatHid(
  _ page: Page, _ outcomes: [Outcome], _ mnist: MNIST, _ epsilon: Epsilon
) {
  let hid = outcomes.filter { $0.hid.lowerBound > 0.1 }
  let held = outcomes.filter { $0.together.interval95.lowerBound > 0.5 }
  let names = { (outcomes: [Outcome]) in
    outcomes.map { "*\($0.defense)*" }.joined(separator: " and ")
  }
  page.say(
    """
    \(hid.isEmpty
      ? "Here no naive number lies clearly above what all attacks leave."
      : "Compare *naive* with *after all*: for \(names(hid)) the naive attack says far "
        + "too much: it failed for lack of a gradient, the images were not safe. "
        + "Such *obfuscated gradients*, masked ones, carried seven of nine "
        + "defences of ICLR 2018; six fell completely, one in part (Athalye et "
        + "al.).")
    """)
  guard let threshold = outcomes.last,
    held.contains(where: { $0.defense == threshold.defense })
  else { return }
  let pixels = mnist.test.prefix(1000).pixels
  let near = pixels.count {
    abs(Float($0) / 255 - 0.5) <= epsilon.pixels
  }
  page.say(
    """
    And the honest surprise: *\(threshold.defense)* leaves
    \(threshold.together.inShort) % after everything. Its gradient is hidden,
    too, but that is not what holds: a pixel changes sides only if it lies within
    $ε$ of 0.5, and of the pixels here that is so for
    \((Double(near) / Double(pixels.count)).percent(1)). Expect it not to travel:
    from $ε = 0.5$ on every pixel can be turned, and images whose pixels are not
    nearly black or white have many near any threshold.
    """)
}
