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
    what comes out. Real tutorials have made this mistake with FGSM:
    """)
  page.listing(
    "Chapters/05-Attacks/TheUnitsTrap.swift", from: "return images.combined")
  page.say(
    """
    What becomes of a white pixel if ε is 0? And of a black one that shall darken?
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
  let audit = try page.progress("Audit", passes: min(few.count, 100) * 320) {
    try Audit(of: audited, settings: settings, against: model, on: few)
  }
  report(page, broken, audit, few)
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
      ? "The clamp to 2 holds white strokes down at "
        + "\(white.decimals(3)), \((1 - white).decimals(3)) below white, even "
        + "when ε is 0." : "") Black may fall to \(black.decimals(3)): darker
    than black, which no picture can hold.
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
      + "ε = \(mistaken.epsilon): look at the strokes, and for what is darker than "
      + "black.",
    alternative: "Three pictures of one image: clean, with dimmer strokes, and "
      + "with dimmer strokes on a background of changed pixels.")
}

/// What gives the mistake away.
private func report(
  _ page: Page, _ broken: AttackRun.Checked, _ audit: Audit, _ few: Batch
) {
  let promises = broken.broken.map { promise, images in
    "- broken on \(images.grouped) of \(few.count.grouped) images: "
      + promise.rawValue
      // The other fault is in the table above.
      + (promise == .bound ? ". \(promise.whatItMeans)" : ".")
  }
  let failed = audit.lines.filter { $0.verdict == .failed }
    .map { "\"\($0.check.expectation)\"" }
  let lines =
    failed.isEmpty ? [] : ["- no: \(failed.joined(separator: ", "))."]
  page.record("mistakenFGSMPassesAudit", audit.isPassed)
  page.say(
    """
    The accuracy looks like any other. The audit asks how the attack *behaves*:
    \(Promise.allCases.count) promises on every image, and
    \(Audit.Check.allCases.count) questions on \(min(few.count, Audit.images)),
    from Carlini et al. 2019 (arXiv:1902.06705) and Pintor et al. 2022
    (arXiv:2106.09947):

    \((promises + lines).isEmpty
      ? "On this data it finds nothing." : (promises + lines)
        .joined(separator: "\n"))

    **Key point:** keep images in pixels, let the network normalize, and ask of
    every attack: does $ε = 0$ change nothing? Do twice the steps find hardly
    more? With all the room, does the model fall? Does it beat noise and queries?
    """)
}
