import Shared

extension Sequential {
  /// Why a model is no example of a trained one; nil if it may pass for one.
  ///
  /// - Parameter images: What to try it on.
  /// - Returns: The end of a sentence that begins "something is wrong:".
  func fault(on images: ImageSet) -> String? {
    let batch = images.first(images.count)
    let logits = logits(of: batch.images)
    let classes = logits.shape[1]
    let wild = (0..<batch.count).count { row in
      logits.scalars[row * classes..<(row + 1) * classes].contains {
        !$0.isFinite
      }
    }
    let many = "\(batch.count.grouped) test images"
    if wild > 0 {
      return "on \(wild.grouped) of \(many) its scores are not finite numbers: "
        + "its weights are too large to compute with"
    }
    let answers = predictions(logits)
    if let first = answers.first, answers.allSatisfy({ $0 == first }) {
      return "it gives \(many) one and the same answer, \(first)"
    }
    let right = Proportion(
      zip(answers, batch.labels).count { $0 == $1 }, of: batch.count)
    return right.value < 0.5
      ? "it reads only \(right.value.percent()) of \(many)" : nil
  }
}
