import Lesson
import Shared

/// How far noise and attack move each layer.
func driftTable(
  _ page: Page, _ noise: [LayerDrift], _ attack: [LayerDrift],
  _ epsilon: Epsilon, images: Int
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
    At the input \((0.8...1.25).contains(start)
      ? "the two are about equal: the attack" : "the attack")
    is \(start.decimals(2)) times as long as the noise,
    at the logits \(end.decimals(2)) times.\(growth(noise, attack)) Look at the
    ratio instead: where many inputs are summed up, the noise's contributions
    have random signs and partly cancel, and the attack's were chosen to agree.
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

/// The same for a single image, in pictures and answers.
func oneDigit(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ epsilon: Epsilon
) {
  // The first image that FGSM turns and noise does not.
  let candidates = mnist.test.first(300)
  let control = RandomSigns(epsilon: epsilon, seed: page.options.seed)
  let noisy = control.perturb(
    candidates.images, labels: candidates.labels, against: model)
  let attacked = FGSM(epsilon: epsilon).perturb(
    candidates.images, labels: candidates.labels, against: model)
  let answers = [candidates.images, noisy, attacked].map {
    predictions(model.logits(of: $0))
  }
  let found = candidates.labels.indices.first {
    answers[0][$0] == candidates.labels[$0]
      && answers[1][$0] == candidates.labels[$0]
      && answers[2][$0] != candidates.labels[$0]
  }
  guard let found else { return }
  let noun = mnist.isShipped ? "digit" : "image"
  let names = answers.map { mnist.classNames[$0[found]] }
  page.say(
    """
    One \(noun) of them, test image \(found): clean it is read as \(names[0]),
    with random signs as \(names[1]), under FGSM as \(names[2]).
    """)
  page.pictures(
    Tensor(
      concatenating: [candidates.images, noisy, attacked].map {
        $0.rows(found..<found + 1)
      }),
    captions: [
      "clean: \(names[0])", "random signs: \(names[1])", "FGSM: \(names[2])",
    ])
  page.record("turnedImage", found)
}
