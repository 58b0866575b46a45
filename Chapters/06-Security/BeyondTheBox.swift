import Lesson
import Shared

/// The networks of the lab under changes that no small box describes.
///
/// - Throws: A `TutorialError` if the live model is missing and cannot be
///   trained, or if the figure cannot be written.
func beyondTheBox(_ page: Page, _ lab: Lab, _ handwriting: Handwriting?) throws
{
  var networks: [BeyondStudy.Named] = [
    ("plain", lab.plain), ("one-step", try lab.needHardened()),
  ]
  for name in ["four-steps", "interval-0.3"] {
    if let network = lab.defenses[name] { networks.append((name, network)) }
  }
  // Which one is compared with the plain network.
  let subject = lab.defenses["four-steps"] == nil ? 1 : 2
  let name = networks[subject].name
  let study = BeyondStudy(lab)
  introduce(page, lab, study)
  let guess = page.guess(
    "beyond the box",
    "How many per cent of the first \(study.images.count.grouped) test images "
      + "does the \(inProse(name)) network read right under each of the "
      + "rotations, up to 30 degrees?", .percent)
  let measured = try page.progress(
    "Beyond the box", passes: study.passes(networks: networks.count)
  ) {
    (
      changes: study.changes(networks), patch: try study.patches(networks),
      box: study.box(networks)
    )
  }
  let rows = measured.changes + [measured.patch.row, measured.box]
  lab.beyond = rows
  beyondTable(page, rows, networks.map { $0.name })
  if let outcome = rows[BeyondStudy.widestRotation].share(name) {
    page.reveal(
      guess, outcome: outcome.value,
      "It was trained on images attacked within a box; from that nothing "
        + "follows for rotated ones, neither good nor bad.")
  }
  sayHowFar(page, lab, measured.changes)
  compare(page, rows, name)
  try beyondFigure(
    page, lab, study.images, rows, [0, subject].map { networks[$0] },
    [0, subject].map { measured.patch.patches[$0] })
  if let handwriting { readHandwriting(page, lab, networks, handwriting) }
}

/// A network's name as an adjective: four-step for four-steps.
func inProse(_ network: String) -> String {
  network == "four-steps" ? "four-step" : network
}

private func introduce(_ page: Page, _ lab: Lab, _ study: BeyondStudy) {
  page.say(
    """
    A box is easy to write down, but
    \(lab.mnist.isShipped ? "a digit" : "an image") in the world comes askew or
    off the center, out of focus, from another pen, with a sticker on it. What
    is a number measured in the box worth there? Engstrom et al. (2019,
    arXiv:1712.02779) attack with rotations and shifts alone: they try a *grid*
    of them, and an image counts only if it is read right under every one. Here
    are rotations in steps of \(study.rotationStep) degrees; separately shifts
    in steps of \(study.shiftStep) pixels; blur with a normal kernel of σ
    pixels; a pen one pixel thicker or thinner; a patch as in chapter 5, made
    for each network, at a random place; and for comparison the box of
    \(lab.strongest.pixels): FGSM and PGD-\(study.steps) together.
    """)
}

private func beyondTable(
  _ page: Page, _ rows: [BeyondRow], _ networks: [String]
) {
  let first: [Column<BeyondRow>] = [
    Column("change") { $0.change },
    Column("ℓ∞") { median($0.distances)?.decimals(2) ?? "–" },
  ]
  let shares: [Column<BeyondRow>] = networks.map { network in
    Column(network) { row in
      row.share(network).map { ($0.value * 100).decimals(1) } ?? "–"
    }
  }
  page.table(
    "Read right under every change of the row, in per cent", "beyond", rows,
    first + shares)
}

/// How large the changes are in the box's own measure.
private func sayHowFar(_ page: Page, _ lab: Lab, _ changes: [BeyondRow]) {
  // A wider grid holds the distances of the narrower one.
  let all = changes.enumerated().filter {
    !BeyondStudy.narrowGrids.contains($0.offset)
  }.flatMap { $0.element.distances }
  guard !all.isEmpty else { return }
  let epsilon = lab.strongest.pixels
  let inside = all.count { $0 <= Double(epsilon) }
  page.record("beyondInTheBox", [inside, all.count])
  page.say(
    """
    The column *ℓ∞* has the box's own measure: the largest change of any pixel,
    in the median of the changed images. Of the \(all.count.grouped) images that
    rotations, shifts, blur and pens have made, \(inside.grouped)
    (\((Double(inside) / Double(all.count)).percent(1))) lie in the box of
    \(epsilon) around their original. No attack in the box and no certificate
    for it speaks of those outside.
    """)
}

/// A network trained in the box and the plain one, row by row.
private func compare(_ page: Page, _ rows: [BeyondRow], _ name: String) {
  func points(_ low: Double, _ high: Double) -> String {
    "(\((low * 100).decimals(1)) to \((high * 100).decimals(1)))"
  }
  var more: [String] = []
  var fewer: [String] = []
  var unclear: [String] = []
  var leads: [String: [Double]] = [:]
  for row in rows {
    guard let own = row.standing[name], let plain = row.standing["plain"]
    else { continue }
    let paired = PairedProportions(own, plain)
    let interval = paired.lead95
    let (low, high) = (interval.lowerBound, interval.upperBound)
    leads[row.change] = [paired.lead, low, high]
    if low > 0 {
      more.append("*\(row.change)* \(points(low, high))")
    } else if high < 0 {
      fewer.append("*\(row.change)* \(points(-high, -low))")
    } else {
      unclear.append("*\(row.change)*")
    }
  }
  page.record("beyondLeads", leads)
  func list(_ rows: [String]) -> String {
    rows.isEmpty ? "in no row" : rows.joined(separator: "; ")
  }
  page.say(
    """
    Image by image, in points, with a 95 % interval for each row on its own: the
    \(inProse(name)) network reads more than the plain one: \(list(more)).
    It reads fewer: \(list(fewer)). Not to be told apart: \(list(unclear)).

    **Key point:** training and measuring in a box speak of that box. Whoever
    expects other changes has to try them, and a finer grid may find more.
    """)
}
