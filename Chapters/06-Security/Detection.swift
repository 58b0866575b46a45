import Lesson
import Shared

/// One detector against one attack.
private struct Sighting: Encodable, Sendable {
  var detector: String
  var attack: String
  /// nil without an attack.
  var roc: ROC?
  var report: DetectionReport
}

/// Two detectors, and an attack that has both the network and them as its aim.
///
/// - Throws: A `TutorialError` if chapter 4's statistics are damaged.
func detection(_ page: Page, _ lab: Lab) throws {
  let mnist = lab.mnist
  let few = mnist.test.first(page.full(200, quick: 20, long: 1000))
  // Scores that are not numbers can be neither high nor low.
  guard lab.plain.logits(of: few.images).scalars.allSatisfy(\.isFinite) else {
    return page.say(
      "Detectors are left out: this model's logits are no numbers.")
  }
  let detectors = try detectors(page, lab)
  let epsilon = Epsilon.pixels(0.2)
  let steps = page.full(100, quick: 10)
  page.say(
    """
    **Detection.** Leave the network as it is and refuse what looks attacked.
    *Squeezing* (Xu et al. 2018) compares the answer with that to a cruder
    image, black and white or median-filtered; *channels* compares each channel's
    mean output with its usual value, which chapter 4 saves. Both give a score, and
    a threshold that turns away 5 % of \(few.count) clean training images. FGSM
    and PGD know nothing of it; the adaptive attack raises a wrong class's lead and
    lowers the score at once (after Carlini and Wagner 2017, arXiv:1705.07263,
    who bypassed ten detectors this way). *Area* is that under the curve of what
    is rejected: 1 never errs, 0.5 guesses, below it attacked images look cleaner
    than clean ones.
    """)
  // The threshold comes from images that judge nothing afterwards.
  let calm = mnist.training.first(few.count)
  let passes = detectors.count * few.count * (30 * 3 + steps * 10)
  let sightings = page.progress("Detecting", passes: passes) {
    detectors.flatMap { name, detector -> [Sighting] in
      let threshold = ROC.threshold(
        of: detector.scores(of: calm.images), falsePositiveRate: 0.05)
      let clean = detector.scores(of: few.images)
      let attacks: [(String, any Attack)] = [
        ("none", RandomSigns(epsilon: .pixels(0))),
        ("FGSM", FGSM(epsilon: epsilon)),
        (
          "PGD",
          PGD(
            epsilon: epsilon, stepSize: .pixels(0.02), steps: 20,
            seed: page.options.seed)
        ),
        (
          "adaptive",
          DetectorEvasion(
            of: detector, epsilon: epsilon, stepSize: .pixels(0.01),
            steps: steps, seed: page.options.seed)
        ),
      ]
      return attacks.map { attack, value in
        let run = AttackRun(value, on: few, against: lab.plain)
        let scores = detector.scores(of: run.images)
        return Sighting(
          detector: name, attack: attack,
          roc: attack == "none" ? nil : ROC(clean: clean, attacked: scores),
          report: DetectionReport(
            scores: scores, threshold: threshold, answers: run.answers,
            labels: few.labels))
      }
    }
  }
  page.table(
    "Two detectors at ε = \(epsilon.pixels), the first \(few.count) images",
    "detection", sightings,
    [
      Column("detector") { $0.detector }, Column("attack") { $0.attack },
      Column("area") { $0.roc?.area.decimals(3) ?? "–" },
      Column("rejected, %") { $0.report.rejected.inShort },
      Column("misread, accepted, %") { $0.report.acceptedAndWrong.inShort },
    ])
  for name in detectors.map(\.0) { note(name, sightings, lab) }
  try curveFigure(page, sightings, few.count)
  sayWhatTheyMissed(page, sightings)
}

/// The detectors that the network at hand allows.
private func detectors(_ page: Page, _ lab: Lab) throws
  -> [(String, any Detector)]
{
  let squeezing = FeatureSqueezing(
    of: lab.plain, by: [BitDepth(bits: 1), MedianFilter(size: 2)])
  let rectifiers = lab.plain.layers.filter { $0.layer is ReLU }.map(\.name)
  // A network may have no ReLU, only silent ones, or numbers beyond all bounds.
  let probe = lab.plain.channelStatistics(
    of: rectifiers, on: lab.mnist.training.first(20).images)
  let deviations = probe.flatMap { $0.standardDeviation.scalars }
  guard deviations.allSatisfy(\.isFinite),
    deviations.contains(where: { $0 > 0 })
  else { return [("squeezing", squeezing)] }
  let usual = try usualChannels(page, lab, rectifiers)
  return [
    ("squeezing", squeezing),
    ("channels", UsualChannels(of: lab.plain, comparedWith: usual)),
  ]
}

/// As chapter 4 saved them of this model and data, else measured here.
private func usualChannels(_ page: Page, _ lab: Lab, _ names: [String]) throws
  -> [ChannelStatistics]
{
  let file = "04-Hooks.safetensors"
  let model = lab.trained.checkpoint
  if page.workspace.has(file) {
    let saved = try withRemedy(
      "run `swift run 04-Hooks\(page.modelFlags)` again"
    ) { () -> [ChannelStatistics]? in
      let saved = try page.workspace.load(file)
      guard saved["input.\(model.url.lastPathComponent)"] == model.sha256,
        saved["data.sha256"] == lab.mnist.sha256
      else { return nil }
      return try lab.plain.channelStatistics(
        of: names, savedIn: saved.contents.tensors, file: saved.url.path,
        imageShape: MNIST.imageShape)
    }
    if let saved { return saved }
  }
  return lab.plain.channelStatistics(
    of: names,
    on: lab.mnist.training.first(page.full(2000, quick: 500)).images)
}

/// What the scoreboard keeps of a detector.
private func note(_ name: String, _ sightings: [Sighting], _ lab: Lab) {
  func report(_ attack: String) -> DetectionReport? {
    sightings.first { $0.detector == name && $0.attack == attack }?.report
  }
  lab.note(
    Score(
      defense: "\(name) detector", clean: report("none")?.acceptedAndRight,
      fixed: report("PGD")?.rejectedOrRight,
      adaptive: report("adaptive")?.rejectedOrRight,
      // The image and two squeezed versions.
      inference: name == "squeezing" ? 3 : 1))
}

private func curveFigure(
  _ page: Page, _ sightings: [Sighting], _ count: Int
) throws {
  var plot = LinePlot(
    "Detectors", xLabel: "clean images rejected (%)",
    yLabel: "attacked images rejected (%)",
    series: sightings.filter { $0.attack != "FGSM" }.compactMap { sighting in
      sighting.roc.map { roc in
        LinePlot.Series(
          "\(sighting.detector), \(sighting.attack)",
          points: roc.points.map {
            ($0.falsePositiveRate * 100, $0.truePositiveRate * 100)
          })
      }
    }, yRange: 0...100, legend: .lowerRight)
  plot.terminalRows = 0
  try page.figure(
    "detectors", plot,
    caption:
      "what two detectors reject of the first \(count) images, attacked, "
      + "against what they reject of the same images, clean. A detector that "
      + "guesses lies on the diagonal, one that never errs in the upper left "
      + "corner.")
}

private func sayWhatTheyMissed(_ page: Page, _ sightings: [Sighting]) {
  for name in ["squeezing", "channels"] {
    let own = sightings.filter { $0.detector == name }
    guard let before = own.first(where: { $0.attack == "PGD" }),
      let after = own.first(where: { $0.attack == "adaptive" })
    else { continue }
    let gain = after.report.acceptedAndWrong.lead95(
      over: before.report.acceptedAndWrong)
    let (first, last) = (
      before.report.acceptedAndWrong, after.report.acceptedAndWrong
    )
    page.say(
      """
      *\(name)*: of PGD's images \(first.value.percent(0)) are misread and pass,
      of those made with the detector in mind \(last.value.percent(0)).
      \(gain.lowerBound > 0
        ? "Whoever asks only attacks that do not know of it sees the first number."
        : last.interval95.upperBound < 0.1
          ? "It withstands this adaptive attack."
            + (name == "squeezing"
              ? " One of its squeezers makes pixels black or white, which, as "
                + "you saw, is hard to pass with this data." : "")
          : "")
      """)
  }
}
