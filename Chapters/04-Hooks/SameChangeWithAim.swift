import Lesson
import Shared

/// How far noise and attack move each layer.
func driftTable(
  _ page: Page, _ noise: [LayerDrift], _ attack: [LayerDrift], images: Int
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
    let lastNoise = noise.last, let lastAttack = attack.last
  else { return }
  let start = firstAttack.relativeDistance / firstNoise.relativeDistance
  let end = lastAttack.relativeDistance / lastNoise.relativeDistance
  page.say(
    """
    At the input the attack is \(start.decimals(2)) times as long as the noise,
    at the logits \(end.decimals(2)) times. Neither grows in every layer, and
    some layers shrink both. Look at the ratio instead: where many inputs are
    summed up, the noise's contributions have random signs and partly cancel,
    and the attack's were chosen to agree.
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
      "Relative change of each layer's output at ε = 0.1",
      xLabel: "layer (1 = normalize, \(noise.count) = fc2)",
      yLabel: "‖a(x′) − a(x)‖ / ‖a(x)‖",
      series: [series("FGSM", attack), series("random signs", noise)],
      legend: .lowerRight),
    caption: "the same numbers as two curves, from the input to the logits.")
}

/// The same for a single digit, in pictures and answers.
func oneDigit(
  _ page: Page, _ model: Sequential, _ test: ImageSet, _ epsilon: Epsilon
) {
  // The first digit that FGSM turns and noise does not.
  let candidates = test.first(300)
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
  page.say(
    """
    One digit of them, test image \(found): clean it is read as
    \(answers[0][found]), with random signs as \(answers[1][found]), under FGSM
    as \(answers[2][found]).
    """)
  page.pictures(
    Tensor(
      concatenating: [candidates.images, noisy, attacked].map {
        $0.rows(found..<found + 1)
      }),
    captions: [
      "clean: \(answers[0][found])", "random signs: \(answers[1][found])",
      "FGSM: \(answers[2][found])",
    ])
  page.record("turnedImage", found)
}
