import Foundation
import Lesson
import Shared

/// What each epoch came to.
func historyTable(_ page: Page, _ history: [Epoch]) {
  page.table(
    "Accuracy and loss after each epoch", "history", history,
    [
      Column("epoch") { "\($0.epoch)" },
      Column("training") { $0.trainingAccuracy.value.percent() },
      Column("validation") { $0.validationAccuracy.value.percent() },
      Column("train loss") { $0.trainingLoss.decimals(4) },
      Column("val. loss") { $0.validationLoss.decimals(4) },
      Column("sec.") { $0.trainingSeconds.decimals(1) },
    ])
}

/// How much of all that was learned the first epoch brought.
///
/// - Parameters:
///   - history: At least one epoch.
///   - classes: How many there are to guess from.
/// - Returns: A sentence or two.
func firstPass(of history: [Epoch], classes: Int) -> String {
  let chance = 1 / Double(classes)
  let first = (history.first?.validationAccuracy.value ?? 0) - chance
  let all = (history.last?.validationAccuracy.value ?? 0) - chance
  guard history.count > 1, first > 0, all > 0 else {
    return "Guessing would be right for about one image in "
      + "\(inWords(classes))."
  }
  return "The first pass brought \((first / all).percent(0)) of all that the "
    + "\(history.count) passes gained over guessing, which is right for one "
    + "image in \(inWords(classes))."
}

/// Why validation can be above training, told from this run's numbers.
func explainGap(
  _ page: Page, _ history: [Epoch], _ model: Sequential, training: ImageSet
) {
  guard let first = history.first, let last = history.last else { return }
  let (early, later) = (first.trainingAccuracy, first.validationAccuracy)
  let reason =
    dropouts(in: model).isEmpty
    ? "." : ", and it is measured while dropout switches features off."
  if later.interval95.lowerBound > early.interval95.upperBound {
    page.say(
      """
      Notice that validation is above training in the first epoch, by
      \(((later.value - early.value) * 100).decimals(2)) points, more than the
      choice of images explains. The two are not measured alike. Training
      accuracy is a mean over the whole epoch, its clumsy beginning
      included\(reason) Validation sees the network as it is at the end.
      """)
  }
  let some = training.prefix(last.validationAccuracy.total)
  let again = model.evaluate(on: some).accuracy
  let lead = again.lead95(over: last.validationAccuracy)
  page.record("trainingAccuracyAfterwards", again)
  page.say(
    """
    Measured alike after the last epoch, \(some.count.grouped) of the images it
    has learned from are read right in \(again.withInterval), the
    \(last.validationAccuracy.total.grouped) validation images in
    \(last.validationAccuracy.withInterval). The difference is
    \(((again.value - last.validationAccuracy.value) * 100).decimals(2)) points,
    with an interval of its own from \((lead.lowerBound * 100).decimals(2)) to
    \((lead.upperBound * 100).decimals(2)) (Newcombe 1998).
    \(lead.lowerBound > 0
      ? "So it does know the images it has learned from better, if by little."
      : "That interval holds 0, so this does not show that it knows the images "
        + "it has learned from any better.")
    """)
}

/// The history as text, for the checkpoint's metadata.
///
/// Without the seconds: the same seed shall give the same file.
func encodedHistory(_ history: [Epoch]) throws -> String {
  let columns = [
    "trainingLoss": history.map(\.trainingLoss),
    "trainingAccuracy": history.map(\.trainingAccuracy.value),
    "validationLoss": history.map(\.validationLoss),
    "validationAccuracy": history.map(\.validationAccuracy.value),
  ]
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  return String(decoding: try encoder.encode(columns), as: UTF8.self)
}
