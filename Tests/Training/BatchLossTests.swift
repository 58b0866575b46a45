import Foundation
import Testing

@testable import Shared

@Suite struct BatchLossTests {
  private static let temperatures: [Float] = [0.5, 1, 20, 100]

  /// Eleven images: a shard of eight, and one of three.
  private let probabilities = softmax(Sample.uniform([11, 5], seed: 2) * 2)
  private let labels = (0..<11).map { $0 * 2 % 5 }

  /// −Σ qᵢ log softmax(z ⁄ T)ᵢ of each row.
  private func definition(_ logits: ExactTensor, _ temperature: Float)
    -> [Double]
  {
    let softened = Reference.softmax(
      logits.map { $0 / Double(temperature) })
    return (0..<logits.shape[0]).map { n in
      (0..<logits.shape[1]).reduce(0.0) {
        $0 - Double(probabilities[n, $1]) * log(softened[n, $1])
      }
    }
  }

  private func oneHot(_ labels: [Int], classes: Int) -> Tensor {
    var rows = Tensor(shape: [labels.count, classes])
    for (row, label) in labels.enumerated() { rows[row, label] = 1 }
    return rows
  }

  /// Equality of numbers would let −0 pass for 0.
  private func bits(_ tensors: [Tensor]) -> [[UInt32]] {
    tensors.map { $0.scalars.map(\.bitPattern) }
  }

  @Test(arguments: temperatures)
  func `soft labels: loss and slope are the definition's`(
    temperature: Float
  ) {
    let logits = Sample.uniform([11, 5], seed: 1) * (3 * temperature)
    let loss = BatchLoss.crossEntropy(
      probabilities: probabilities, temperature: temperature)
    let (losses, gradient) = loss(logits, 0..<11)
    let exact = ExactTensor(logits)
    expectClose(
      losses, definition(exact, temperature), relative: 1e-6, "losses")
    let slope = finiteDifferences(at: exact) {
      definition($0, temperature).reduce(0, +)
    }
    expectClose(gradient, slope, relative: 1e-5, "gradient")
    // Some of the images have their own rows of the soft labels.
    let some = loss(logits.rows(3..<7), 3..<7)
    #expect(some.losses == Array(losses[3..<7]))
    #expect(some.gradient == gradient.rows(3..<7))
  }

  @Test(arguments: temperatures)
  func `soft labels: parameter gradients by finite differences`(
    temperature: Float
  ) {
    let weight = Sample.uniform([5, 6], seed: 3)
    let bias = Sample.uniform([5], seed: 4)
    let images = Sample.uniform([11, 6], seed: 5)
    let model: Sequential = ["scores": Linear(weight: weight, bias: bias)]
    let result = model.parameterGradients(
      on: Batch(images: images, labels: labels), mode: .inference,
      through: .crossEntropy(
        probabilities: probabilities, temperature: temperature))
    func loss(_ weight: ExactTensor, _ bias: ExactTensor) -> Double {
      let logits = Reference.linear(
        ExactTensor(images), weight: weight, bias: bias)
      return definition(logits, temperature).reduce(0, +) / 11
    }
    let (exactWeight, exactBias) = (ExactTensor(weight), ExactTensor(bias))
    expectClose(
      [result.loss], [loss(exactWeight, exactBias)], relative: 1e-6)
    expectClose(
      result.parameters[0],
      finiteDifferences(at: exactWeight) { loss($0, exactBias) },
      relative: 1e-4, "weight")
    expectClose(
      result.parameters[1],
      finiteDifferences(at: exactBias) { loss(exactWeight, $0) },
      relative: 1e-4, "bias")
    // The accuracy is that of the labels.
    let right = zip(predictions(model(images)), labels).count { $0 == $1 }
    #expect(result.accuracy == Proportion(right, of: 11))
  }

  @Test(arguments: [Mode.inference, .training(seed: 3)])
  func `sure labels at temperature 1 are ordinary training, to the bit`(
    mode: Mode
  ) {
    let batch = Sample.batch(19, height: 8, width: 8, seed: 2)
    let labels = batch.labels
    let plain = BatchLoss { logits, images in
      softmaxCrossEntropy(logits: logits, labels: Array(labels[images]))
    }
    let hard = BatchLoss.crossEntropy(labels: labels)
    let soft = BatchLoss.crossEntropy(
      probabilities: oneHot(labels, classes: 10))
    for model in [Sample.smallNetwork(seed: 1), Sample.normalizedNetwork] {
      let ordinary = model.parameterGradients(on: batch, mode: mode)
      for loss in [plain, hard, soft] {
        let result = model.parameterGradients(
          on: batch, mode: mode, through: loss)
        #expect(bits(result.parameters) == bits(ordinary.parameters))
        #expect(result.accuracy == ordinary.accuracy)
        expectClose([result.loss], [ordinary.loss], relative: 1e-12)
      }
    }
  }

  @Test(arguments: temperatures)
  func `right classes are soft labels that are sure`(temperature: Float) {
    let logits = Sample.uniform([11, 5], seed: 1) * (3 * temperature)
    let hard = BatchLoss.crossEntropy(
      labels: labels, temperature: temperature)
    let soft = BatchLoss.crossEntropy(
      probabilities: oneHot(labels, classes: 5), temperature: temperature)
    let (one, other) = (hard(logits, 0..<11), soft(logits, 0..<11))
    #expect(bits([one.gradient]) == bits([other.gradient]))
    expectClose(one.losses, other.losses, relative: 1e-12)
  }

  @Test func `a temperature of 0 is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = BatchLoss.crossEntropy(labels: [0], temperature: 0)
    }
    expectMessage(of: result, contains: "above 0, got 0.0")
  }

  @Test func `a loss answers for every image`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let loss = BatchLoss { logits, _ in (losses: [1], gradient: logits) }
      _ = loss(Tensor(shape: [2, 3]), 0..<2)
    }
    expectMessage(of: result, contains: "2 images", "1 losses")
  }
}
