import Testing

@testable import Shared

@Suite struct TrainingCurveTests {
  @Test func `every image counts once`() {
    let points = trainingCurvePoints([
      [.init(correct: 1, count: 4), .init(correct: 1, count: 1)],
      [.init(correct: 5, count: 5)],
    ])
    #expect(points == [CurvePoint(x: 1, y: 40), CurvePoint(x: 2, y: 100)])
  }

  @Test func `it agrees with the running mean of the chapter`() {
    let batches = [
      BatchResult(correct: 60, count: 64), .init(correct: 7, count: 8),
    ]
    var running = RunningMean()
    for batch in batches {
      running.add(
        BatchGradients(loss: 0, correct: batch.correct, parameters: []),
        count: batch.count)
    }
    #expect(trainingCurvePoints([batches])[0].y == running.accuracy * 100)
  }

  @Test func `no epochs make no points`() {
    #expect(trainingCurvePoints([]).isEmpty)
  }
}
