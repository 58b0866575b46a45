import Lesson
import Shared

/// Which digits it takes for which others, and where it was surest.
func whereItIsWrong(_ page: Page, _ evaluation: Evaluation, _ test: ImageSet)
  throws
{
  page.say(
    """
    On the test set the model is right on \(evaluation.accuracy.withInterval)
    of \(test.count.grouped) images; the brackets are a 95 % interval.
    The confusion matrix has a row for each right label and a column for each
    answer, so everything off the diagonal is a mistake.
    """)
  page.table(
    "Confusion matrix (rows: label, columns: answer)",
    columns: ["label"] + (0...9).map(String.init),
    rows: evaluation.confusion.enumerated().map { label, row in
      ["\(label)"] + row.map { $0 == 0 ? "." : "\($0)" }
    },
    [
      "confusion": evaluation.confusion, "testAccuracy": evaluation.accuracy,
    ])
  try showMistakes(page, evaluation, test)
}

/// The mistakes the model was surest of, in the terminal and as a figure.
private func showMistakes(
  _ page: Page, _ evaluation: Evaluation, _ test: ImageSet
)
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
