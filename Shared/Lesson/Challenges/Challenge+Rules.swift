import Shared

/// A rule that every answer to a challenge has to keep.
typealias ChallengeRule = GradedTask<Challenge, Challenge>.Invariant

extension Challenge {
  /// What may not be changed, and how far images may move.
  ///
  /// They come before the question whether anything has been broken: who breaks
  /// a rule has broken nothing else.
  static let rules: [ChallengeRule] = [
    ChallengeRule(
      "other images",
      "The images came back in another shape or number. Each stays in its "
        + "place; only its pixels move."
    ) { question, answer in
      Difference.between(
        exactly: question.images.shape, answer.images.shape,
        at: "the shape of the images")
    },
    ChallengeRule(
      "labels changed",
      "An image is not misread because its label is another one now. The labels "
        + "say what is drawn; leave them as they are."
    ) { question, answer in
      Difference.between(
        exactly: question.labels, answer.labels, at: "the labels")
    },
    ChallengeRule(
      "defence switched off",
      "The model or its alarm came back changed. Change a copy as you like, to "
        + "find a way; what counts is the defended one."
    ) { $0.changeOfDefense(in: $1) },
    ChallengeRule(
      "a larger box",
      "ε came back changed. How far pixels may move is not the attacker's to "
        + "say."
    ) { question, answer in
      Difference.between(
        Double(question.epsilon.pixels), Double(answer.epsilon.pixels), at: "ε")
    },
    ChallengeRule(
      "not a number",
      "A pixel is no number. Most often something was divided by 0: a gradient "
        + "may be 0 everywhere."
    ) { question, answer in
      question.firstPixel(of: answer, expecting: "a number") { moved, _ in
        !moved.isFinite
      }
    },
    ChallengeRule(
      "out of range",
      "No picture has such a pixel: 0 is black and 1 is white. Cut after every "
        + "step."
    ) { question, answer in
      question.firstPixel(of: answer, expecting: "0...1") { moved, _ in
        !((0...1) ~= moved)
      }
    },
    ChallengeRule(
      "out of the box",
      "A pixel moved further than ε. After each step go back to within ε of the "
        + "original image, not of the last one; `projected` does it."
    ) { question, answer in
      let epsilon = question.epsilon.pixels
      return question.firstPixel(of: answer, expecting: "within \(epsilon)") {
        abs($0 - $1) > epsilon + 1e-5
      }
    },
  ]

  /// The first pixel that something is wrong with.
  private func firstPixel(
    of answer: Challenge, expecting words: String,
    where isWrong: (_ moved: Float, _ original: Float) -> Bool
  ) -> Difference? {
    let (before, after) = (images.scalars, answer.images.scalars)
    guard
      let index = before.indices.first(where: { isWrong(after[$0], before[$0]) }
      )
    else { return nil }
    let (image, pixel) = index.quotientAndRemainder(
      dividingBy: max(1, images.rowCount))
    return Difference(
      place: "image \(image), pixel \(pixel), which was \(before[index])",
      expected: words, actual: "\(after[index])")
  }

  /// Whether another challenge's defence answers as this one's does.
  private func changeOfDefense(in other: Challenge) -> Difference? {
    func found(_ place: String) -> Difference {
      Difference(place: place, expected: "as it was", actual: "changed")
    }
    // Of another size it could not even be asked.
    guard model.architecture == other.model.architecture,
      model.stateDictionary.mapValues(\.shape)
        == other.model.stateDictionary.mapValues(\.shape),
      model.logits(of: images) == other.model.logits(of: images)
    else { return found("the model") }
    guard alarm?.threshold == other.alarm?.threshold,
      alarm?.detector.scores(of: images)
        == other.alarm?.detector.scores(of: images)
    else { return found("the alarm") }
    return nil
  }
}
