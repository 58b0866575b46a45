import Lesson
import Shared

/// The three curves on the same images, so that they differ by the attack only.
///
/// - Parameters:
///   - page: Where to draw them.
///   - model: The model under attack.
///   - few: The images that PGD has attacked.
///   - epsilons: Where FGSM and random signs are measured.
///   - pgd: What PGD left.
/// - Throws: A `TutorialError` if the figure cannot be written.
func robustnessFigure(
  _ page: Page, _ model: Sequential, _ few: Batch, epsilons: [Epsilon],
  pgd: [RobustnessPoint]
) throws {
  page.say(
    """
    In one figure all three must face the same images, or two curves could
    differ by their images. So FGSM and random signs are measured again on those
    that PGD attacked, the first \(few.count.grouped).
    """)
  let seed = page.options.seed
  // FGSM goes forward and back and is then judged; random signs are judged.
  let passes = epsilons.count * few.count * (3 + 1 + 1)
  let (fgsm, random) = page.progress("Attacking", passes: passes) {
    (
      model.curve(
        under: { FGSM(epsilon: $0) }, on: few, epsilons: epsilons),
      model.curve(
        under: { RandomSigns(epsilon: $0, seed: seed) }, on: few,
        epsilons: epsilons)
    )
  }
  let answers = Dictionary(grouping: few.labels) { $0 }.map(\.value.count)
  page.record(
    "commonestOnFew", Double(answers.max() ?? 0) / Double(few.count))
  page.record("fgsmOnFew", fgsm)
  page.record("randomSignsOnFew", random)
  try page.figure(
    "robustness", robustnessPlot(fgsm, random, pgd),
    caption: "accuracy against $ε$ under three attacks on the same images, the "
      + "first \(few.count.grouped) of the test set; the bars are 95 % "
      + "intervals. " + whatSeparates(fgsm, random, pgd))
}

/// What lies between the curves at the largest ε, if they lie in that order and
/// their intervals do not overlap.
private func whatSeparates(
  _ fgsm: [RobustnessPoint], _ random: [RobustnessPoint],
  _ pgd: [RobustnessPoint]
) -> String {
  /// Whether one curve ends below another, where both were measured.
  func isBelow(_ one: [RobustnessPoint], _ other: [RobustnessPoint]) -> Bool {
    guard let last = one.last(where: { other.at($0.epsilon) != nil }),
      let above = other.at(last.epsilon)
    else { return false }
    return last.accuracy.interval95.upperBound
      < above.accuracy.interval95.lowerBound
  }
  switch (isBelow(fgsm, random), isBelow(pgd, fgsm)) {
  case (true, true):
    return
      "What separates the upper two curves is the gradient. The lowest starts "
      + "at a random point and asks for the slope again after each step."
  case (true, false):
    return "What separates random signs from FGSM is the gradient."
  case (false, true):
    return "PGD starts at a random point and asks for the slope again after "
      + "each step, FGSM asks once."
  case (false, false):
    return ""
  }
}

/// The three curves, each with its intervals.
private func robustnessPlot(
  _ fgsm: [RobustnessPoint], _ random: [RobustnessPoint],
  _ pgd: [RobustnessPoint]
) -> LinePlot {
  func series(_ name: String, _ rows: [RobustnessPoint]) -> LinePlot.Series {
    LinePlot.Series(
      name,
      points: rows.map { (Double($0.epsilon.pixels), $0.accuracy.value * 100) },
      intervals: rows.map {
        let interval = $0.accuracy.interval95
        return interval.lowerBound * 100...interval.upperBound * 100
      })
  }
  return LinePlot(
    "Accuracy under attack", xLabel: "ε (pixels)", yLabel: "accuracy (%)",
    series: [
      series("random signs", random), series("FGSM", fgsm), series("PGD", pgd),
    ], yRange: 0...100, legend: .lowerLeft)
}
