import Testing

@testable import Shared

@Suite struct UsualChannelsTests {
  private let model = Sample.smallNetwork(seed: 8)
  private let images = Sample.batch(40, height: 8, width: 8, seed: 9).images

  private var usual: [ChannelStatistics] {
    model.channelStatistics(of: ["relu1", "relu2"], on: images)
  }

  @Test func `one image by hand`() {
    // Channel means 2, 20 and 7; the third channel has never varied.
    let image = Tensor(shape: [1, 1, 2, 3], scalars: [1, 10, 7, 3, 30, 7])
    let detector = UsualChannels(
      of: ["relu": ReLU()],
      comparedWith: [
        ChannelStatistics(
          name: "relu", mean: Tensor([1.5, 13, 0]),
          standardDeviation: Tensor([0.5, 3.5, 0]))
      ])
    // z is 1 and 2.
    let score = 2.5.squareRoot()
    #expect(abs(detector.scores(of: image)[0] - score) < 1e-6)
    let (scores, gradient) = detector.scoreGradient(of: image)
    #expect(abs(scores[0] - score) < 1e-6)
    let slopes = [1 / 0.5, 2 / 3.5, 0].map { $0 / (2 * score * 2) }
    expectClose(
      gradient, ExactTensor(shape: [1, 1, 2, 3], scalars: slopes + slopes),
      relative: 1e-6)
  }

  @Test func `over its own images the mean square of the score is 1`() {
    let scores = UsualChannels(of: model, comparedWith: usual)
      .scores(of: images)
    let mean = scores.reduce(0) { $0 + $1 * $1 } / Double(scores.count)
    #expect(abs(mean - 1) < 1e-3)
  }

  @Test func `score and gradient by a slow network and finite differences`() {
    let detector = UsualChannels(of: model, comparedWith: usual)
    let two = images.rows(3..<5)
    let (scores, gradient) = detector.scoreGradient(of: two)
    let exact = scoresInDouble(ExactTensor(two), usual)
    expectClose(scores, exact, relative: 1e-3, "scores")
    expectClose(
      detector.scores(of: two), scores, relative: 1e-5, "scores alone")
    let differences = finiteDifferences(at: ExactTensor(two), step: 1e-6) {
      scoresInDouble($0, usual).reduce(0, +)
    }
    expectClose(gradient, differences, relative: 1e-3, "gradient")
  }

  @Test func `the order of the statistics makes no difference`() {
    let detectors = [usual, Array(usual.reversed())].map {
      UsualChannels(of: model, comparedWith: $0)
    }
    let scores = detectors.map { $0.scores(of: images) }
    #expect(scores[0] == scores[1])
  }

  @Test func `the same bits for any number of workers and any batch`() {
    let detector = UsualChannels(of: model, comparedWith: usual)
    let results = [1, 3].map { workers in
      Workers.$count.withValue(workers) { detector.scoreGradient(of: images) }
    }
    #expect(results[0].scores == results[1].scores)
    #expect(results[0].gradient == results[1].gradient)
    #expect(
      detector.scores(of: images.rows(17..<30))
        == Array(detector.scores(of: images)[17..<30]))
  }

  @Test func `statistics of another model are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let one = Tensor([1])
      _ = UsualChannels(
        of: ["relu": ReLU()],
        comparedWith: [
          ChannelStatistics(name: "other", mean: one, standardDeviation: one)
        ])
    }
    expectMessage(of: result, contains: "other", "layer of the model")
  }

  /// The score by its formula, through layers in `Double`.
  private func scoresInDouble(
    _ images: ExactTensor, _ usual: [ChannelStatistics]
  ) -> [Double] {
    func parameter(_ name: String) -> ExactTensor {
      ExactTensor(model.stateDictionary[name] ?? Tensor([]))
    }
    let first = Reference.relu(
      Reference.convolution(
        Reference.normalize(images, mean: 0.1307, standardDeviation: 0.3081),
        weight: parameter("conv1.weight"), bias: parameter("conv1.bias"),
        padding: 1))
    let second = Reference.relu(
      Reference.linear(
        Reference.flatten(Reference.maxPool(first, size: 2).output),
        weight: parameter("fc1.weight"), bias: parameter("fc1.bias")))
    return (0..<images.shape[0]).map { n in
      var (sum, count) = (0.0, 0.0)
      func compare(_ value: Double, _ layer: ChannelStatistics, _ channel: Int)
      {
        let deviation = Double(layer.standardDeviation.scalars[channel])
        guard deviation > 0 else { return }
        let z = (value - Double(layer.mean.scalars[channel])) / deviation
        sum += z * z
        count += 1
      }
      for channel in 0..<3 {
        var mean = 0.0
        for y in 0..<8 {
          for x in 0..<8 { mean += first[n, y, x, channel] / 64 }
        }
        compare(mean, usual[0], channel)
      }
      for channel in 0..<20 { compare(second[n, channel], usual[1], channel) }
      return (sum / count).squareRoot()
    }
  }
}
