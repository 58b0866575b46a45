import Foundation
import Testing

@testable import Shared

/// What PyTorch computed for this network; see `make_pytorch_fixture.py`.
struct PyTorchFixture: Decodable {
  struct Gradient: Decodable {
    var norm: Double
    var sum: Double
    var sumOfMagnitudes: Double
    var entries: [Double]
  }

  var madeWith: [String: String]
  var logits: [Double]
  var loss: Double
  var gradients: [String: Gradient]
  /// Two convolutions with stride 2: the output, and the slope of half the sum
  /// of its squares.
  var strided: [String: Gradient]
  /// Convolution and batch normalization, trained once and then used.
  var normalized: [String: Gradient]
  /// The logits of the network in `ONNX/pytorch-export.onnx` for two images.
  var exported: [Double]
  var adamLosses: [Double]
  var sgdLosses: [Double]

  static func load() throws -> PyTorchFixture {
    let url = PackageFiles.root.appendingPathComponent(
      "Tests/Fixtures/pytorch.json")
    return try JSONDecoder().decode(
      PyTorchFixture.self, from: Data(contentsOf: url))
  }
}

// Weights and images by the formulas of the Python file: integer arithmetic and
// one division, so that both languages make the same bits.
extension PyTorchFixture {
  /// Scrambles 32 bits (the finalizer of MurmurHash3).
  static func mixed(_ number: Int) -> Int {
    var bits = UInt32(truncatingIfNeeded: number)
    bits ^= bits >> 16
    bits &*= 0x85EB_CA6B
    bits ^= bits >> 13
    bits &*= 0xC2B2_AE35
    return Int(bits ^ bits >> 16)
  }

  private static let denominators: [Float] = [
    30_000, 30_000, 169_706, 169_706, 560_000, 560_000, 113_137, 113_137,
  ]

  /// The network without its dropout, which PyTorch draws differently.
  static var network: Sequential {
    var model = Sequential.notebookNetwork(seed: 0)
    model.layers.removeAll { $0.name == "dropout" }
    var salt = 0
    model.visitParameters { _, value in
      for i in 0..<value.count {
        let numerator = mixed(salt * 1_000_003 + i) % 20_001 - 10_000
        value.scalars[i] = Float(numerator) / denominators[salt]
      }
      salt += 1
    }
    return model
  }

  /// Numbers of either sign by the formula of the Python file.
  static func value(_ salt: Int, _ shape: [Int], _ denominator: Float = 40_000)
    -> Tensor
  {
    Tensor(
      shape: shape,
      scalars: (0..<shape.reduce(1, *)).map {
        Float(mixed(salt * 1_000_003 + $0) % 20_001 - 10_000) / denominator
      })
  }

  static var strided: Sequential {
    [
      "conv1": Conv2D(
        weight: value(100, [16, 1, 4, 4]), bias: value(101, [16]), padding: 1,
        stride: 2),
      "conv2": Conv2D(
        weight: value(102, [32, 16, 4, 4]), bias: value(103, [32]), padding: 1,
        stride: 2),
    ]
  }

  static var batch: Batch {
    var scalars: [Float] = []
    for n in 0..<16 {
      for y in 0..<28 {
        for x in 0..<28 { scalars.append(Float(gray(n, y, x)) / 255) }
      }
    }
    return Batch(
      images: Tensor(shape: [16, 28, 28, 1], scalars: scalars),
      labels: (0..<16).map { $0 * 7 % 10 })
  }

  /// A disk, half flat and half textured, on a flat background.
  private static func gray(_ image: Int, _ y: Int, _ x: Int) -> Int {
    let radius = 6 + image % 5
    let distance = (y - 14) * (y - 14) + (x - 14) * (x - 14)
    if distance >= radius * radius { return image % 2 == 0 ? 0 : 26 }
    if x < 14 { return 40 + 12 * image }
    return mixed(1_000_003 + (image * 28 + y) * 28 + x) % 256
  }
}

extension PyTorchFixture {
  /// The losses of ten steps of the optimizer, each before its step.
  static func losses(_ optimizer: some Optimizer) -> [Double] {
    var (model, optimizer) = (network, optimizer)
    return (0..<10).map { _ in
      let gradients = model.parameterGradients(on: batch, mode: .inference)
      optimizer.update(&model, with: gradients.parameters)
      return gradients.loss
    }
  }
}

/// Compares a gradient with what PyTorch said of its own.
func expectGradient(
  _ actual: Tensor, _ expected: PyTorchFixture.Gradient, _ name: String
) {
  expectClose(
    [actual.norm], [expected.norm], relative: 1e-4, "norm of \(name)")
  // A sum may cancel to nothing; the size of its terms is the fair scale.
  #expect(
    abs(actual.sum - expected.sum) <= 1e-4 * expected.sumOfMagnitudes,
    "sum of \(name)")
  expectClose(
    expected.entries.indices.map {
      Double(actual.scalars[PyTorchFixture.mixed($0) % actual.count])
    }, expected.entries, relative: 1e-4, name)
}
