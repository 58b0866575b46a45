import Foundation

@testable import Shared

extension FuzzFormat {
  static let protobuf = FuzzFormat(
    "protobuf", seeds: [message],
    mutant: messageMutant(of: [message]),
    // Tests has a reader of that name of its own.
    read: { try Shared.ProtobufReader(Data($0)) },
    fault: { message, file in
      for field in 0...20 {
        let bytes = message.bytes(field).reduce(0) { $0 + $1.count }
        let numbers = (try? message.numbers(field)) ?? []
        let floats = (try? message.floats(field)) ?? []
        guard max(bytes, numbers.count, 4 * floats.count) <= file.count else {
          return "field \(field) is larger than the file"
        }
      }
      return nil
    })

  /// A message with a field of each type.
  private static let message: [UInt8] = {
    var inside = ProtobufWriter()
    inside.write(-3, field: 1)
    inside.write("text", field: 2)
    var message = ProtobufWriter()
    message.write(300, field: 1)
    message.write(inside.bytes, field: 2)
    message.write(Data([1, 0x80, 2, 3]), field: 3)
    return message.bytes + [0x25, 0, 0, 0x80, 0x3F]
      + [0x29, 1, 2, 3, 4, 5, 6, 7, 8]
  }()

  static let onnx = FuzzFormat(
    "ONNX", seeds: networks, mutant: messageMutant(of: networks),
    read: { try Sequential(onnx: Data($0)) },
    fault: { network, _ in try fault(network) })

  private static let imageShapes = [[2, 2, 1], [6, 6, 1]]

  private static let networks: [[UInt8]] = {
    var generator = SeededGenerator(seed: 1)
    let linear: Sequential = [
      "norm": Normalize(mean: 0.5, standardDeviation: 0.25),
      "flatten": Flatten(),
      "fc": Linear(4, 2, using: &generator),
    ]
    let convolution: Sequential = [
      "conv": Conv2D(1, 2, kernelSize: 3, padding: 1, using: &generator),
      "relu": ReLU(), "pool": MaxPool2D(2), "flatten": Flatten(),
      "fc": Linear(18, 3, using: &generator),
    ]
    return zip([linear, convolution], imageShapes).compactMap {
      (try? $0.onnxFile(forImages: $1)).map { [UInt8]($0) }
    }
  }()

  /// It computes what it says, and the same once it is written and read.
  private static func fault(_ network: Sequential) throws -> String? {
    for shape in imageShapes where !network.layers.isEmpty {
      do {
        try network.validate(forImages: shape)
      } catch is TutorialError {
        continue
      }
      let images = Sample.uniform([1] + shape, seed: 1)
      let result = network(images)
      guard result.shape == [1] + network.outputShape(for: shape) else {
        return "computes something of another shape"
      }
      let file = try network.onnxFile(forImages: shape)
      let again = try Sequential(onnx: file)(images)
      let areSame = zip(result.scalars, again.scalars).allSatisfy {
        $0 == $1 || $0.isNaN && $1.isNaN
      }
      guard result.shape == again.shape, areSame else {
        return "computes something else once it is written and read"
      }
    }
    return nil
  }

  private static func messageMutant(of seeds: [[UInt8]])
    -> @Sendable (inout Mutator) -> [UInt8]
  {
    // Names and operations that a sentence should not quote as they are.
    let texts = [1, 3, 4].map {
      var message = ProtobufWriter()
      message.write(String(repeating: "\u{1B}", count: 1300), field: $0)
      return [UInt8](message.bytes)
    }
    let words = seeds.flatMap(fields).map(\.bytes) + texts
    return { mutator in
      var file = mutator.pick(seeds)
      for _ in 0...mutator.below(4) {
        file = mutator.changedMessage(file, words: words)
      }
      return mutator.below(8) == 0
        ? mutator.changed(file, other: mutator.pick(seeds)) : file
    }
  }

  /// Every field of a message and of the messages inside it.
  private static func fields(of message: [UInt8]) -> [ProtobufField] {
    (ProtobufField.split(message) ?? []).flatMap {
      [$0] + ($0.hasLength ? fields(of: $0.payload) : [])
    }
  }
}
