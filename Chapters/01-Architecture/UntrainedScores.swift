import Lesson
import Shared

/// What the scores of an untrained network show.
///
/// - Parameters:
///   - scores: Shape `[images, classes]`.
///   - batch: The images.
///   - names: What the classes are called.
/// - Returns: Some sentences.
func readScores(
  _ scores: Tensor, _ batch: Batch, names: [String]
) -> String {
  let all = scores.scalars
  let range =
    "All scores lie between \((all.min() ?? 0).decimals(2)) and "
    + "\((all.max() ?? 0).decimals(2))."
  let (images, classes) = (batch.labels.indices, names.indices)
  let betweenImages = mean(
    classes.map { name in meanDistance(images.map { scores[$0, name] }) })
  let betweenClasses = mean(
    images.map { image in meanDistance(classes.map { scores[image, $0] }) })
  let comparison =
    betweenImages < betweenClasses
    ? "Two scores in one row differ by \(betweenClasses.decimals(3)) on "
      + "average over all pairs, two in one column only by "
      + "\(betweenImages.decimals(3)): "
      + "which image it is matters less to a score than which random weights "
      + "it comes from."
    : "Two scores in one row differ by \(betweenClasses.decimals(3)) on average "
      + "over all pairs, two in one column by \(betweenImages.decimals(3))."
  return "\(range) \(comparison) \(answers(scores, batch, names))"
}

/// The answers, and how many of them happen to be right.
private func answers(_ scores: Tensor, _ batch: Batch, _ names: [String])
  -> String
{
  let answers = predictions(scores)
  let right = zip(answers, batch.labels).count { $0 == $1 }
  let luck =
    right == 0
    ? "None of them is right: the weights are random."
    : "\(inWords(right).capitalized) of them \(right == 1 ? "is" : "are") "
      + "right, by luck, for the weights are random."
  let said = answers.map { names[$0] }.joined(separator: ", ")
  return "The answers, image by image: \(said). \(luck)"
}

/// How far two of the numbers are apart, on average over all pairs.
private func meanDistance(_ numbers: [Float]) -> Double {
  mean(
    numbers.indices.flatMap { one in
      numbers.dropFirst(one + 1).map { Double(abs($0 - numbers[one])) }
    })
}

private func mean(_ numbers: [Double]) -> Double {
  numbers.reduce(0, +) / Double(max(numbers.count, 1))
}
