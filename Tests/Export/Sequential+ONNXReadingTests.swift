import Foundation
import Testing

@testable import Shared

@Suite struct SequentialONNXReadingTests {
  @Test func `the trained network comes back with the same logits`() throws {
    var model = Sequential.notebookNetwork(seed: 0)
    let trained = try LoadedCheckpoint(PackageFiles.pretrained)
    try model.load(trained.contents.tensors, from: "Pretrained")
    let read = try Sequential(onnx: model.onnxFile(forImages: [28, 28, 1]))
    let images = try MNIST().test.first(50).images
    let (right, logits) = (model(images), read(images))
    #expect((right - logits).maximumMagnitude < 1e-4)
    #expect(predictions(right) == predictions(logits))
  }

  @Test func `a strided convolution comes back as it was`() throws {
    var generator = SeededGenerator(seed: 5)
    let model: Sequential = [
      "conv": Conv2D(
        2, 3, kernelSize: 4, padding: 1, stride: 2, using: &generator)
    ]
    let read = try Sequential(onnx: model.onnxFile(forImages: [9, 8, 2]))
    let images = Sample.uniform([2, 9, 8, 2], seed: 6)
    #expect(read(images) == model(images))
  }

  @Test func `batch normalization comes back with its statistics`() throws {
    var model: Sequential = ["norm": BatchNormalization(3)]
    model.visitParameters { _, value in value = Sample.uniform([3], seed: 1) }
    model.absorb([
      BatchNormalization(3).forward(
        Sample.uniform([5, 4, 4, 3], seed: 2), mode: .training(seed: 0)
      ).cache
    ])
    let read = try Sequential(onnx: model.onnxFile(forImages: [4, 4, 3]))
    let images = Sample.uniform([2, 4, 4, 3], seed: 3)
    #expect(read(images) == model(images))
  }

  /// `torch.onnx.export` of a network with the tutorial's layers: constants as
  /// nodes, settings with a point that change nothing.
  @Test func `a file that PyTorch has written is read`() throws {
    let file = try Data(
      contentsOf: PackageFiles.root.appendingPathComponent(
        "Tests/Fixtures/ONNX/pytorch-export.onnx"))
    let model = try Sequential(onnx: file)
    // Names are printed, and name files: no slashes, no control characters.
    #expect(
      model.layers.allSatisfy { name, _ in
        name.allSatisfy { $0.isLetter || $0.isNumber || "._ ".contains($0) }
      })
    #expect(model.layers.contains { $0.name == "conv_Conv" })
    let images = Tensor(
      shape: [2, 8, 8, 1], scalars: (0..<128).map { Float($0 * 37 % 64) / 64 })
    expectClose(
      model(images).scalars.map(Double.init),
      try PyTorchFixture.load().exported, relative: 1e-5)
  }

  private var file: Data {
    get throws {
      let model: Sequential = [
        "norm": Normalize(mean: 0.5, standardDeviation: 0.25),
        "flatten": Flatten(),
        "fc": Linear(
          weight: Sample.uniform([2, 4], seed: 1), bias: Tensor([0, 1])),
      ]
      return try model.onnxFile(forImages: [2, 2, 1])
    }
  }

  @Test func `whatever is cut off is refused with a sentence`() throws {
    let file = try file
    for count in 0..<file.count {
      #expect(throws: TutorialError.self) {
        try Sequential(onnx: file.prefix(count))
      }
    }
  }

  @Test func `whatever is changed is read or refused, never a crash`() throws {
    let file = try file
    var read = 0
    for index in file.indices {
      for bit in 0..<8 {
        var changed = file
        changed[index] ^= 1 << bit
        if (try? Sequential(onnx: changed)) != nil { read += 1 }
      }
    }
    // Most single bits are weights or letters.
    #expect(read > 0 && read < file.count * 8)
  }

  @Test(
    arguments: [
      [0x0B], [0x0A, 0x05, 0x01], [0x08],
      [0x0A] + Array(repeating: 0xFF, count: 9),
      [0x08] + Array(repeating: 0x80, count: 11),
    ] as [[UInt8]])
  func `bytes that are no message are refused`(bytes: [UInt8]) {
    #expect(throws: TutorialError.self) {
      try Shared.ProtobufReader(Data(bytes))
    }
  }

  /// They would take many times the file's size.
  @Test func `endless tiny fields and packed numbers are refused`() throws {
    let limit = 1 << 18
    func error(_ body: () throws -> Any) -> String {
      let error = #expect(throws: TutorialError.self) { _ = try body() }
      return error?.description ?? ""
    }
    func fields(_ count: Int) -> Data {
      Data(Array(repeating: [0x0A, 0], count: count).joined())
    }
    #expect(try Shared.ProtobufReader(fields(limit)).bytes(1).count == limit)
    #expect(
      error { try Shared.ProtobufReader(fields(limit + 1)) }
        .contains("more than 262144 fields"))

    // What lies inside counts with it: half the fields, in each of two.
    var inside = ProtobufWriter()
    for _ in 0..<2 { inside.write(fields(limit / 2), field: 7) }
    inside.write(Data(count: limit + 1), field: 8)
    let bytes = inside.bytes
    let message = { try Shared.ProtobufReader(bytes) }
    #expect(error { try message().messages(7) }.contains("more than"))
    #expect(error { try message().numbers(8) }.contains("more than"))
  }

  @Test func `sizes that lie are refused`() {
    for shape in [[1 << 40, 1 << 40], [-1, -3], [3, 0], [4]] {
      var message = ProtobufWriter()
      for size in shape { message.write(size, field: 1) }
      message.write(1, field: 2)
      message.write("w", field: 8)
      message.write(Data(count: 12), field: 9)
      let error = #expect(throws: TutorialError.self) {
        try ONNX.tensor(message.bytes)
      }
      #expect(error?.description.contains("does not fit 3 floats") == true)
    }
  }

  @Test func `a factor that is not computed is refused by name`() throws {
    let url = PackageFiles.root.appendingPathComponent(
      "Tests/Fixtures/ONNX/32-gemm-alpha-beta.onnx")
    var file = try Data(contentsOf: url)
    let alpha = try #require(file.range(of: Data("alpha".utf8)))
    // Behind the name: the field's key, then the four bytes of 1.0.
    file.replaceSubrange(
      alpha.upperBound + 1..<alpha.upperBound + 5, with: [0, 0, 0, 0x3F])
    let error = #expect(throws: TutorialError.self) {
      try Sequential(onnx: file)
    }
    #expect(error?.description.contains("alpha = 0.5") == true)
  }

  /// Files of other people's making.
  @Test(arguments: [
    "02-ai.onnx-domain", "24-conv-strides-2", "32-gemm-alpha-beta",
  ])
  func `settings that change nothing are read`(name: String) throws {
    let file = try Data(
      contentsOf: PackageFiles.root.appendingPathComponent(
        "Tests/Fixtures/ONNX/\(name).onnx"))
    #expect(try !Sequential(onnx: file).layers.isEmpty)
  }
}
