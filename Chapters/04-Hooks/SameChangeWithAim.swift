import Lesson
import Shared

/// How far noise and attack move each layer.
func driftTable(
  _ page: Page, _ noise: [LayerDrift], _ attack: [LayerDrift],
  _ epsilon: Epsilon, images: Int, withoutSlope: Double
) throws {
  page.table(
    "Relative change of each layer's output, mean of \(images) images",
    columns: ["layer", "random signs", "FGSM", "ratio"],
    rows: zip(noise, attack).map { noise, attack in
      let ratio = attack.relativeDistance / max(noise.relativeDistance, 1e-9)
      return [
        noise.name, noise.relativeDistance.decimals(3),
        attack.relativeDistance.decimals(3), ratio.decimals(2),
      ]
    }, ["driftNoise": noise, "driftFGSM": attack])
  guard let firstNoise = noise.first, let firstAttack = attack.first,
    let lastNoise = noise.last, let lastAttack = attack.last,
    min(firstNoise.relativeDistance, lastNoise.relativeDistance) > 0
  else { return }
  let start = firstAttack.relativeDistance / firstNoise.relativeDistance
  let end = lastAttack.relativeDistance / lastNoise.relativeDistance
  page.say(
    """
    Where the image enters the network, the attack is \(start.decimals(2)) times
    as long as the noise. Both may move a pixel by $ε$ at most. But FGSM leaves
    the \(withoutSlope.percent(1)) of the pixels alone whose slope is exactly 0,
    and where a pixel is black or white, a step in the wrong direction is lost;
    so the two lengths need not be equal. At the logits the attack is
    \(end.decimals(2)) times as long.\(growth(noise, attack))
    \(end > start ? whyTheRatioGrows : "")
    """)
  func series(_ name: String, _ drift: [LayerDrift]) -> LinePlot.Series {
    LinePlot.Series(
      name,
      points: drift.enumerated().map {
        (Double($0.offset + 1), $0.element.relativeDistance)
      })
  }
  try page.figure(
    "drift",
    LinePlot(
      "Relative change of each layer's output at ε = \(epsilon.pixels)",
      xLabel: "layer (1 = \(firstNoise.name), \(noise.count) = "
        + "\(lastNoise.name))",
      yLabel: "‖a(x′) − a(x)‖ / ‖a(x)‖",
      series: [series("FGSM", attack), series("random signs", noise)],
      legend: .lowerRight),
    caption: "the same numbers as two curves, from the input to the logits.")
}

/// An idea, not a finding.
private let whyTheRatioGrows = """
  The idea behind it: a unit sums up many inputs. Contributions with random
  signs partly cancel; contributions whose signs were chosen to agree add up.
  This table does not prove that; chapter 5 works it out for a linear
  classifier of two pixels.
  """

/// Where the two grow and shrink, as far as one sentence can say it.
private func growth(_ noise: [LayerDrift], _ attack: [LayerDrift]) -> String {
  func steps(_ drift: [LayerDrift]) -> [Double] {
    zip(drift, drift.dropFirst()).map {
      $1.relativeDistance - $0.relativeDistance
    }
  }
  let (noiseSteps, attackSteps) = (steps(noise), steps(attack))
  let neither = [noiseSteps, attackSteps].allSatisfy { changes in
    changes.contains { $0 <= 0 }
  }
  let shrinking = zip(noiseSteps, attackSteps).count { $0 < 0 && $1 < 0 }
  guard neither else { return "" }
  return shrinking > 1
    ? " Neither grows in every layer, and some layers shrink both."
    : " Neither grows in every layer."
}
