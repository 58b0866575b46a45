import Lesson
import Shared

/// Which classes it takes for which others, and where it was surest.
func whereItIsWrong(
  _ page: Page, _ evaluation: Evaluation, _ test: ImageSet, _ mnist: MNIST
) throws {
  let names = mnist.classNames
  let confusion = evaluation.confusion(of: names.count)
  let fits = page.hasRoom(forNumbersUnder: names)
  page.say(
    """
    Back to the \(test.count.grouped) test images, of which the model reads
    \(evaluation.accuracy.withInterval) right. \(fits
      ? "The confusion matrix has a row for each right label and a column for "
        + "each answer, so everything off the diagonal is a mistake."
      : "These are the mistakes it makes most often:")
    """)
  if fits {
    page.table(
      "Confusion matrix (rows: label, columns: answer)",
      columns: ["label"] + names,
      rows: zip(names, confusion).map { name, row in
        [name] + row.map { $0 == 0 ? "." : "\($0)" }
      })
  } else {
    page.table(
      "The most frequent confusions", columns: ["label", "answer", "images"],
      rows: mostFrequent(confusion).map {
        [names[$0.label], names[$0.answer], $0.count.grouped]
      })
  }
  page.record("confusion", confusion)
  try showMistakes(page, evaluation, test, mnist)
}

/// The twelve largest numbers off the diagonal.
private func mostFrequent(_ confusion: [[Int]])
  -> [(label: Int, answer: Int, count: Int)]
{
  var all: [(label: Int, answer: Int, count: Int)] = []
  for (label, row) in confusion.enumerated() {
    for (answer, count) in row.enumerated() where answer != label && count > 0 {
      all.append((label, answer, count))
    }
  }
  // Equal counts stay in the order of the labels.
  return Array(
    all.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }.prefix(12).map(\.element))
}

/// The mistakes the model was surest of, in the terminal and as a figure.
private func showMistakes(
  _ page: Page, _ evaluation: Evaluation, _ test: ImageSet, _ mnist: MNIST
) throws {
  let worst = Array(evaluation.mistakes.prefix(16))
  guard !worst.isEmpty else {
    page.say("There are no mistakes to show.")
    return
  }
  let names = mnist.classNames
  page.say(
    """
    These are the mistakes it was surest of: its *confidence* is the softmax
    probability of its answer. To look at them is allowed; to choose settings by
    them would not be. Which would you dispute, and which are clear to you?
    Confidence is no guarantee, and chapter 5 makes that worse on purpose.
    """)
  let images = test.batch(worst).images
  let captions = worst.map { index in
    "is \(names[evaluation.labels[index]]), "
      + "says \(names[evaluation.predictions[index]]) "
      + "(\(Double(evaluation.confidences[index]).percent(1)))"
  }
  var grid = ImageGrid(columns: 8)
  grid.addRow(images, captions: captions)
  try page.figure(
    "mistakes", grid,
    caption: "the \(worst.count) most confident mistakes on the test set, the "
      + "surest first: "
      + captions.prefix(8).joined(separator: ", ")
      + (captions.count > 8 ? " …" : "."),
    alternative: (mnist.isShipped
      ? "Handwritten digits with their labels and the answers: "
      : "Images with their labels and the answers: ")
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
