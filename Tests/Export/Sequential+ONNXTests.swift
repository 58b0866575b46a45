import Foundation
import Testing

@testable import Shared

@Suite struct SequentialONNXTests {
  @Test func `a small network computes the same logits`() throws {
    let model = Sample.smallNetwork(seed: 1)
    let images = Sample.batch(3, height: 8, width: 8, seed: 2).images
    try expectSameOutput(model, images)
  }

  @Test func `the notebook network computes the same logits`() throws {
    var model = Sequential.notebookNetwork(seed: 0)
    let trained = try LoadedCheckpoint(PackageFiles.pretrained)
    try model.load(trained.contents.tensors, from: "Pretrained")
    let test = try MNIST().test.first(3)
    try expectSameOutput(model, test.images)
  }

  @Test func `images of several channels are channels-first in the file`()
    throws
  {
    var generator = SeededGenerator(seed: 3)
    let model: Sequential = [
      "strided": Conv2D(
        3, 3, kernelSize: 4, padding: 1, stride: 2, using: &generator),
      "conv": Conv2D(3, 2, kernelSize: 2, using: &generator),
      "pool": MaxPool2D(3),
    ]
    let images = Sample.uniform([2, 16, 22, 3], seed: 4)
    let reader = try ONNXReader(model.onnxFile(forImages: [16, 22, 3]))
    #expect(reader.input.shape == ["N", "3", "16", "22"])
    #expect(reader.output.shape == ["N", "2", "2", "3"])
    expectClose(
      Tensor(
        shape: [2, 12], scalars: Flatten()(model(images)).scalars),
      ExactTensor(
        shape: [2, 12],
        scalars: try reader(
          ExactTensor(
            shape: [2, 3, 16, 22],
            scalars: Reference.flatten(ExactTensor(images)).scalars)
        ).scalars), relative: 1e-5)
  }

  @Test func `nodes are named after layers, and dropout is gone`() throws {
    let model = Sequential.notebookNetwork(seed: 1)
    let reader = try ONNXReader(model.onnxFile(forImages: [28, 28, 1]))
    #expect(
      reader.nodes.map(\.name) == [
        "normalize.centered", "normalize", "conv1", "relu1", "pool1", "conv2",
        "relu2", "pool2", "flatten", "fc1", "relu3", "fc2",
      ])
    #expect(reader.input.name == "images" && reader.output.name == "logits")
    #expect(reader.input.shape == ["N", "1", "28", "28"])
    #expect(reader.output.shape == ["N", "10"])
    for (name, value) in model.parameters {
      #expect(reader.constants[name] == ExactTensor(value), "\(name)")
    }
  }

  @Test func `dropout at the end leaves the output its name`() throws {
    let model: Sequential = ["relu": ReLU(), "dropout": Dropout(0.5)]
    try expectSameOutput(model, Sample.uniform([2, 3, 4, 1], seed: 5))
  }

  @Test func `no part of a file is a file`() throws {
    let model: Sequential = ["flatten": Flatten(), "relu": ReLU()]
    let file = try model.onnxFile(forImages: [2, 2, 1])
    _ = try ONNXReader(file)
    for count in 0..<file.count {
      #expect(throws: TutorialError.self, "\(count) bytes") {
        try ONNXReader(file.prefix(count))
      }
    }
  }

  @Test func `what cannot be written is said in one sentence`() {
    expectRefusal(["square": Square()], "Layer square is a Square")
    expectRefusal(["dropout": Dropout(0.5)], "computes nothing")
    expectRefusal(
      ["pool": MaxPool2D(9)], "Layer pool takes images of at least 9 × 9")
  }

  private func expectRefusal(_ model: Sequential, _ text: String) {
    let error = #expect(throws: TutorialError.self) {
      try model.onnxFile(forImages: [8, 8, 1])
    }
    #expect(error?.description.contains(text) == true)
  }

  /// For images of one channel, the same scalars in either order.
  private func expectSameOutput(
    _ model: Sequential, _ images: Tensor,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let shape = images.shape
    let reader = try ONNXReader(
      model.onnxFile(forImages: [shape[1], shape[2], 1]))
    let output = try reader(
      ExactTensor(
        shape: [shape[0], 1, shape[1], shape[2]],
        scalars: images.scalars.map(Double.init)))
    expectClose(
      model(images).scalars.map(Double.init), output.scalars, relative: 1e-5,
      sourceLocation: sourceLocation)
  }
}

/// A layer that ONNX export has never heard of.
private struct Square: Layer {
  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Tensor) {
    (input.map { $0 * $0 }, input)
  }

  func inputGradient(_ outputGradient: Tensor, cache input: Tensor) -> Tensor {
    outputGradient.combined(with: input) { 2 * $0 * $1 }
  }
}
