import Testing

@testable import Shared

@Suite struct BatchSizeExperimentTests {
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
      Proportion(Int(model.parameters[0].value.scalars[0]), of: 10)
    }
    #expect(seen == [16, 16])
    #expect(
      rows == [
        BatchSizeRow(batchSize: 2, steps: 8, accuracy: Proportion(8, of: 10)),
        BatchSizeRow(batchSize: 8, steps: 2, accuracy: Proportion(2, of: 10)),
      ])
  }
}
