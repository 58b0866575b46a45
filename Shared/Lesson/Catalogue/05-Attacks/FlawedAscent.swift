import Shared

/// Steps along the sign of the gradient, with a choice of mistakes.
struct FlawedAscent: Sendable {
  /// Where a gradient is asked for.
  enum Place { case current, start, original }

  /// Where each gradient is taken.
  var place = Place.current
  /// What becomes of a gradient before it is scaled.
  var direction: @Sendable (Float) -> Float = { sign($0) }
  /// From moved pixel, last point, original pixel and ε to the next point.
  var back: @Sendable (Float, Float, Float, Float) -> Float = {
    projected($0, around: $2, $3)
  }

  func callAsFunction(_ question: AscendInput) -> Tensor {
    let (epsilon, stepSize) = (
      question.epsilon.pixels, question.stepSize.pixels
    )
    var current = question.start
    for _ in 0..<question.steps {
      let point =
        switch place {
        case .current: current
        case .start: question.start
        case .original: question.images
        }
      let gradient = question.model.inputGradient(
        of: point, labels: question.labels)
      for i in 0..<current.count {
        let last = current.scalars[i]
        current.scalars[i] = back(
          last + stepSize * direction(gradient.scalars[i]), last,
          question.images.scalars[i], epsilon)
      }
    }
    return current
  }

  /// The same for a question with one thing changed.
  func callAsFunction(
    _ question: AscendInput, after change: (inout AscendInput) -> Void
  ) -> Tensor {
    var changed = question
    change(&changed)
    return self(changed)
  }
}
