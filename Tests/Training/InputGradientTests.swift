import Testing

@testable import Shared

@Suite struct InputGradientTests {
  /// The margin by which another class beats the label's: largest other logit
  /// minus the label's.
  private func margins(_ logits: Tensor, _ labels: [Int])
    -> (values: [Float], gradient: Tensor)
  {
    var gradient = Tensor(shape: logits.shape)
    var values: [Float] = []
    for (row, label) in labels.enumerated() {
      let others = (0..<logits.shape[1]).filter { $0 != label }
      let best = others.max { logits[row, $0] < logits[row, $1] } ?? 0
      values.append(logits[row, best] - logits[row, label])
      gradient[row, best] += 1
      gradient[row, label] -= 1
    }
    return (values, gradient)
  }

  @Test func `any loss at the logits has its gradient`() {
    let model = Sequential.notebookNetwork(seed: 4)
    // More than one shard, and the last one smaller.
    let images = Sample.uniform([19, 28, 28, 1], seed: 5)
    let labels = (0..<19).map { $0 % 10 }
    let gradient = model.inputGradient(of: images) { logits, range in
      margins(logits, Array(labels[range])).gradient
    }
    let (logits, cache) = model.forward(images, mode: .inference)
    let slow = model.inputGradient(
      margins(logits, labels).gradient, cache: cache)
    #expect(gradient == slow)
    // Against the definition, along one direction.
    let step: Float = 1e-3
    let direction = Sample.uniform(images.shape, seed: 6)
    let (after, before) = (
      margins(model(images + direction * step), labels).values,
      margins(model(images - direction * step), labels).values
    )
    for image in 0..<19 {
      let slope = (after[image] - before[image]) / (2 * step)
      let range = image * 784..<(image + 1) * 784
      let expected = zip(gradient.scalars[range], direction.scalars[range])
        .reduce(Float(0)) { $0 + $1.0 * $1.1 }
      #expect(abs(slope - expected) < 0.02 * max(1, abs(expected)))
    }
  }
}
