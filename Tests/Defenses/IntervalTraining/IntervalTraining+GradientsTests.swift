import Testing

@testable import Shared

@Suite struct IntervalGradientsTests {
  private static func batch(_ count: Int) -> Batch {
    Batch(
      images: Sample.batch(count, height: 6, width: 6, seed: 2).images,
      labels: (0..<count).map { $0 % 3 })
  }

  @Test(
    arguments: [(0, 0.2), (0.3, 0.2), (0.5, 0.05), (1, 0.2)]
      as [(Double, Double)])
  func `gradients by finite differences of the mixed loss`(
    kappa: Double, epsilon: Double
  ) throws {
    let model = ReferenceInterval.model(seed: 1)
    let reference = ReferenceInterval(model)
    // More than one shard, and the last one smaller.
    let batch = Self.batch(11)
    let gradients = try IntervalTraining.gradients(
      of: model, on: batch, epsilon: .pixels(Float(epsilon)),
      kappa: Float(kappa))
    expectClose(
      [gradients.loss],
      [reference.loss(batch, epsilon: epsilon, kappa: kappa)], relative: 1e-5)
    #expect(gradients.parameters.count == reference.parameters.count)
    for (index, parameter) in model.parameters.enumerated() {
      let slopes = finiteDifferences(
        at: reference.parameters[index], step: 1e-6
      ) { value in
        var moved = reference
        moved.parameters[index] = value
        return moved.loss(batch, epsilon: epsilon, kappa: kappa)
      }
      expectClose(
        gradients.parameters[index], slopes, relative: 1e-4, parameter.name)
    }
  }

  @Test func `without the boxes it is ordinary training, to the bit`() throws {
    let model = Sample.smallNetwork(seed: 1).withoutDropout
    let batch = Sample.batch(19, height: 8, width: 8, seed: 2)
    let ordinary = model.parameterGradients(
      on: batch, mode: .training(seed: 0))
    let gradients = try IntervalTraining.gradients(
      of: model, on: batch, epsilon: .pixels(0), kappa: 1)
    #expect(gradients.parameters == ordinary.parameters)
    #expect(gradients.loss == ordinary.loss)
    #expect(gradients.accuracy == ordinary.accuracy)
  }

  @Test(arguments: [0, 0.4] as [Float])
  func `boxes without extent are their images`(kappa: Float) throws {
    let model = Sample.smallNetwork(seed: 1)
    let batch = Sample.batch(19, height: 8, width: 8, seed: 2)
    let ordinary = model.parameterGradients(on: batch, mode: .inference)
    let gradients = try IntervalTraining.gradients(
      of: model, on: batch, epsilon: .pixels(0), kappa: kappa)
    expectClose([gradients.loss], [ordinary.loss], relative: 1e-5)
    #expect(gradients.accuracy == ordinary.accuracy)
    for (index, parameter) in model.parameters.enumerated() {
      expectClose(
        gradients.parameters[index], ExactTensor(ordinary.parameters[index]),
        relative: 1e-4, parameter.name)
    }
  }

  @Test func `the same bits for any number of workers`() throws {
    let model = ReferenceInterval.model(seed: 1)
    let batch = Self.batch(37)
    let results = try [1, 2, 3].map { workers in
      try Workers.$count.withValue(workers) {
        try IntervalTraining.gradients(
          of: model, on: batch, epsilon: .pixels(0.1), kappa: 0.5)
      }
    }
    for result in results {
      #expect(result.parameters == results[0].parameters)
      #expect(result.loss == results[0].loss)
    }
  }

  @Test func `a batch reports nine passes an image, and its loss`() throws {
    let heard = HeardReports()
    let gradients = try WorkReport.$observer.withValue(heard) {
      try IntervalTraining.gradients(
        of: ReferenceInterval.model(seed: 1), on: Self.batch(5),
        epsilon: .pixels(0.1), kappa: 0)
    }
    #expect(heard.reports.map(\.passes) == [45])
    #expect(heard.reports.map(\.loss) == [gradients.loss])
  }
}
