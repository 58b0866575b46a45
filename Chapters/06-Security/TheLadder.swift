import Lesson
import Shared

/// Every network of the lab at every ε, on the same images.
///
/// - Throws: A `TutorialError` if the figure cannot be written.
func ladder(_ page: Page, _ lab: Lab) throws {
  let epsilons = [0.1, 0.2].map(Epsilon.pixels) + [lab.strongest]
  var networks = [("plain", lab.plain)]
  for name in ["four-steps", "interval-0.3"] {
    if let network = lab.defenses[name] { networks.append((name, network)) }
  }
  let count = lab.few.count
  page.say(
    """
    Now all measures side by side: the plain network and the defended ones, the
    first \(count) test images, three sizes of the box. Each column adds an
    attack to those before it, and an image stands only if it withstands all of
    them so far; so a row can only fall, from clean down to the worst case.
    *Certified* comes from the other side. Between the two lies the truth. (PGD
    makes \(lab.stepsOnLadder) steps of ε/8 here.)
    """)
  let passes = epsilons.count * lab.passesOfRungs(networks: networks.count)
  let rungs = page.progress("The ladder", passes: passes) {
    networks.flatMap { name, network in
      epsilons.map { lab.rung(name, network, $0) }
    } + epsilons.compactMap { lab.smoothedRung($0) }
  }
  lab.rungs = rungs
  ladderTable(page, rungs, count)
  checkEveryStep(page, rungs)
  try ladderFigure(page, rungs, count)
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
  let certified = rungs.filter { $0.certified != nil }
  let contradictions = certified.reduce(0) { sum, rung in
    sum
      + zip(rung.certified ?? [], rung.standingAfterAll).count { $0 && !$1 }
  }
  page.record("certifiedButTurned", contradictions)
  func gap(_ rung: Rung) -> Int {
    rung.standingAfterAll.count { $0 } - (rung.certified ?? []).count { $0 }
  }
  let widest = certified.max { gap($0) < gap($1) }
  page.say(
    """
    \(contradictions == 0
      ? "No image is certified that an attack has turned, at any ε, as it must "
        + "be."
      : "**Careful:** \(contradictions) images are certified and yet turned; "
        + "one of the two is wrong.")
    \(widest.map {
      "The widest gap between the two sides, \(gap($0)) of "
        + "\($0.standingAfterAll.count) images, is that of *\($0.network)* at "
        + "$ε = \($0.epsilon.pixels)$: of these neither side can tell."
    } ?? "")\(rungs.contains { $0.network == "smoothed" }
      ? " The *smoothed* classifier (σ = 0.5) was attacked through the mean of "
        + "its answers to noisy copies; its balls hold no box as large as these."
      : "")
    """)
}

private func ladderFigure(_ page: Page, _ rungs: [Rung], _ count: Int) throws {
  let names = rungs.map(\.network).reduce(into: [String]()) { names, name in
    if !names.contains(name) { names.append(name) }
  }
  let curves: [LinePlot.Series] = names.flatMap { name in
    let own = rungs.filter { $0.network == name }
    let last = name == "smoothed" ? "PGD" : "worst case"
    let left = curve("\(name), \(last)", own) { $0.standingAfterAll }
    return name == "interval-0.3"
      ? [left, curve("\(name), certified", own) { $0.certified }] : [left]
  }
  var plot = LinePlot(
    "The ladder", xLabel: "ε (pixels)", yLabel: "images that stand (%)",
    series: curves, yRange: 0...100, legend: .lowerLeft)
  plot.terminalRows = 0
  try page.figure(
    "ladder", plot,
    caption: "what the strongest attacks of this chapter leave of each network "
      + "on the first \(count) test images; the bars are 95 % intervals."
      + (names.contains("interval-0.3")
        ? " For the one that was trained for bounds the figure shows what they "
          + "certify, too: the truth about it lies between its two curves."
        : ""))
}

/// A curve that begins at ε = 0 with what is read right.
private func curve(
  _ name: String, _ rungs: [Rung], _ stands: (Rung) -> [Bool]?
) -> LinePlot.Series {
  let clean = rungs.first.map { (epsilon: Float(0), stands: $0.standing[0]) }
  let others = rungs.compactMap { rung in
    stands(rung).map { (epsilon: rung.epsilon.pixels, stands: $0) }
  }
  let points = ([clean].compactMap { $0 } + others).map {
    (
      x: Double($0.epsilon),
      share: Proportion($0.stands.count { $0 }, of: $0.stands.count)
    )
  }
  return LinePlot.Series(
    name, points: points.map { ($0.x, $0.share.value * 100) },
    intervals: points.map {
      let interval = $0.share.interval95
      return interval.lowerBound * 100...interval.upperBound * 100
    })
}
