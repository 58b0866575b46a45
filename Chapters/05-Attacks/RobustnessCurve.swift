import Lesson
import Shared

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
