import Lesson
import Shared

/// Two pixels and a ReLU: one step goes wrong, several small ones do not.
func bentPixels(_ page: Page) throws {
  let epsilon = Epsilon.pixels(0.1)
  let stepSize = Epsilon.pixels(0.05)
  let image = Tensor(shape: [1, 2], scalars: [0.6, 0.3])
  page.say(
    """
    FGSM trusts one slope, but a ReLU can change it inside the box. Two pixels
    again, $x = (0.6, 0.3)$, $ε = \(epsilon.pixels)$. Class B scores 0, class A
    $2.25 − x₁ − 5·x₂ + 2·max(0, x₁ + 2·x₂ − 1.25)$. At $x$ the ReLU is off: A
    loses as either pixel grows, and FGSM raises both. Where it is on, A scores
    $x₁ − x₂ − 0.25$ and loses as $x₁$ *falls*. *Projected gradient descent*
    (PGD; Madry et al. 2018, arXiv:1706.06083) makes many small steps, asks for
    the slope after each, and returns to the box:
    """)
  let fgsm = FGSM(epsilon: epsilon)
    .perturb(image, labels: [0], against: bentClassifier)
  // Without a random start, so that every step can be checked on paper.
  let path = (1...4).map { steps in
    PGD(epsilon: epsilon, stepSize: stepSize, steps: steps, seed: nil)
      .perturb(image, labels: [0], against: bentClassifier)
  }
  pathTable(page, image, fgsm, path, stepSize)
  try pathFigure(page, image, fgsm, path, epsilon)
}

/// Class A scores 2.25 − x₁ − 5·x₂ + 2·max(0, x₁ + 2·x₂ − 1.25), class B 0.
///
/// Pixels are never below 0, so that the ReLU lets them pass as they are.
private var bentClassifier: Sequential {
  [
    "parts": Linear(
      weight: Tensor(shape: [3, 2], scalars: [1, 0, 0, 1, 1, 2]),
      bias: Tensor([0, 0, -1.25])),
    "relu": ReLU(),
    "scores": Linear(
      weight: Tensor(shape: [2, 3], scalars: [-1, -5, 2, 0, 0, 0]),
      bias: Tensor([2.25, 0])),
  ]
}

/// By how much class A leads at each of some places `[N, 2]`.
private func leadsOfA(at places: Tensor) -> [Float] {
  bentClassifier(places).allRows.map { $0[0] - $0[1] }
}

/// Every place that FGSM and PGD come to, and which way is uphill there.
private func pathTable(
  _ page: Page, _ image: Tensor, _ fgsm: Tensor, _ path: [Tensor],
  _ stepSize: Epsilon
) {
  // Every second step is enough to see the turn.
  let shown = path.indices.filter { $0 % 2 == 1 }
  let names = ["image", "FGSM"] + shown.map { "PGD, step \($0 + 1)" }
  let places = Tensor(concatenating: [image, fgsm] + shown.map { path[$0] })
  let slopes = bentClassifier.inputGradient(
    of: places, labels: names.map { _ in 0 })
  let leads = leadsOfA(at: places)
  page.table(
    "One step of FGSM, and \(inWords(path.count)) of PGD "
      + "(\(stepSize.pixels) each)",
    columns: ["where", "x₁", "x₂", "signs of the loss's slope", "lead of A"],
    rows: names.indices.map { row in
      let (place, slope) = (places.allRows[row], slopes.allRows[row])
      return [
        names[row], place[0].decimals(2), place[1].decimals(2),
        slope.map(signInWords).joined(separator: " "),
        leads[row].decimals(2),
      ]
    }, ["bentLeads": leads], isSameWhenQuick: true)
}

private func signInWords(_ slope: Float) -> String {
  slope > 0 ? "+" : slope < 0 ? "−" : "0"
}

/// Both ways, drawn into the box, and the best place that there is.
private func pathFigure(
  _ page: Page, _ image: Tensor, _ fgsm: Tensor, _ path: [Tensor],
  _ epsilon: Epsilon
) throws {
  let low = image.map { max($0 - epsilon.pixels, 0) }.scalars
  let high = image.map { min($0 + epsilon.pixels, 1) }.scalars
  let box = Tensor(
    shape: [5, 2],
    scalars: [
      low[0], low[1], high[0], low[1], high[0], high[1], low[0], high[1],
      low[0], low[1],
    ])
  let best = lowestLead(from: low, to: high)
  let ends = leadsOfA(at: Tensor(concatenating: [fgsm] + path.suffix(1)))
  let above = ends.map { max($0 - best.lead, 0).decimals(2) }
  var plot = LinePlot(
    "Two pixels, in the box that the attacker may use", xLabel: "x₁",
    yLabel: "x₂",
    series: [
      series("the box", box),
      series("FGSM", Tensor(concatenating: [image, fgsm])),
      series("PGD", Tensor(concatenating: [image] + path)),
    ], legend: .lowerRight)
  // In a terminal the table says it.
  plot.terminalRows = 0
  try page.figure(
    "path", plot,
    caption: "both paths in the box. A's lowest lead at 101 × 101 points is "
      + "\(best.lead.decimals(2)); FGSM ends \(above.first ?? "") above it, PGD "
      + "\(above.last ?? "").",
    isSameWhenQuick: true)
}

/// The best of 101 × 101 places, tried one by one.
private func lowestLead(from low: [Float], to high: [Float])
  -> (lead: Float, place: [Float])
{
  let shares = (0...100).map { Float($0) / 100 }
  let places: [[Float]] = shares.flatMap { across in
    shares.map { up in
      [
        low[0] + across * (high[0] - low[0]),
        low[1] + up * (high[1] - low[1]),
      ]
    }
  }
  let leads = leadsOfA(at: Tensor(rows: places, of: [2]))
  let best = leads.indices.min { leads[$0] < leads[$1] } ?? 0
  return (leads[best], places[best])
}

/// A line from place to place.
private func series(_ name: String, _ places: Tensor) -> LinePlot.Series {
  // Without the digits that Float adds to 0.1, or the axes would grow.
  func rounded(_ pixel: Float) -> Double {
    (Double(pixel) * 1e6).rounded() / 1e6
  }
  return LinePlot.Series(
    name, points: places.allRows.map { (rounded($0[0]), rounded($0[1])) })
}

/// Whether a real model's slope stays what it was at the image, as FGSM takes
/// for granted.
///
/// - Parameters:
///   - page: Keeps the share for the chapter's JSON file.
///   - model: The model that was attacked.
///   - few: The images that it was attacked on.
///   - run: What became of them.
/// - Returns: A sentence on the first 100.
func bendInWords(
  _ page: Page, _ model: Sequential, _ few: Batch, _ run: AttackRun
) -> String {
  let some = few.prefix(100)
  let before = model.inputGradient(of: some.images, labels: some.labels)
  let after = model.inputGradient(
    of: run.images.rows(0..<some.count), labels: some.labels)
  let changed = zip(before.scalars, after.scalars).count {
    sign($0) != sign($1)
  }
  let share = Double(changed) / Double(max(before.count, 1))
  page.record("changedSignShare", share)
  return """
    Were the loss linear, its slope would not change; on the first
    \(some.count) images \(share.percent(1)) of its signs differ between the
    image and PGD's end.
    """
}
