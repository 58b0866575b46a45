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
      Column("test") { $0.testAccuracy.value.percent() },
      Column("train loss") { $0.trainingLoss.decimals(4) },
      Column("val. loss") { $0.validationLoss.decimals(4) },
      Column("test loss") { $0.testLoss.decimals(4) },
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
  let first = (history.first?.testAccuracy.value ?? 0) - chance
  let all = (history.last?.testAccuracy.value ?? 0) - chance
  guard history.count > 1, first > 0, all > 0 else {
    return "Guessing would be right for about one image in "
      + "\(inWords(classes))."
  }
  return "The first pass brought \((first / all).percent(0)) of all that the "
    + "\(history.count) passes gained over guessing, which is right for one "
    + "image in \(inWords(classes))."
}

/// Why validation can be above training, told from this run's numbers.
func explainGap(_ page: Page, _ history: [Epoch], _ model: Sequential) {
  guard let first = history.first, let last = history.last else { return }
  let gap =
    (first.validationAccuracy.value - first.trainingAccuracy.value) * 100
  if gap > 0, last.testAccuracy.value > 0.5 {
    let reason =
      dropouts(in: model).isEmpty
      ? "; validation sees the finished network."
      : ", and it is measured while dropout switches features off; validation "
        + "sees the finished network with everything switched on."
    page.say(
      """
      Notice that validation is above training in the first epoch, by
      \(gap.decimals(2)) points. That is no luck. Training accuracy is a mean
      over the whole epoch, its clumsy beginning included\(reason)
      """)
  }
  page.say(
    """
    After the last epoch the model is right on \(last.testAccuracy.value.percent())
    of the test images.
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
    "testLoss": history.map(\.testLoss),
    "testAccuracy": history.map(\.testAccuracy.value),
  ]
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  return String(decoding: try encoder.encode(columns), as: UTF8.self)
}
