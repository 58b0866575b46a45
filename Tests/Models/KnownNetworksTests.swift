import Foundation
import Testing

@testable import Shared

@Suite struct KnownNetworksTests {
  /// The network that a file of such contents is taken for.
  private func load(
    _ tensors: [String: Tensor], _ metadata: [String: String] = [:],
    classes: Int = 10, normalize: Normalize = .mnist
  ) throws -> Sequential {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("weights.safetensors")
      try SafeTensors(tensors: tensors, metadata: metadata).encoded()
        .write(to: file)
      return try KnownNetwork.load(
        LoadedCheckpoint(file), classes: classes, normalize: normalize)
    }
  }

  @Test(arguments: KnownNetwork.allCases)
  func `weights alone tell their network`(known: KnownNetwork) throws {
    let normalize = Normalize(mean: 0.25, standardDeviation: 0.5)
    for classes in [10, 26] {
      let untrained = known.untrained(classes: classes, normalize: normalize)
      let weights = untrained.stateDictionary.mapValues { $0 * 2 }
      let loaded = try load(weights, classes: classes, normalize: normalize)
      #expect(loaded.architecture == untrained.architecture)
      #expect(loaded.stateDictionary == weights)
      #expect((loaded["normalize"] as? Normalize)?.mean == 0.25)
    }
  }

  @Test(arguments: [
    (PackageFiles.pretrained, 0.95), (PackageFiles.defense("four-steps"), 0.95),
    (PackageFiles.defense("interval-0.3"), 0.9),
    (PackageFiles.smallConvolution, 0.95), (PackageFiles.perceptron, 0.9),
  ])
  func `every file that ships is read as what it is`(file: URL, least: Double)
    throws
  {
    let checkpoint = try LoadedCheckpoint(file)
    let network = try KnownNetwork.load(
      checkpoint, classes: 10, normalize: .mnist)
    #expect(network.architecture == checkpoint["architecture"])
    let accuracy = try network.evaluate(on: MNIST().test.prefix(200)).accuracy
    #expect(accuracy.value >= least)
  }

  @Test func `tensors count for more than what a file says of them`() throws {
    let perceptron = Sequential.perceptron(seed: 1)
    let stated = Sequential.notebookNetwork(seed: 0).architecture
    let loaded = try load(
      perceptron.stateDictionary, ["architecture": stated])
    #expect(loaded.architecture == perceptron.architecture)
  }

  @Test func `a file that fits none is compared with the nearest`() throws {
    var weights = Sequential.intervalNetwork(seed: 1).stateDictionary
    weights["fc2.bias"] = Tensor(shape: [26])
    for words in [
      "fc2.bias is [26] and should be [10]",
      "(notebook, interval, small convolution, perceptron) the nearest is "
        + "interval", "ONNX",
    ] {
      expectSentence(words) { _ = try load(weights) }
    }
    // Another one, if the file says so.
    let stated = Sequential.perceptron(seed: 0).architecture
    expectSentence("the nearest is perceptron") {
      _ = try load(weights, ["architecture": stated])
    }
    expectSentence("the nearest is notebook") { _ = try load([:]) }
  }

  @Test func `the tensors of the nearest must all be there and finite`() throws
  {
    let weights = Sequential.perceptron(seed: 1).stateDictionary
    var wild = weights
    wild["fc2.bias"]?.scalars[3] = .infinity
    let error = #expect(throws: TutorialError.self) { try load(wild) }
    let message = error?.description ?? ""
    #expect(message.contains("fc2.bias holds numbers that are not finite"))
    #expect(!message.contains("nearest"))
    var more = weights
    more["fc1.num_batches_tracked"] = Tensor(shape: [])
    expectSentence("fc1.num_batches_tracked does not belong") {
      _ = try load(more)
    }
  }
}
