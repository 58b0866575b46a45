import Lesson
import Shared

/// Four curves on the same images, so that they differ by the attack only.
///
/// - Parameters:
///   - page: Where to draw them.
///   - model: The model under attack.
///   - fewest: The images that the worst case was measured on.
///   - epsilons: Where FGSM, random signs and PGD are measured.
///   - pgd: Makes PGD of a given ε.
///   - worstCase: What the standard set left.
/// - Throws: A `TutorialError` if the figure cannot be written.
func robustnessFigure(
  _ page: Page, _ model: Sequential, _ fewest: Batch, epsilons: [Epsilon],
  pgd: @escaping (Epsilon) -> PGD,
  worstCase: [RobustnessPoint]
) throws {
  let seed = page.options.seed
  let steps = epsilons.first.map { pgd($0).steps } ?? 0
  // FGSM goes forward and back, PGD at each step, and all are judged.
  let passes = epsilons.count * fewest.count * (6 + 3 * steps)
  let attacks: [(name: String, make: (Epsilon) -> any Attack)] = [
    ("random signs", { RandomSigns(epsilon: $0, seed: seed) }),
    ("FGSM", { FGSM(epsilon: $0) }),
    ("PGD", { pgd($0) }),
  ]
  var curves = page.progress("Curves", passes: passes) {
    attacks.map { attack in
      (
        attack.name,
        model.curve(under: attack.make, on: fewest, epsilons: epsilons)
      )
    }
  }
  curves.append(("worst case", worstCase))
  page.record("curves", curves.map(\.1))
  var plot = LinePlot(
    "Accuracy under attack", xLabel: "ε (pixels)", yLabel: "accuracy (%)",
    series: curves.map { LinePlot.Series($0, accuracies: $1) },
    yRange: 0...100, legend: .lowerLeft)
  plot.terminalRows = 11
  try page.figure(
    "robustness", plot,
    caption: "accuracy under three attacks and under the worst case of the "
      + "standard set, on the same images, the first \(fewest.count.grouped) of "
      + "the test set; the bars are 95 % intervals. "
      + page.full("Only the worst case", quick: "In full, only the worst case")
      + " may stand for robust accuracy, until a stronger attack is found.")
}

extension LinePlot.Series {
  /// A curve of accuracies with their intervals, in per cent.
  fileprivate init(_ name: String, accuracies: [RobustnessPoint]) {
    self.init(
      name,
      points: accuracies.map {
        (Double($0.epsilon.pixels), $0.accuracy.value * 100)
      },
      intervals: accuracies.map {
        let interval = $0.accuracy.interval95
        return interval.lowerBound * 100...interval.upperBound * 100
      })
  }
}
