import Testing

@testable import Lesson
@testable import Shared

@Suite struct AscendTests {
  typealias Walk =
    @Sendable (Tensor, Tensor, [Int], Sequential, Float, Float, Int) -> Tensor

  /// With ε and step size as plain numbers of pixels.
  private func inPixels(_ walk: @escaping Walk) -> PGD.Ascent {
    { walk($0, $1, $2, $3, $4.pixels, $5.pixels, $6) }
  }

  @Test func `every solution of 6b passes`() {
    #expect(Exercise.ascend(ascend).verdict() == .solved)
    let others: [Walk] = [
      { start, images, labels, model, epsilon, stepSize, steps in
        // In terms of the change from the original.
        var delta = start - images
        for _ in 0..<steps {
          let gradient = model.inputGradient(of: images + delta, labels: labels)
          let direction = gradient.map { $0 == 0 ? 0 : $0 < 0 ? -1 : 1 }
          delta = (delta + direction * stepSize).map {
            max(-epsilon, min(epsilon, $0))
          }
          delta = (images + delta).map { min(1, max(0, $0)) } - images
        }
        return images + delta
      },
      { start, images, labels, model, epsilon, stepSize, steps in
        // Image by image, and the gradient by hand.
        let parts = labels.indices.map { n in
          let image = images.rows(n..<n + 1)
          var x = start.rows(n..<n + 1)
          for _ in 0..<steps {
            let (logits, cache) = model.forward(x, mode: .inference)
            let loss = softmaxCrossEntropy(logits: logits, labels: [labels[n]])
            let gradient = model.inputGradient(loss.gradient, cache: cache)
            x = x.combined(with: gradient) {
              $1 > 0 ? $0 + stepSize : $1 < 0 ? $0 - stepSize : $0
            }
            x = x.combined(with: image) {
              min(max($0, $1 - epsilon), $1 + epsilon)
            }
            x = x.map { min(max($0, 0), 1) }
          }
          return x
        }
        return Tensor(concatenating: parts)
      },
    ]
    for other in others {
      #expect(Exercise.ascend(inPixels(other)).verdict() == .solved)
    }
  }

  @Test func `each mistake of 6b has its name`() throws {
    let mistakes = directionMistakes.merging(boxMistakes) { first, _ in first }
    for (name, mistake) in mistakes {
      let found = graded(.ascend(inPixels(mistake)))
      #expect(found == name)
    }
    let names = Exercise.ascend { start, _, _, _, _, _, _ in start }
      .misconceptionNames
    #expect(Set(mistakes.keys) == Set(names))
  }

  @Test func `6b: trivial answers are refused`() throws {
    let trivial: [Walk] = [
      { start, _, _, _, _, _, _ in start }, { _, x0, _, _, _, _, _ in x0 },
      { _, x0, _, _, _, _, _ in Tensor(shape: x0.shape) },
      { start, _, _, _, _, _, _ in start.reshaped(to: [start.count]) },
    ]
    for answer in trivial {
      #expect(graded(.ascend(inPixels(answer))) != "solved")
    }
  }
}
