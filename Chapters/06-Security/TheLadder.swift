import Lesson
import Shared

/// One network at one ε, from the weakest measure to the strongest.
private struct Rung: Encodable, Sendable {
  var network: String
  var epsilon: Epsilon
  /// On the same images: without a change, under random signs, FGSM, PGD and
  /// several attacks, each counted with all before it; then certified.
  var standing: [[Bool]]
  var certified: [Bool]?

  var shares: [Proportion] {
    (standing + [certified].compactMap { $0 }).map { stands in
      Proportion(stands.count { $0 }, of: stands.count)
    }
  }

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
  for name in ["four-steps", "interval", "noise-0.5"] {
    if let network = lab.defenses[name] { networks.append((name, network)) }
  }
  page.say(
    """
    Now all measures side by side: the plain network and the defended ones, the
    first \(few.count) test images, three sizes of the box. Each column adds an
    attack to those before it, and an image stands only if it withstands all of
    them so far; so a row can only fall, from clean down to the worst case. Below
    it lies what is certified, from the other side. Between the last two lies
    the truth.
    """)
  let steps = page.full(20, quick: 5)
  let set = lab.worstCase(epsilons[0])
  let passes = networks.count * few.count * epsilons.count
    * (3 * steps + set.passesAtMost * 2 / 3)
  let rungs = try page.progress("The ladder", passes: passes) {
    try networks.flatMap { name, network in
      try epsilons.map { epsilon in
        try rung(page, lab, name, network, few, epsilon, steps: steps)
      }
    }
  }
  ladderTable(page, rungs, few.count)
  checkEveryStep(page, rungs)
  try ladderFigure(page, rungs, few.count)
}

private func rung(
  _ page: Page, _ lab: Lab, _ name: String, _ network: Sequential,
  _ few: Batch, _ epsilon: Epsilon, steps: Int
) throws -> Rung {
  let seed = page.options.seed
  let attacks: [any Attack] = [
    RandomSigns(epsilon: epsilon, seed: seed), FGSM(epsilon: epsilon),
    PGD(
      epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 8), steps: steps,
      seed: seed),
  ]
  func stands(_ images: Tensor) -> [Bool] {
    zip(predictions(network.logits(of: images)), few.labels).map(==)
  }
  var standing = [stands(few.images)]
  for attack in attacks {
    let now = stands(
      attack.perturb(few.images, labels: few.labels, against: network))
    standing.append(zip(standing[standing.count - 1], now).map { $0 && $1 })
  }
  // At 0.3 an earlier part has attacked some of them already.
  let known = epsilon == .pixels(0.3) ? lab.worstCases[name] : nil
  let run =
    known
    ?? WorstCaseRun(lab.worstCase(epsilon), on: few, against: network)
  standing.append(
    zip(standing[standing.count - 1], run.stands).map { $0 && $1 })
  let isBounded = name != "plain" || lab.canBeBounded
  if epsilon == .pixels(0.3) { lab.worstCases[name] = run }
  return Rung(
    network: name, epsilon: epsilon, standing: standing,
    certified: isBounded
      ? try network.isCertified(on: few, epsilon: epsilon) : nil)
}

private func ladderTable(_ page: Page, _ rungs: [Rung], _ count: Int) {
  let headings = ["clean", "random", "FGSM", "PGD", "worst", "certified"]
  page.table(
    "Per cent of the first \(count) images that stand, each with all attacks to "
      + "its left", "ladder", rungs,
    [
      Column("network") { $0.network },
      Column("ε") { $0.epsilon.pixels.decimals(1) },
    ]
      + headings.enumerated().map { number, heading in
        Column(heading) { rung in
          rung.shares.indices.contains(number)
            ? (rung.shares[number].value * 100).decimals(0) : "–"
        }
      })
}

/// Whether no image is certified that an attack has turned.
private func checkEveryStep(_ page: Page, _ rungs: [Rung]) {
  let contradictions = rungs.reduce(0) { sum, rung in
    guard let certified = rung.certified, let worst = rung.standing.last
    else { return sum }
    return sum + zip(certified, worst).count { $0 && !$1 }
  }
  page.record("certifiedButTurned", contradictions)
  let widest = rungs.compactMap { rung -> (Rung, Double)? in
    guard rung.certified != nil else { return nil }
    let shares = rung.shares.map(\.value)
    return (rung, shares[shares.count - 2] - shares[shares.count - 1])
  }.max { $0.1 < $1.1 }
  page.say(
    """
    \(contradictions == 0
      ? "No image is certified that any attack has turned, at any ε: the two "
        + "sides meet nowhere, as they must."
      : "**Careful:** \(contradictions) images are certified and yet turned; "
        + "one of the two is wrong.")
    \(widest.map {
      "The widest gap between worst case and certificate, "
        + "\(($0.1 * 100).decimals(0)) points, is that of `\($0.0.network)` at "
        + "$ε = \($0.0.epsilon.pixels)$: there nobody knows."
    } ?? "")
    The network that has trained on noise is smoothed in the last part; here it
    stands alone.
    """)
}

private func ladderFigure(_ page: Page, _ rungs: [Rung], _ count: Int) throws {
  let names = rungs.map(\.network).reduce(into: [String]()) { names, name in
    if !names.contains(name) { names.append(name) }
  }
  var series: [LinePlot.Series] = []
  for name in names {
    let own = rungs.filter { $0.network == name }
    func curve(_ title: String, _ share: (Rung) -> Proportion?) {
      let points = own.compactMap { rung in
        share(rung).map { (Double(rung.epsilon.pixels), $0) }
      }
      series.append(
        LinePlot.Series(
          "\(name), \(title)", points: points.map { ($0.0, $0.1.value * 100) },
          intervals: points.map {
            let interval = $0.1.interval95
            return interval.lowerBound * 100...interval.upperBound * 100
          }))
    }
    curve("worst case") { $0.shares[4] }
    if name == "interval" {
      curve("certified") { $0.shares.count > 5 ? $0.shares[5] : nil }
    }
  }
  var plot = LinePlot(
    "The ladder", xLabel: "ε (pixels)", yLabel: "images that stand (%)",
    series: series, yRange: 0...100, legend: .lowerLeft)
  plot.terminalRows = 0
  try page.figure(
    "ladder", plot,
    caption: "what several attacks leave of each network on the first \(count) "
      + "test images, and what interval bounds certify of the network that was "
      + "trained for them; the bars are 95 % intervals. The truth about a network "
      + "lies between its two curves.")
}

/// First filters and feature maps of plain and hardened network.
///
/// - Throws: A `TutorialError` if the figure cannot be written.
func sideBySide(_ page: Page, _ lab: Lab, _ mnist: MNIST) throws {
  guard let hardened = lab.defenses["four-steps"],
    let first = lab.plain["conv1"] as? Conv2D,
    let other = hardened["conv1"] as? Conv2D
  else { return }
  var filters = ImageGrid(columns: 8)
  filters.excerptLimit = 0
  for (name, layer) in [("plain", first), ("four-steps", other)] {
    filters.addRow(
      layer.weight.filtersAsImages, .signed(layer.weight.maximumMagnitude),
      label: name)
  }
  func size(_ layer: Conv2D) -> [Float] {
    let weights = layer.weight.scalars
    let area = weights.count / layer.weight.shape[0]
    return (0..<layer.weight.shape[0]).map { filter in
      weights[filter * area..<(filter + 1) * area].map(abs).max() ?? 0
    }
  }
  func quiet(_ sizes: [Float]) -> Int {
    let loudest = sizes.max() ?? 0
    return sizes.count { $0 < loudest / 10 }
  }
  let (plainQuiet, hardenedQuiet) = (quiet(size(first)), quiet(size(other)))
  page.record("quietFilters", [plainQuiet, hardenedQuiet])
  page.say(
    """
    What has the hardened network learned? Of the \(first.weight.shape[0]) first
    filters of the plain one \(plainQuiet) have no weight above a tenth of the
    largest of all, of the four-step one \(hardenedQuiet). Madry et al. found only
    three alive in theirs, each with a single weight that counts: they
    *threshold* pixels, by themselves.
    """)
  try page.figure(
    "filters", filters, scale: 16,
    caption: "the first filters of the plain network (above) and of the "
      + "four-step one (below): red weights count a pixel for, blue ones "
      + "against.",
    alternative: "Two grids of small squares, red for positive and blue for "
      + "negative weights; in the lower grid \(hardenedQuiet) of "
      + "\(other.weight.shape[0]) squares are nearly white.")
  try mapsUnderAttack(page, lab.plain, hardened, mnist)
}

/// The same channels, clean and attacked, of both networks.
private func mapsUnderAttack(
  _ page: Page, _ plain: Sequential, _ hardened: Sequential, _ mnist: MNIST
) throws {
  let one = mnist.test.first(1)
  var grid = ImageGrid(columns: 8)
  grid.excerptLimit = 0
  for network in [plain, hardened] {
    let attacked = PGD(
      epsilon: .pixels(0.2), stepSize: .pixels(0.02), steps: 20,
      seed: page.options.seed
    ).perturb(one.images, labels: one.labels, against: network)
    func maps(_ images: Tensor) -> Tensor {
      let relu = network.activations(of: images).first { $0.name == "relu1" }
      return relu?.output.channelsAsImages.rows(0..<8) ?? images
    }
    let (clean, moved) = (maps(one.images), maps(attacked))
    let most = max(clean.maximumMagnitude, .leastNormalMagnitude)
    grid.addRow(clean, .gray(0...most))
    grid.addRow(moved, .gray(0...most))
  }
  try page.figure(
    "maps", grid, scale: 2,
    caption: "eight channels of `relu1` on the first test image: of the plain "
      + "network clean and under PGD at $ε = 0.2$, below them the same of the "
      + "four-step one. Compare each pair of rows: how much of the background "
      + "lights up?",
    alternative: "Four rows of eight small gray maps of one digit.")
}
