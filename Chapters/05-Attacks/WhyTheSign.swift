import Lesson
import Shared

/// How far the slopes can be trusted, and why FGSM takes only their signs.
func whyTheSign(
  _ page: Page, _ model: Sequential, _ digit: Batch, _ few: Batch,
  _ mnist: MNIST
) throws {
  page.say(
    """
    How far can the slopes at the image be trusted? Call $w$ the slopes with
    which the *lead* falls: the right class's logit less the largest other one.
    Were the network linear, and the runner-up the same, a step of $ε$ along the
    signs of $w$ would take $ε·‖w‖₁$ from it: a straight line, the *tangent*. Look
    where the curve leaves it, and where it crosses 0 and the answer turns wrong.
    (Black and white cut nothing off here.)
    """)
  let curves = LeadCurves(model, digit, seed: page.options.seed)
  page.record("linearity", curves)
  try page.figure(
    "linearity", curves.plot,
    caption: "the lead of the right class, for the "
      + "\(mnist.isShipped ? "digit" : "image") of the last section.")
  let (some, draws) = (few.prefix(100), page.full(50, quick: 10))
  let epsilon = Epsilon.pixels(0.1)
  let slopes = slopesOfFall(model, some)
  let norms = SlopeNorms(slopes)
  let losses = lossesOfLead(
    model, some, slopes, epsilon, draws: draws, seed: page.options.seed)
  page.record("signStepLoss", losses.signs)
  page.record("randomSignsChange", losses.random)
  func said(_ norm: Double) -> String {
    (Double(epsilon.pixels) * norm).decimals(2)
  }
  page.say(
    """
    \(curves.inWords)

    Now the mean of \(some.count) images at $ε = \(epsilon.pixels)$. By the
    slopes, the signs of $w$ take $ε·‖w‖₁$ = \(said(norms.sum)) from the lead;
    measured: \(losses.signs.decimals(2)). Random signs (\(draws) draws) change
    it by typically $ε·‖w‖₂$ = \(said(norms.length)); measured:
    \(losses.random.decimals(2)). By the slopes, the sign is the best step because
    each pixel has a limit of its own; another norm has another best step:
    """)
  normTable(page, norms)
}

/// The best step under each of three limits.
private func normTable(_ page: Page, _ norms: SlopeNorms) {
  page.table(
    "The step that takes most from the lead (ε: each row's own limit)",
    columns: ["limit on", "best step", "lead falls by", "here (× ε)"],
    rows: [
      ["each pixel (ℓ∞)", "ε·sign(w)", "ε·‖w‖₁", norms.sum.decimals(2)],
      ["length (ℓ2)", "ε·w/‖w‖₂", "ε·‖w‖₂", norms.length.decimals(2)],
      [
        "sum of |changes| (ℓ1)", "ε on the steepest pixel", "ε·max|w|",
        norms.largest.decimals(2),
      ],
    ], ["slopeNorms": norms])
}

/// The lead of one image's right class at each ε, along two directions, and
/// what the slopes say of the first of them.
private struct LeadCurves: Encodable, Sendable {
  var epsilons = (0...30).map { Double($0) / 100 }
  var alongSigns, tangent, alongRandomSigns: [Double]

  init(_ model: Sequential, _ image: Batch, seed: UInt64) {
    let sizes = epsilons
    let slopes = slopesOfFall(model, image)
    func leads(along direction: Tensor) -> [Double] {
      let moved = sizes.map { image.images + direction * Float($0) }
      let labels = sizes.flatMap { _ in image.labels }
      return leadsOfLabels(model, Tensor(concatenating: moved), labels)
    }
    let falling = leads(along: slopes.map(sign))
    let steepness = slopes.map(abs).sum
    alongSigns = falling
    alongRandomSigns = leads(along: coins(like: image.images, seed, 0))
    tangent = sizes.map { (falling.first ?? 0) - $0 * steepness }
  }

  var plot: LinePlot {
    let curves = [
      ("signs of w", alongSigns), ("tangent", tangent),
      ("random signs", alongRandomSigns),
    ]
    var plot = LinePlot(
      "The lead as ε grows", xLabel: "ε (pixels)", yLabel: "lead (logits)",
      series: curves.map { name, leads in
        LinePlot.Series(name, points: zip(epsilons, leads).map { ($0, $1) })
      }, legend: .lowerLeft)
    plot.terminalRows = 7
    return plot
  }

  /// How much of what the slopes say comes, and where the answer turns.
  var inWords: String {
    let all = alongSigns + alongRandomSigns + tangent
    guard all.allSatisfy(\.isFinite) else { return "" }
    let falls = [10, 30].filter {
      tangent.indices.contains($0) && tangent[$0] < tangent[0]
    }.map { index in
      let fall = tangent[0] - alongSigns[index]
      return "by \(fall.decimals(1)) at $ε = \(epsilons[index])$, "
        + (fall / (tangent[0] - tangent[index])).percent(0)
        + " of what the slopes say"
    }.joined(separator: ", and ")
    return
      (falls.isEmpty ? "" : "The lead falls \(falls). ")
      + "Along the signs of $w$ the answer \(turn(in: alongSigns)); "
      + "along these random ones it \(turn(in: alongRandomSigns))."
  }

  private func turn(in leads: [Double]) -> String {
    leads.firstIndex { $0 < 0 }.map {
      $0 == 0
        ? "is wrong from the start" : "turns wrong at $ε = \(epsilons[$0])$"
    } ?? "stays right up to \(epsilons.last ?? 0)"
  }
}

/// Three sizes of the slopes, ‖w‖₁, ‖w‖₂ and max|w|: means over the images.
private struct SlopeNorms: Encodable, Sendable {
  var sum, length, largest: Double

  init(_ slopes: Tensor) {
    let rows = (0..<slopes.shape[0]).map { slopes.rows([$0]) }
    sum = meanOf(rows.map { $0.map(abs).sum })
    length = meanOf(rows.map(\.norm))
    largest = meanOf(rows.map { Double($0.maximumMagnitude) })
  }
}

/// What the images' leads lose on average along the signs of their slopes, and
/// what random signs change: the root of the mean square over the draws.
private func lossesOfLead(
  _ model: Sequential, _ some: Batch, _ slopes: Tensor, _ epsilon: Epsilon,
  draws: Int, seed: UInt64
) -> (signs: Double, random: Double) {
  let before = leadsOfLabels(model, some.images, some.labels)
  func falls(along direction: Tensor) -> [Double] {
    let moved = some.images + direction * epsilon.pixels
    return zip(before, leadsOfLabels(model, moved, some.labels)).map { $0 - $1 }
  }
  let changes = (0..<draws).map { draw in
    falls(along: coins(like: some.images, seed, draw))
  }
  let typical = before.indices.map { image in
    meanOf(changes.map { $0[image] * $0[image] }).squareRoot()
  }
  return (meanOf(falls(along: slopes.map(sign))), meanOf(typical))
}

/// How fast each image's lead falls with each pixel.
private func slopesOfFall(_ model: Sequential, _ some: Batch) -> Tensor {
  let goals = some.labels.map(Goal.avoid)
  return model.inputGradient(of: some.images) { logits, range in
    Tensor(
      rows: zip(logits.allRows, goals[range]).map {
        AttackLoss.margin($0, $1).gradient
      }, of: [logits.shape[1]])
  }
}

/// How far each image's right class lies ahead of the best other one.
private func leadsOfLabels(
  _ model: Sequential, _ images: Tensor, _ labels: [Int]
) -> [Double] {
  zip(model.logits(of: images).allRows, labels).map {
    -AttackLoss.margin($0, .avoid($1)).value
  }
}

/// +1 or −1 for every pixel.
private func coins(like images: Tensor, _ seed: UInt64, _ draw: Int) -> Tensor {
  var generator = SeededGenerator(seed: derivedSeed(seed, .coins, draw))
  return images.map { _ in generator.coin() }
}

private func meanOf(_ numbers: [Double]) -> Double {
  numbers.reduce(0, +) / Double(max(numbers.count, 1))
}
