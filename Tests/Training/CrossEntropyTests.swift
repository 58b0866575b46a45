import Foundation
import Testing

@testable import Shared

@Suite struct CrossEntropyTests {
  static let shapes = [[1, 1], [1, 2], [3, 10], [17, 10], [8, 33]]

  private func example(_ shape: [Int]) -> (logits: Tensor, labels: [Int]) {
    (
      Sample.uniform(shape, seed: 1) * 5,
      (0..<shape[0]).map { $0 * 7 % shape[1] }
    )
  }

  @Test(arguments: shapes)
  func `losses and gradient equal the definition`(_ shape: [Int]) {
    let (logits, labels) = example(shape)
    let (losses, gradient) = softmaxCrossEntropy(
      logits: logits, labels: labels)
    let exact = ExactTensor(logits)
    expectClose(
      losses, Reference.crossEntropy(exact, labels: labels), relative: 1e-12,
      "losses")
    expectClose(
      gradient, Reference.crossEntropyGradient(exact, labels: labels),
      relative: 1e-6, "gradient")
    expectClose(
      softmax(logits), Reference.softmax(exact), relative: 1e-6, "softmax")
  }

  @Test(arguments: shapes)
  func `the definition's gradient is the slope`(_ shape: [Int]) {
    let (logits, labels) = example(shape)
    let exact = ExactTensor(logits)
    let slope = finiteDifferences(at: exact) {
      Reference.crossEntropy($0, labels: labels).reduce(0, +)
    }
    expectClose(
      Reference.crossEntropyGradient(exact, labels: labels), slope,
      relative: 1e-6)
  }

  @Test func `huge logits do not overflow`() {
    let logits = Tensor(
      shape: [2, 3], scalars: [1e30, -1e30, 0, 3e38, 3e38, -3e38])
    let (losses, gradient) = softmaxCrossEntropy(
      logits: logits, labels: [2, 1])
    expectClose([losses[0]], [Double(Float(1e30))], relative: 1e-12)
    expectClose([losses[1]], [log(2)], relative: 1e-12)
    #expect(gradient.scalars == [1, 0, -1, 0.5, -0.5, 0])
  }

  /// A confident model's loss is the small number exp(−margin).
  @Test(arguments: [(20, 0), (30, 0), (50, 0), (20, 1000), (60, -1000)])
  func `tiny losses keep their digits`(_ margin: Int, _ offset: Int) {
    let logits = Tensor(
      shape: [1, 2], scalars: [Float(margin + offset), Float(offset)])
    let losses = softmaxCrossEntropy(logits: logits, labels: [0]).losses
    expectClose(losses, [log1p(exp(-Double(margin)))], relative: 1e-12)
  }

  @Test func `large losses are the margin`() {
    let logits = Tensor(shape: [1, 3], scalars: [0, 200, 0])
    let losses = softmaxCrossEntropy(logits: logits, labels: [0]).losses
    expectClose(losses, [200], relative: 1e-12)
  }

  @Test func `a label outside the classes is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = softmaxCrossEntropy(logits: Tensor(shape: [1, 10]), labels: [10])
    }
    expectMessage(of: result, contains: "label 10", "0..<10")
  }

  @Test func `labels must match the rows`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = softmaxCrossEntropy(logits: Tensor(shape: [2, 10]), labels: [1])
    }
    expectMessage(of: result, contains: "[2, 10]", "1 labels")
  }
}
