/// Runs an attack from several starts and keeps the best result of each image.
///
/// An image that meets its goal is finished. Of the results of one that does
/// not, the one with the highest loss is kept.
///
/// - Parameters:
///   - count: How many starts.
///   - images: Shape `[N, H, W, C]`.
///   - goals: One an image.
///   - model: The model under attack.
///   - loss: What the attack raises.
///   - run: One run for some of the images, given the number of the start.
/// - Returns: Changed images.
func fromSeveralStarts(
  _ count: Int, _ images: Tensor, _ goals: [Goal], _ model: GradientAccess,
  _ loss: AttackLoss,
  run: (
    _ start: Int, _ images: Tensor, _ goals: [Goal], _ model: GradientAccess
  ) -> Tensor
) -> Tensor {
  var best = run(0, images, goals, model)
  guard count > 1 else { return best }
  var standing = Array(goals.indices)
  var losses = [Double](repeating: -.infinity, count: goals.count)
  /// Keeps what is better; those who have met their goal are done.
  func take(_ result: Tensor) {
    let logits = model.only(standing).logits(of: result)
    let answers = predictions(logits)
    var left: [Int] = []
    for (row, image) in standing.enumerated() {
      let isMet = goals[image].isMet(by: answers[row])
      let value = loss(Array(logits.row(row)), goals[image]).value
      if isMet || value > losses[image] {
        best.replaceRow(image, with: result.row(row))
        losses[image] = value
      }
      if !isMet { left.append(image) }
    }
    standing = left
  }
  take(best)
  for start in 1..<count where !standing.isEmpty {
    take(
      run(
        start, images.rows(standing), standing.map { goals[$0] },
        model.only(standing)))
  }
  return best
}
