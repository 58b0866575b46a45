import Testing

@testable import Shared

@Suite struct ChannelStatisticsSavedTests {
  private let model = Sample.smallNetwork(seed: 8)
  private let names = ["relu1", "relu2"]

  private var measured: [ChannelStatistics] {
    model.channelStatistics(
      of: names, on: Sample.batch(20, height: 8, width: 8, seed: 9).images)
  }

  /// As chapter 4 writes them, among other tensors.
  private var tensors: [String: Tensor] {
    var tensors = ["relu1.mean": Tensor([0.5])]
    for layer in measured {
      tensors["\(layer.name).channel.mean"] = layer.mean
      tensors["\(layer.name).channel.standardDeviation"] =
        layer.standardDeviation
    }
    return tensors
  }

  private func read(_ tensors: [String: Tensor]) throws -> [ChannelStatistics] {
    try model.channelStatistics(
      of: names, savedIn: tensors, file: "a.safetensors",
      imageShape: [8, 8, 1])
  }

  @Test func `what was measured comes back`() throws {
    #expect(try read(tensors) == measured)
    #expect(
      try model.channelStatistics(
        of: ["relu2"], savedIn: tensors, file: "a", imageShape: [8, 8, 1])
        == [measured[1]])
  }

  @Test func `what does not fit is named`() {
    let spoiled: [(String, Tensor?, String)] = [
      ("relu1.channel.mean", nil, "relu1.channel.mean is missing"),
      (
        "relu2.channel.standardDeviation", Tensor(shape: [19]),
        "relu2.channel.standardDeviation is [19] and should be [20]"
      ),
      (
        "relu1.channel.mean", Tensor(shape: [1, 3]),
        "relu1.channel.mean is [1, 3] and should be [3]"
      ),
      (
        "relu1.channel.mean", Tensor([0, .nan, 0]),
        "relu1.channel.mean holds"
      ),
      (
        "relu1.channel.standardDeviation", Tensor([0, -1, 0]),
        "relu1.channel.standardDeviation holds"
      ),
    ]
    for (name, tensor, problem) in spoiled {
      var changed = tensors
      changed[name] = tensor
      expectSentence(problem) { _ = try read(changed) }
      expectSentence("a.safetensors does not fit") { _ = try read(changed) }
    }
  }

  @Test func `a mean may be negative`() throws {
    var changed = tensors
    changed["relu1.channel.mean"] = Tensor([-1, 0, 1])
    #expect(try read(changed)[0].mean == Tensor([-1, 0, 1]))
  }

  @Test func `all problems are listed`() {
    expectSentence("relu2.channel.standardDeviation is missing") {
      _ = try read([:])
    }
    expectSentence("relu1.channel.mean is missing") { _ = try read([:]) }
  }
}
