import Lesson
import Shared

/// What lies between the curves at the largest ε, if they lie in that order.
func whatSeparates(
  _ fgsm: [RobustnessPoint], _ random: [RobustnessPoint],
  _ pgd: [RobustnessPoint]
) -> String {
  /// Whether one curve ends below another, where both were measured.
  func isBelow(_ one: [RobustnessPoint], _ other: [RobustnessPoint]) -> Bool {
    guard let last = one.last(where: { other.at($0.epsilon) != nil }),
      let above = other.at(last.epsilon)
    else { return false }
    return last.accuracy.value < above.accuracy.value
  }
  switch (isBelow(fgsm, random), isBelow(pgd, fgsm)) {
  case (true, true):
    return
      "What separates the upper two curves is the gradient; what separates "
      + "the lowest is that FGSM stops after one step."
  case (true, false):
    return "What separates random signs from FGSM is the gradient."
  case (false, true):
    return "What separates FGSM from PGD is that FGSM stops after one step."
  case (false, false):
    return ""
  }
}

/// The three curves, each with its intervals.
func robustnessPlot(
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
