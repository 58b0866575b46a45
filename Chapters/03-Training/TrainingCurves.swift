import Lesson
import Shared

/// Accuracy and loss over the epochs, as two figures.
func trainingCurves(
  _ page: Page, _ history: [Epoch], _ model: Sequential,
  training: [CurvePoint]
) throws {
  let dropout = dropouts(in: model).isEmpty ? "" : " and dropout was on"
  try page.figure(
    "curves", accuracyPlot(history, training: training),
    caption: "accuracy after each epoch. Training is a mean over the epoch, "
      + "while the weights still changed\(dropout); validation was measured "
      + "afterwards.")
  try page.figure(
    "loss", lossPlot(history),
    caption: "the same for the loss. When validation loss rises while training "
      + "loss still falls, the model may have begun to learn its images by heart."
  )
  lastEpochInWords(history).map(page.say)
}

/// What the loss did in the last epoch; nil after a single one.
private func lastEpochInWords(_ history: [Epoch]) -> String? {
  guard let last = history.last, let before = history.dropLast().last else {
    return nil
  }
  let change = last.validationLoss - before.validationLoss
  guard change > 0 else {
    return "Here validation loss fell in the last epoch, too."
  }
  return """
    Here validation loss rose by \(change.decimals(4)) in the last epoch, while
    training loss \(last.trainingLoss < before.trainingLoss
      ? "fell" : "rose, too"). One rise is not yet a trend.
    """
}

private func accuracyPlot(_ history: [Epoch], training: [CurvePoint])
  -> LinePlot
{
  LinePlot(
    "Accuracy", xLabel: "epoch", yLabel: "accuracy (%)",
    series: [
      LinePlot.Series(
        "training, mean of the epoch", points: training.map { ($0.x, $0.y) }),
      curve("validation", history) { $0.validationAccuracy.value * 100 },
    ], legend: .lowerRight)
}

private func lossPlot(_ history: [Epoch]) -> LinePlot {
  LinePlot(
    "Loss", xLabel: "epoch", yLabel: "mean cross-entropy",
    series: [
      curve("training, mean of the epoch", history) { $0.trainingLoss },
      curve("validation", history) { $0.validationLoss },
    ])
}

private func curve(
  _ name: String, _ history: [Epoch], _ value: (Epoch) -> Double
) -> LinePlot.Series {
  LinePlot.Series(
    name, points: history.map { (Double($0.epoch), value($0)) })
}
