import Lesson
import Shared

/// How far noise and attack move two layers, at one ε.
private struct DriftPoint: Encodable, Sendable {
  var epsilon: Float
  /// The first ReLU's output, if there is one, and the logits.
  var noise, attack: [LayerDrift]
}

/// How the change of the first ReLU and of the logits depends on ε.
func driftOverEpsilon(_ page: Page, _ model: Sequential, _ some: Batch) throws {
  let first = model.layers.first { $0.layer is ReLU }?.name
  guard let last = model.layers.last?.name else { return }
  let watched = Set([first, last].compactMap { $0 })
  page.say(
    """
    And at other $ε$? The figure shows the same for
    \(first.map { "the first ReLU, `\($0)`, and " } ?? "")the logits. Look at
    the curves of noise and attack: does their ratio stay the same as $ε$ grows?
    """)
  let seed = page.options.seed
  let points = [Float(0), 0.05, 0.1, 0.15, 0.2, 0.3].map { pixels in
    let epsilon = Epsilon.pixels(pixels)
    func drift(under attack: any Attack) -> [LayerDrift] {
      let changed = attack.perturb(
        some.images, labels: some.labels, against: model)
      return model.drift(from: some.images, to: changed)
        .filter { watched.contains($0.name) }
    }
    return DriftPoint(
      epsilon: pixels,
      noise: drift(under: RandomSigns(epsilon: epsilon, seed: seed)),
      attack: drift(under: FGSM(epsilon: epsilon)))
  }
  page.record("driftOverEpsilon", points)
  func series(
    _ name: String, _ layer: String, _ drift: KeyPath<DriftPoint, [LayerDrift]>
  ) -> LinePlot.Series {
    LinePlot.Series(
      "\(layer), \(name)",
      points: points.map {
        (Double($0.epsilon), $0[keyPath: drift].change(of: layer))
      })
  }
  let layers = [last] + [first].compactMap { $0 }.filter { $0 != last }
  let names = layers.map { "`\($0)`" }.joined(separator: " and ")
  try page.figure(
    "drift-epsilon",
    LinePlot(
      "Relative change against ε, mean of \(some.count) images",
      xLabel: "ε (pixels, 0 = black, 1 = white)",
      yLabel: "‖a(x′) − a(x)‖ / ‖a(x)‖",
      series: layers.flatMap {
        [series("FGSM", $0, \.attack), series("random signs", $0, \.noise)]
      }, legend: .lowerRight),
    caption: "relative change of \(names) under FGSM and random signs; where "
      + "two curves lie on one another, the terminal prints one.")
  page.say(ratioInWords(points, last))
}

/// The ratio of attack to noise at the logits, at both ends of the curve.
private func ratioInWords(_ points: [DriftPoint], _ layer: String) -> String {
  func ratio(_ point: DriftPoint) -> Double {
    point.attack.change(of: layer) / max(point.noise.change(of: layer), 1e-9)
  }
  guard let small = points.first(where: { $0.epsilon > 0 }),
    let large = points.last
  else { return "" }
  func growth(_ drift: KeyPath<DriftPoint, [LayerDrift]>) -> String {
    (large[keyPath: drift].change(of: layer)
      / max(small[keyPath: drift].change(of: layer), 1e-9)).decimals(1)
  }
  let times = (Double(large.epsilon) / Double(small.epsilon)).decimals(1)
  return """
    At $ε = \(small.epsilon)$ the attack moves the logits
    \(ratio(small).decimals(2)) times as far as the noise, at
    $ε = \(large.epsilon)$ \(ratio(large).decimals(2)) times: for \(times) times
    the $ε$, FGSM's change has grown \(growth(\.attack)) times and the noise's
    \(growth(\.noise)) times. Why, these numbers do not say.
    """
}

extension [LayerDrift] {
  fileprivate func change(of layer: String) -> Double {
    first { $0.name == layer }?.relativeDistance ?? 0
  }
}
