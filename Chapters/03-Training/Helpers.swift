import Foundation
import Shared

/// A long training is worth more than a short one: ask before replacing it.
func refuseToShorten(_ page: Page, epochs: Int) throws {
  guard page.workspace.has(TrainedModel.fileName), !page.options.force else {
    return
  }
  let earlier = try withRemedy("add `--force` to replace it") {
    try page.workspace.load(TrainedModel.fileName)
  }
  guard let before = earlier["epochs"].flatMap(Int.init), before > epochs else {
    return
  }
  let fact =
    "\(earlier.url.path) was trained for \(before) epochs, this run "
    + "trains for \(epochs)"
  switch page.confirm("\(fact). Replace it?") {
  case true?: return
  case false?:
    page.say("Nothing was changed.")
    exit(0)
  case nil:
    throw TutorialError(
      "\(fact); add `--force` to replace it, or `--output DIR` to keep both.")
  }
}

/// Why validation can be above training, told from this run's numbers.
func explainGap(_ page: Page, _ history: [Epoch]) {
  guard let first = history.first, let last = history.last else { return }
  let gap = (first.validationAccuracy - first.trainingAccuracy) * 100
  if gap > 0, last.testAccuracy > 0.5 {
    page.say(
      """
      Notice that validation is above training in the first epoch, by
      \(gap.decimals(2)) points. That is no luck. Training accuracy is a mean
      over the whole epoch, its clumsy beginning included, and it is measured
      while dropout switches features off; validation sees the finished network
      with everything switched on.
      """)
  }
  page.say(
    """
    After the last epoch the model is right on \(last.testAccuracy.percent())
    of the test images.
    """)
}

/// What stands in for exercise 1: the rate that was asked for, in every epoch.
func constantLearningRate(
  initial: Float, decay: Float, every stepEpochs: Int, epoch: Int
) throws(Unsolved) -> Float {
  initial
}

func accuracyPlot(_ history: [Epoch], training: [CurvePoint]) -> LinePlot {
  LinePlot(
    "Accuracy", xLabel: "epoch", yLabel: "accuracy (%)",
    series: [
      LinePlot.Series(
        "training, running mean", points: training.map { ($0.x, $0.y) }),
      curve("validation", history) { $0.validationAccuracy * 100 },
      curve("test", history) { $0.testAccuracy * 100 },
    ], legend: .lowerRight)
}

func lossPlot(_ history: [Epoch]) -> LinePlot {
  LinePlot(
    "Loss", xLabel: "epoch", yLabel: "mean cross-entropy",
    series: [
      curve("training, running mean", history) { $0.trainingLoss },
      curve("validation", history) { $0.validationLoss },
      curve("test", history) { $0.testLoss },
    ])
}

private func curve(
  _ name: String, _ history: [Epoch], _ value: (Epoch) -> Double
) -> LinePlot.Series {
  LinePlot.Series(
    name, points: history.map { (Double($0.epoch), value($0)) })
}

/// The mistakes the model was surest of, in the terminal and as a figure.
func showMistakes(_ page: Page, _ evaluation: Evaluation, _ test: ImageSet)
  throws
{
  let worst = Array(evaluation.mistakes.prefix(16))
  guard !worst.isEmpty else {
    page.say("There are no mistakes to show.")
    return
  }
  page.say(
    """
    These are the mistakes it was surest of. Some are sloppy digits that people
    might dispute; some are clear to us and not to it. Confidence is no
    guarantee, and chapter 5 makes that worse on purpose.
    """)
  let images = test.batch(worst).images
  let captions = worst.map { index in
    "is \(evaluation.labels[index]), says \(evaluation.predictions[index]) "
      + "(\(Double(evaluation.confidences[index]).percent(1)))"
  }
  var grid = ImageGrid(columns: 8)
  grid.addRow(images, captions: captions)
  try page.figure(
    "mistakes", grid,
    caption: "the \(worst.count) most confident mistakes on the test set, the "
      + "surest first: "
      + captions.prefix(8).joined(separator: ", ") + " …",
    alternative: "Handwritten digits, some sloppy, some clear: "
      + captions.joined(separator: ", ") + ".")
  page.record(
    "mistakes",
    worst.map {
      Mistake(
        testImage: $0, label: evaluation.labels[$0],
        prediction: evaluation.predictions[$0],
        confidence: evaluation.confidences[$0])
    })
}

private struct Mistake: Encodable {
  var testImage: Int
  var label: Int
  var prediction: Int
  var confidence: Float
}

/// The history as text, for the checkpoint's metadata.
///
/// Without the seconds: the same seed shall give the same file.
func encodedHistory(_ history: [Epoch]) throws -> String {
  let columns = [
    "trainingLoss": history.map(\.trainingLoss),
    "trainingAccuracy": history.map(\.trainingAccuracy),
    "validationLoss": history.map(\.validationLoss),
    "validationAccuracy": history.map(\.validationAccuracy),
    "testLoss": history.map(\.testLoss),
    "testAccuracy": history.map(\.testAccuracy),
  ]
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  return String(decoding: try encoder.encode(columns), as: UTF8.self)
}
