import Testing

@testable import Shared

@Suite struct RestartsTests {
  /// One pixel is the logit of class 1, that of class 0 is 0.5: class 1 is
  /// answered above a half, and the loss of `.avoid(0)` rises with the pixel.
  private let model: Sequential = [
    "scores": Linear(
      weight: Tensor(shape: [2, 1], scalars: [0, 1]), bias: Tensor([0.5, 0]))
  ]

  /// What comes of results that are given start by start, image by image.
  private func outcome(of results: [[Float]])
    -> (images: [Float], runs: [[Float]], passes: [Int])
  {
    // Each image is its own number, so that a run tells which it was given.
    let images = Tensor(shape: [3, 1], scalars: [0.01, 0.02, 0.03])
    let counter = PassCounter(images: 3)
    let access = GradientAccess(
      AttackedModel(model, images: images, counter: counter))
    var runs: [[Float]] = []
    let best = fromSeveralStarts(
      results.count, images, Array(repeating: .avoid(0), count: 3), access,
      .margin
    ) { start, images, goals, model in
      #expect(start == runs.count)
      #expect(goals.count == images.shape[0])
      runs.append(images.scalars)
      return images.map { results[start][Int(($0 * 100).rounded()) - 1] }
    }
    return (best.scalars, runs, counter.counts.map(\.forward))
  }

  @Test func `one start asks nothing of its own`() {
    let (images, runs, passes) = outcome(of: [[0.1, 0.9, 0.2]])
    #expect(images == [0.1, 0.9, 0.2])
    #expect(runs == [[0.01, 0.02, 0.03]])
    #expect(passes == [0, 0, 0])
  }

  @Test func `who has met the goal is left alone`() {
    let (images, runs, passes) = outcome(
      of: [[0.1, 0.6, 0.2], [0.7, 0.9, 0.3], [0.9, 0.9, 0.8]])
    #expect(images == [0.7, 0.6, 0.8])
    #expect(runs == [[0.01, 0.02, 0.03], [0.01, 0.03], [0.03]])
    #expect(passes == [2, 1, 3])
  }

  @Test func `of those who fail the highest loss is kept`() {
    let (images, _, _) = outcome(
      of: [[0.1, 0.4, 0.2], [0.3, 0.2, 0.2], [0.2, 0.3, 0.45]])
    #expect(images == [0.3, 0.4, 0.45])
  }

  @Test func `nobody left, no more starts`() {
    let (_, runs, passes) = outcome(
      of: [[0.6, 0.7, 0.8], [0.9, 0.9, 0.9], [0.9, 0.9, 0.9]])
    #expect(runs.count == 1)
    #expect(passes == [1, 1, 1])
  }
}
