import Testing

@testable import Shared

@Suite struct SequentialCheckpointTests {
  private let model = Sequential.notebookNetwork(seed: 1)

  @Test func `saved and loaded parameters are the same bits`() throws {
    var other = Sequential.notebookNetwork(seed: 9)
    let data = try SafeTensors(tensors: model.stateDictionary).encoded()
    try other.load(
      SafeTensors(decoding: data, name: "file").tensors, from: "file")
    #expect(other.stateDictionary == model.stateDictionary)
    #expect(
      Set(other.stateDictionary.keys) == [
        "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias",
        "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias",
      ])
  }

  @Test func `all problems are listed and nothing is changed`() {
    var tensors = model.stateDictionary
    tensors["conv1.bias"] = nil
    tensors["fc2.bias"] = Tensor([1, 2, 3])
    tensors["fc2.weight"]?.scalars[7] = .nan
    tensors["extra"] = Tensor([1])
    var other = Sequential.notebookNetwork(seed: 9)
    let before = other.stateDictionary
    let error = #expect(throws: TutorialError.self) {
      try other.load(tensors, from: "some/file")
    }
    for text in [
      "some/file", "conv1.bias is missing", "fc2.bias is [3]", "[10]",
      "fc2.weight holds numbers that are not finite", "extra does not belong",
    ] {
      #expect(error?.description.contains(text) == true, "\(text)")
    }
    #expect(other.stateDictionary == before)
  }

  @Test func `running statistics are saved and loaded`() throws {
    var trained = Sample.normalizedNetwork
    let batch = Sample.batch(16, height: 8, width: 8, seed: 3)
    trained.absorb(
      trained.parameterGradients(on: batch, mode: .training(seed: 1)))
    let data = try SafeTensors(tensors: trained.stateDictionary).encoded()
    let saved = try SafeTensors(decoding: data, name: "file").tensors
    #expect(saved.keys.contains("norm1.running_var"))
    var model = Sample.normalizedNetwork
    try model.load(saved, from: "file")
    #expect(model.stateDictionary == trained.stateDictionary)
    #expect(model(batch.images) == trained(batch.images))
    // PyTorch's counter may be there, but only beside running statistics.
    var counted = saved
    counted["norm1.num_batches_tracked"] = Tensor(shape: [], scalars: [860])
    try model.load(counted, from: "file")
    counted["conv1.num_batches_tracked"] = Tensor(shape: [], scalars: [860])
    let error = #expect(throws: TutorialError.self) {
      try model.load(counted, from: "file")
    }
    #expect(
      error?.description.contains("conv1.num_batches_tracked does not") == true)
  }

  @Test func `buffers that the network has not, or that are missing`() {
    var with = Sample.normalizedNetwork
    var without = Sample.smallNetwork(seed: 1)
    let (full, plain) = (with.stateDictionary, without.stateDictionary)
    for (name, body) in [
      "norm1.running_mean is missing": { try with.load(plain, from: "file") },
      "norm1.running_mean does not belong to the network": {
        try without.load(full, from: "file")
      },
    ] as [String: () throws -> Void] {
      let error = #expect(throws: TutorialError.self) { try body() }
      #expect(error?.description.contains(name) == true)
    }
    #expect(with.stateDictionary == full)
    #expect(without.stateDictionary == plain)
  }
}
