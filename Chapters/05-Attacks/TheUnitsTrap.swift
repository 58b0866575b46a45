import Lesson
import Shared

/// FGSM as it stands in some tutorials: ε and clamp in the network's own units.
///
/// It promises what FGSM promises, and does not keep it.
private struct MistakenFGSM: Attack {
  var epsilon: Float
  var normalize: Normalize

  var bound: Bound { .maximum(.pixels(epsilon)) }

  func perturb(_ images: Tensor, goals: [Goal], asking model: GradientAccess)
    -> Tensor
  {
    let slope = model.slope(of: .crossEntropy, at: images, goals: goals)
    let (mean, deviation) = (normalize.mean, normalize.standardDeviation)
    return images.combined(with: slope.gradient) { pixel, gradient in
      var value = (pixel - mean) / deviation
      value += epsilon * sign(gradient)
      value = min(max(value, -2), 2)
      return value * deviation + mean
    }
  }
}

/// A broken attack, what it does to pixels, and the audit that finds it.
func theUnitsTrap(
  _ page: Page, _ model: Sequential, _ few: Batch, _ mnist: MNIST
) throws {
  let normalize = mnist.normalize
  let size: Float = 0.2
  page.say(
    """
    Many programs normalize the images first (mean 0, deviation 1) and attack
    what comes out, here with FGSM. Black is now
    \((-normalize.mean / normalize.standardDeviation).decimals(2)), white
    \(((1 - normalize.mean) / normalize.standardDeviation).decimals(2)):
    """)
  page.listing(
    "Chapters/05-Attacks/TheUnitsTrap.swift", from: "return images.combined")
  page.say(
    """
    Find the mistake: what becomes of a white pixel if ε is 0, and of a black one?
    """)
  let mistaken = MistakenFGSM(epsilon: size, normalize: normalize)
  let real = FGSM(
    epsilon: .normalized(size, standardDeviation: normalize.standardDeviation))
  let broken = AttackRun.Checked(mistaken, on: few, against: model)
  try compare(page, model, few, mistaken, real, broken.run)
  let audited = AuditedAttack(norm: .maximum) { settings in
    MistakenFGSM(epsilon: settings.size ?? size, normalize: normalize)
  }
  let settings = AttackSettings(size: size)
  let some = few.prefix(page.full(Audit.images, quick: 30))
  let audit = try page.progress("Audit", passes: some.count * 320) {
    try Audit(of: audited, settings: settings, against: model, on: some)
  }
  report(page, broken, audit, audited: some.count, of: few.count)
}

/// The mistaken attack beside the one that was meant.
private func compare(
  _ page: Page, _ model: Sequential, _ few: Batch, _ mistaken: MistakenFGSM,
  _ real: FGSM, _ run: AttackRun
) throws {
  let (mean, deviation) = (
    mistaken.normalize.mean, mistaken.normalize.standardDeviation
  )
  let meant = AttackRun(real, on: few, against: model)
  var idle = mistaken
  idle.epsilon = 0
  let atZero = AttackRun.Checked(idle, on: few, against: model).run
  func row(_ name: String, _ run: AttackRun) -> [String] {
    let outside = run.images.scalars.count { !(0...1 ~= $0) }
    return [
      name, run.accuracy.withInterval,
      (run.distances[.maximum]?.max() ?? 0).decimals(3),
      (Double(outside) / Double(max(run.images.count, 1))).percent(1),
    ]
  }
  page.table(
    "The first \(few.count.grouped) test images",
    columns: [
      "attack", "accuracy under it", "largest change", "outside 0…1",
    ],
    rows: [
      row("FGSM, ε = \(real.epsilon.pixels.decimals(3)) pixels", meant),
      row("the mistake, ε = \(mistaken.epsilon)", run),
      row("the mistake, ε = 0", atZero),
    ], ["mistakenFGSM": run.accuracy])
  let white = 2 * deviation + mean
  let black = max(-mean / deviation - mistaken.epsilon, -2) * deviation + mean
  page.say(
    """
    An ε of \(mistaken.epsilon) in these units is
    \(real.epsilon.pixels.decimals(3)) in pixels. \(white < 1
      ? "The clamp to 2 holds white down at \(white.decimals(3)), "
        + "\((1 - white).decimals(3)) too low, even when ε is 0." : "")
    \(black < 0
      ? "Black may fall to \(black.decimals(3)), and no picture can." : "")
    """)
  var grid = ImageGrid()
  // In a terminal the table says it.
  grid.excerptLimit = 0
  grid.addRow(
    Tensor(
      concatenating: [few.images, atZero.images, run.images].map {
        $0.rows(0..<1)
      }), .gray(min(black, 0)...1),
    captions: ["clean", "ε = 0", "ε = \(mistaken.epsilon)"])
  try page.figure(
    "units", grid, scale: 6,
    caption: "one image, clean and after the mistake with ε = 0 and "
      + "ε = \(mistaken.epsilon); black is drawn gray.",
    alternative: "Three pictures of one image: clean, and after the mistaken "
      + "attack with an ε of 0 and with a larger one.")
}

/// What gives the mistake away.
private func report(
  _ page: Page, _ broken: AttackRun.Checked, _ audit: Audit, audited: Int,
  of all: Int
) {
  let promises = broken.broken.map { promise, images in
    "- broken on \(images.grouped) of \(all.grouped) images: "
      + promise.rawValue
      + (promise == .range ? ". \(promise.whatItMeans)" : ".")
  }
  let failed = audit.lines.filter { $0.verdict == .failed }.map { line in
    // What noise does to the loss cannot be guessed from the accuracies.
    "\"\(line.check.expectation)\""
      + (line.check == .beatsNoise ? " (\(line.measured))" : "")
  }
  let lines =
    failed.isEmpty ? [] : ["- fails: \(failed.joined(separator: ", "))."]
  page.record("mistakenFGSMPassesAudit", audit.isPassed)
  page.say(
    """
    The accuracy looks like any other. The audit asks how the attack *behaves*:
    \(Promise.allCases.count) promises on every image, and on
    \(audited) the questions of Carlini et al. 2019
    (arXiv:1902.06705) and Pintor et al. 2022 (arXiv:2106.09947), beside other
    attacks with the ε that it promised, in pixels:

    \((promises + lines).isEmpty
      ? "On this data it finds nothing." : (promises + lines)
        .joined(separator: "\n"))

    **Key point:** keep images in pixels, let the network normalize, and ask of
    every attack: does $ε = 0$ change nothing? Do twice the steps find hardly
    more? With $ε = 1$, does the model fall? Does it beat noise and queries? Who
    knows more must not do worse.
    """)
}
