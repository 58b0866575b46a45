import Lesson
import Shared

/// One network at one ε, from the weakest measure to the strongest, all on the
/// same images.
private struct Rung: Encodable, Sendable {
  var network: String
  var epsilon: Epsilon
  /// Without a change, under random signs, FGSM and PGD, each counted with all
  /// before it.
  var standing: [[Bool]]
  /// Under several attacks as well.
  var worst: [Bool]?
  var certified: [Bool]?

  /// The columns of the table.
  static let names = ["clean", "random", "FGSM", "PGD", "worst", "certified"]

  var shares: [Proportion?] {
    (standing + [worst, certified]).map { stands in
      stands.map { Proportion($0.count { $0 }, of: $0.count) }
    }
  }

  /// The lowest number that attacks have reached, image by image.
  var left: [Bool] { worst ?? standing[standing.count - 1] }

  private enum CodingKeys: CodingKey { case network, epsilon, shares }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(network, forKey: .network)
    try container.encode(epsilon.pixels, forKey: .epsilon)
    try container.encode(shares, forKey: .shares)
  }
}

/// Every network of the lab at every ε, on the same images.
///
/// - Throws: A `TutorialError` if the figure cannot be written.
func ladder(_ page: Page, _ lab: Lab, _ mnist: MNIST) throws {
  let few = lab.few
  let epsilons = [0.1, 0.2, 0.3].map(Epsilon.pixels)
  var networks = [("plain", lab.plain)]
  for name in ["four-steps", "interval"] {
    if let network = lab.defenses[name] { networks.append((name, network)) }
  }
  page.say(
    """
    Now all measures side by side: the plain network and the defended ones, the
    first \(few.count) test images, three sizes of the box. Each column adds an
    attack to those before it, and an image stands only if it withstands all of
    them so far; so a row can only fall, from clean down to the worst case.
    *Certified* comes from the other side. Between the two lies the truth.
    """)
  let passes =
    epsilons.count
    * (networks.count * few.count * lab.worstCase(epsilons[0]).passesAtMost / 2
      + few.count * 2500)
  let rungs = page.progress("The ladder", passes: passes) {
    epsilons.map { epsilon in
      networks.map { name, network in
        rung(page, lab, name, network, few, epsilon)
      } + [smoothedRung(page, lab, few, epsilon)].compactMap { $0 }
    }
  }.joined().sorted { one, other in
    order(one.network, networks) < order(other.network, networks)
  }
  ladderTable(page, rungs, few.count)
  checkEveryStep(page, rungs)
  try ladderFigure(page, rungs, few.count)
}

private func order(_ name: String, _ networks: [(String, Sequential)]) -> Int {
  networks.firstIndex { $0.0 == name } ?? networks.count
}

/// The attacks before the set, on a network or what stands in for it.
private func weakerAttacks(_ page: Page, _ epsilon: Epsilon) -> [any Attack] {
  [
    RandomSigns(epsilon: epsilon, seed: page.options.seed),
    FGSM(epsilon: epsilon),
    PGD(
      epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 8),
      steps: page.full(20, quick: 5), seed: page.options.seed),
  ]
}

/// What is left after each of several answers, counted with those before it.
private func falling(_ answers: [[Bool]]) -> [[Bool]] {
  answers.dropFirst().reduce(into: [answers[0]]) { all, now in
    all.append(zip(all[all.count - 1], now).map { $0 && $1 })
  }
}

private func rung(
  _ page: Page, _ lab: Lab, _ name: String, _ network: Sequential,
  _ few: Batch, _ epsilon: Epsilon
) -> Rung {
  func stands(_ images: Tensor) -> [Bool] {
    zip(predictions(network.logits(of: images)), few.labels).map(==)
  }
  let attacked = weakerAttacks(page, epsilon).map {
    stands($0.perturb(few.images, labels: few.labels, against: network))
  }
  let standing = falling([stands(few.images)] + attacked)
  // At 0.3 an earlier part has attacked some networks already.
  let known = epsilon == .pixels(0.3) ? lab.worstCases[name] : nil
  let run =
    known ?? WorstCaseRun(lab.worstCase(epsilon), on: few, against: network)
  if epsilon == .pixels(0.3) { lab.worstCases[name] = run }
  return Rung(
    network: name, epsilon: epsilon, standing: standing,
    worst: falling(standing + [run.stands]).last,
    certified: lab.certified(network, few, epsilon))
}

/// The smoothed classifier: attacked through the mean of its answers to noise,
/// and certified in the box that its balls contain.
private func smoothedRung(
  _ page: Page, _ lab: Lab, _ few: Batch, _ epsilon: Epsilon
) -> Rung? {
  guard let network = lab.defenses["noise-0.5"] else { return nil }
  let smoothing = RandomizedSmoothing(
    network, sigma: 0.5, estimationCount: page.full(200, quick: 50),
    seed: page.options.seed)
  let mean = smoothing.averaged(over: page.full(8, quick: 2))
  func stands(_ images: Tensor) -> [Bool] {
    zip(smoothing.predict(images), few.labels).map { $0 == $1 }
  }
  let attacked = weakerAttacks(page, epsilon).map {
    stands($0.perturb(few.images, labels: few.labels, against: mean))
  }
  let standing = falling([stands(few.images)] + attacked)
  lab.smoothedUnderPGD = standing.last.map {
    Proportion($0.count { $0 }, of: $0.count)
  }
  let run = lab.smoothed ?? SmoothedRun(smoothing, on: few)
  lab.smoothed = run
  let pixels = MNIST.imageShape.reduce(1, *)
  let corner = Double(epsilon.pixels) * Double(pixels).squareRoot()
  return Rung(
    network: "smoothed", epsilon: epsilon,
    standing: standing,
    certified: zip(run.answers, run.labels).map {
      $0.label == $1 && ($0.radius ?? 0) > corner
    })
}

private func ladderTable(_ page: Page, _ rungs: [Rung], _ count: Int) {
  page.table(
    "Per cent of the first \(count) images that stand, each with all attacks to "
      + "its left", "ladder", rungs,
    [
      Column("network") { $0.network },
      Column("ε") { $0.epsilon.pixels.decimals(1) },
    ]
      + Rung.names.enumerated().map { number, heading in
        Column(heading) { rung in
          rung.shares[number].map { ($0.value * 100).decimals(0) } ?? "–"
        }
      })
}

/// Whether no image is certified that an attack has turned.
private func checkEveryStep(_ page: Page, _ rungs: [Rung]) {
  let bounded = rungs.filter { $0.certified?.count == $0.left.count }
  let contradictions = bounded.reduce(0) { sum, rung in
    sum + zip(rung.certified ?? [], rung.left).count { $0 && !$1 }
  }
  page.record("certifiedButTurned", contradictions)
  func gap(_ rung: Rung) -> Int {
    rung.left.count { $0 } - (rung.certified ?? []).count { $0 }
  }
  let widest = bounded.max { gap($0) < gap($1) }
  page.say(
    """
    \(contradictions == 0
      ? "No image is certified that an attack has turned, at any ε, as it must "
        + "be."
      : "**Careful:** \(contradictions) images are certified and yet turned; "
        + "one of the two is wrong.")
    \(widest.map {
      "The widest gap between the two sides, \(gap($0)) of \($0.left.count) "
        + "images, is that of *\($0.network)* at $ε = \($0.epsilon.pixels)$: of "
        + "these nobody knows."
    } ?? "")
    The *smoothed* classifier (σ = 0.5) was attacked through the mean of its
    answers to noisy copies, and its balls hold no box as large as these.
    """)
}

private func ladderFigure(_ page: Page, _ rungs: [Rung], _ count: Int) throws {
  let names = rungs.map(\.network).reduce(into: [String]()) { names, name in
    if !names.contains(name) { names.append(name) }
  }
  var series: [LinePlot.Series] = []
  for name in names {
    let own = rungs.filter { $0.network == name }
    func curve(_ title: String, _ stands: (Rung) -> [Bool]?) {
      let points = own.compactMap { rung in
        stands(rung).map {
          (
            x: Double(rung.epsilon.pixels),
            share: Proportion($0.count { $0 }, of: $0.count)
          )
        }
      }
      series.append(
        LinePlot.Series(
          "\(name), \(title)",
          points: points.map { ($0.x, $0.share.value * 100) },
          intervals: points.map {
            let interval = $0.share.interval95
            return interval.lowerBound * 100...interval.upperBound * 100
          }))
    }
    curve(name == "smoothed" ? "PGD" : "worst case") { $0.left }
    if name == "interval" { curve("certified") { $0.certified } }
  }
  var plot = LinePlot(
    "The ladder", xLabel: "ε (pixels)", yLabel: "images that stand (%)",
    series: series, yRange: 0...100, legend: .lowerLeft)
  plot.terminalRows = 0
  try page.figure(
    "ladder", plot,
    caption: "what the strongest attacks of this chapter leave of each network "
      + "on the first \(count) test images, and what interval bounds certify of "
      + "the one that was trained for them; the bars are 95 % intervals. The "
      + "truth about that one lies between its two curves.")
}
