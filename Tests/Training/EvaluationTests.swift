import Testing

@testable import Shared

@Suite struct EvaluationTests {
  let evaluation = Evaluation(
    predictions: [3, 1, 2, 7, 7, 0], labels: [3, 2, 2, 1, 9, 5],
    confidences: [0.9, 0.6, 0.5, 0.8, 0.6, 0.99], meanLoss: 1)

  @Test func `accuracy counts the matches`() {
    #expect(evaluation.accuracy == Proportion(2, of: 6))
  }

  @Test func `mistakes come most confident first, equals in order`() {
    #expect(evaluation.mistakes == [5, 3, 1, 4])
  }

  @Test func `confusion counts right against chosen`() {
    var expected = Array(repeating: Array(repeating: 0, count: 10), count: 10)
    for (right, chosen) in [(3, 3), (2, 1), (2, 2), (1, 7), (9, 7), (5, 0)] {
      expected[right][chosen] += 1
    }
    #expect(evaluation.confusion(of: 10) == expected)
    let diagonal = (0..<10).reduce(0) {
      $0 + evaluation.confusion(of: 10)[$1][$1]
    }
    #expect(diagonal == evaluation.accuracy.successes)
    #expect(evaluation.confusion(of: 10).joined().reduce(0, +) == 6)
  }

  @Test func `a prediction is the first of the largest logits`() {
    let logits = Tensor(
      shape: [3, 4], scalars: [0, 2, 1, 2, -3, -1, -2, -5, 4, 4, 4, 4])
    #expect(predictions(logits) == [1, 1, 0])
  }

  @Test func `a model is judged image by image`() {
    let model = Sample.smallNetwork(seed: 1)
    let batch = Sample.batch(11, height: 8, width: 8, seed: 2)
    let evaluation = model.evaluate(on: batch.images, labels: batch.labels)
    let logits = ExactTensor(model(batch.images))
    let probabilities = Reference.softmax(logits)
    let losses = Reference.crossEntropy(logits, labels: batch.labels)
    expectClose(
      [evaluation.meanLoss], [losses.reduce(0, +) / 11], relative: 1e-6)
    for n in 0..<11 {
      let row = (0..<10).map { probabilities[n, $0] }
      let best = row.indices.max { row[$0] < row[$1] }
      #expect(evaluation.predictions[n] == best)
      expectClose(
        [Double(evaluation.confidences[n])], [row.reduce(0, max)],
        relative: 1e-5)
    }
    #expect(evaluation.labels == batch.labels)
  }

  @Test func `a whole set equals its images in one batch`() {
    // 2,345 images are two full parts and a smaller one.
    let count = 2345
    var generator = SeededGenerator(seed: 3)
    let set = ImageSet(
      pixels: (0..<count * 64).map { _ in
        UInt8(truncatingIfNeeded: generator.next())
      },
      labels: (0..<count).map { UInt8($0 * 7 % 10) }, size: (8, 8))
    let model = Sample.smallNetwork(seed: 1)
    let batch = set.first(count)
    let whole = model.evaluate(on: batch.images, labels: batch.labels)
    let parts = model.evaluate(on: set)
    #expect(parts.predictions == whole.predictions)
    #expect(parts.labels == whole.labels)
    #expect(parts.confidences == whole.confidences)
    expectClose([parts.meanLoss], [whole.meanLoss], relative: 1e-12)
  }
}
