import Testing

@testable import Shared

@Suite struct BatchSizeRowTests {
  @Test func `each size sees the same images and starts from the same model`() {
    var seen: [Int] = []
    let start: Sequential = [
      "fc": Linear(weight: Tensor(shape: [1, 1]), bias: Tensor([0]))
    ]
    let rows = batchSizeExperiment(sizes: [2, 8], images: 16, start: start) {
      model, size, steps in
      seen.append(size * steps)
      model.visitParameters { _, value in value.scalars[0] += Float(steps) }
    } measure: { model in
      Double(model.parameters[0].value.scalars[0])
    }
    #expect(seen == [16, 16])
    #expect(
      rows == [
        BatchSizeRow(batchSize: 2, steps: 8, accuracy: 8),
        BatchSizeRow(batchSize: 8, steps: 2, accuracy: 2),
      ])
  }
}
