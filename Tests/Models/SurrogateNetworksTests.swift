import Foundation
import Testing

@testable import Shared

@Suite struct SurrogateNetworksTests {
  @Test func `both take digits and give ten logits`() {
    let convolution = Sequential.smallConvolution(seed: 1)
    let perceptron = Sequential.perceptron(seed: 1)
    for network in [convolution, perceptron] {
      #expect(network.outputShape(for: [28, 28, 1]) == [10])
    }
    #expect(
      convolution.parameters.map(\.name) == [
        "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias",
        "fc.weight", "fc.bias",
      ])
    // 16·(16 + 1) + 32·(16·16 + 1) + 10·(32·7·7 + 1)
    #expect(convolution.parameterCount == 24_186)
    // 64·(784 + 1) + 10·(64 + 1)
    #expect(perceptron.parameterCount == 50_890)
  }

  @Test func `the classes and the pixels may be others`() throws {
    let normalize = Normalize(mean: 0.5, standardDeviation: 0.25)
    for network in [
      Sequential.smallConvolution(seed: 1, classes: 26, normalize: normalize),
      .perceptron(seed: 1, classes: 26, normalize: normalize),
    ] {
      try network.validate(forImages: [28, 28, 1], classes: 26)
      #expect((network["normalize"] as? Normalize)?.mean == 0.5)
    }
    let data = try MNIST()
    #expect(
      Sequential.perceptron(seed: 3, for: data).stateDictionary
        == Sequential.perceptron(seed: 3).stateDictionary)
    #expect(
      Sequential.smallConvolution(seed: 3, for: data).stateDictionary
        == Sequential.smallConvolution(seed: 3).stateDictionary)
  }

  @Test func `the same seed gives the same bits, another seed others`() {
    for make in [
      { Sequential.smallConvolution(seed: $0) },
      { Sequential.perceptron(seed: $0) },
    ] as [(UInt64) -> Sequential] {
      let weights = [1, 1, 2].map { make($0).parameters.map(\.value) }
      #expect(weights[0] == weights[1])
      #expect(zip(weights[0], weights[2]).allSatisfy { $0 != $1 })
    }
  }

  @Test(arguments: [
    (PackageFiles.smallConvolution, 0.985), (PackageFiles.perceptron, 0.975),
  ])
  func `each file states an accuracy and where it comes from`(
    file: URL, least: Double
  ) throws {
    let checkpoint = try LoadedCheckpoint(file)
    let data = try MNIST()
    #expect(checkpoint["data.sha256"] == data.sha256)
    let network = try #require(
      SurrogateNetworks.load().all.first {
        $0.architecture == checkpoint["architecture"]
      })
    #expect(network.stateDictionary == checkpoint.contents.tensors)
    let stated = try #require(checkpoint["accuracy"].flatMap(Double.init))
    let measured = network.evaluate(on: data.test).accuracy.value
    // Other CPUs round differently: an image or two on the fence may flip.
    #expect(abs(measured - stated) <= 0.0003)
    #expect(stated >= least)
    #expect(try Data(contentsOf: file).count < 250_000)
  }

  @Test func `they share no seed with each other or with the model`() throws {
    let seeds = try [
      PackageFiles.pretrained, PackageFiles.smallConvolution,
      PackageFiles.perceptron,
    ].map { try LoadedCheckpoint($0)["seed"] }
    #expect(Set(seeds).count == 3 && !seeds.contains(nil))
  }

  @Test func `a file that is missing, damaged or another's is named`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("network.safetensors")
      expectSentence("network.safetensors does not exist") {
        _ = try SurrogateNetworks.load(convolution: file)
      }
      try Data(contentsOf: PackageFiles.perceptron).prefix(9999).write(to: file)
      expectSentence("cut short") {
        _ = try SurrogateNetworks.load(perceptron: file)
      }
      expectSentence("git checkout -- Shared/Pretrained") {
        _ = try SurrogateNetworks.load(perceptron: file)
      }
      expectSentence("fc2.weight does not belong to the network") {
        _ = try SurrogateNetworks.load(convolution: PackageFiles.perceptron)
      }
    }
  }
}
