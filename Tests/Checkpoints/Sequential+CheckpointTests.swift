import Testing

@testable import Shared

@Suite struct SequentialCheckpointTests {
  private let model = Sequential.notebookNetwork(seed: 1)

  @Test func `saved and loaded parameters are the same bits`() throws {
    var other = Sequential.notebookNetwork(seed: 9)
    let data = try SafeTensors(tensors: model.parameterTensors).encoded()
    try other.load(
      SafeTensors(decoding: data, name: "file").tensors, from: "file")
    #expect(other.parameterTensors == model.parameterTensors)
    #expect(
      Set(other.parameterTensors.keys) == [
        "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias",
        "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias",
      ])
  }

  @Test func `all problems are listed and nothing is changed`() {
    var tensors = model.parameterTensors
    tensors["conv1.bias"] = nil
    tensors["fc2.bias"] = Tensor([1, 2, 3])
    tensors["fc2.weight"]?.scalars[7] = .nan
    tensors["extra"] = Tensor([1])
    var other = Sequential.notebookNetwork(seed: 9)
    let before = other.parameterTensors
    let error = #expect(throws: TutorialError.self) {
      try other.load(tensors, from: "some/file")
    }
    for text in [
      "some/file", "conv1.bias is missing", "fc2.bias is [3]", "[10]",
      "fc2.weight holds numbers that are not finite", "extra does not belong",
    ] {
      #expect(error?.description.contains(text) == true, "\(text)")
    }
    #expect(other.parameterTensors == before)
  }
}
