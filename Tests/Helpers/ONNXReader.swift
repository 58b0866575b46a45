import Foundation

@testable import Shared

/// Reads an ONNX file and computes what it describes, slowly, in `Double`.
///
/// It follows ONNX's description of the operations, channels first, and knows
/// no layer of the library. What it does not expect it refuses.
struct ONNXReader {
  struct Value: Equatable {
    var name: String
    /// The size of each axis, or the name of one that is free.
    var shape: [String]
  }

  struct Node {
    var name: String
    var operation: String
    var inputs: [String]
    var output: String
    var attributes: [String: [Int]]
  }

  var nodes: [Node]
  var constants: [String: ExactTensor]
  var input: Value
  var output: Value

  init(_ bytes: Data) throws {
    let model = try ProtobufReader(bytes)
    let operations = try model.message(8)
    guard try model.number(1) == 8, try operations.text(1).isEmpty,
      try operations.number(2) == 17
    else { throw TutorialError("The file has another version.") }
    let graph = try model.message(7)
    nodes = try graph.messages(1).map(Self.node)
    constants = try Dictionary(
      graph.messages(5).map {
        (try $0.text(8), try Self.tensor($0))
      }, uniquingKeysWith: { _, _ in throw TutorialError("A name is double.") })
    input = try Self.value(graph.message(11))
    output = try Self.value(graph.message(12))
  }

  private static func node(_ message: ProtobufReader) throws -> Node {
    Node(
      name: try message.text(3), operation: try message.text(4),
      inputs: message.texts(1), output: try message.text(2),
      attributes: try Dictionary(
        uniqueKeysWithValues: message.messages(5).map {
          switch try $0.number(20) {
          case 2: (try $0.text(1), [try $0.number(3)])
          case 7: (try $0.text(1), $0.numbers(8))
          default: throw TutorialError("An attribute has another type.")
          }
        }))
  }

  private static func tensor(_ message: ProtobufReader) throws -> ExactTensor {
    let shape = message.numbers(1)
    let raw = try message.data(9)
    guard try message.number(2) == 1, shape.reduce(4, *) == raw.count else {
      throw TutorialError("A tensor does not have the size of its shape.")
    }
    return ExactTensor(
      shape: shape,
      scalars: stride(from: 0, to: raw.count, by: 4).map { start in
        let bits = (0..<4).reduce(UInt32(0)) {
          $0 | UInt32(raw[start + $1]) << (8 * $1)
        }
        return Double(Float(bitPattern: bits))
      })
  }

  private static func value(_ message: ProtobufReader) throws -> Value {
    let type = try message.message(2).message(1)
    guard try type.number(1) == 1 else {
      throw TutorialError("A value is not made of 32-bit floats.")
    }
    return Value(
      name: try message.text(1),
      shape: try type.message(2).messages(1).map {
        try $0.texts(2).first ?? String($0.number(1))
      })
  }
}

extension ONNXReader {
  /// The output for a batch in the order of the file, `[N, C, H, W]`.
  func callAsFunction(_ images: ExactTensor) throws -> ExactTensor {
    var values = constants
    values[input.name] = images
    for node in nodes {
      let inputs = try node.inputs.map {
        guard let value = values[$0] else {
          throw TutorialError("\($0) is used before it is computed.")
        }
        return value
      }
      let result = try evaluate(node, inputs)
      guard values.updateValue(result, forKey: node.output) == nil else {
        throw TutorialError("\(node.output) is computed twice.")
      }
    }
    guard let result = values[output.name],
      [output.shape[0]] + result.shape.dropFirst().map(String.init)
        == output.shape
    else { throw TutorialError("The output is missing or of another shape.") }
    return result
  }

  private func evaluate(_ node: Node, _ inputs: [ExactTensor]) throws
    -> ExactTensor
  {
    let attributes = node.attributes
    switch (node.operation, inputs.count) {
    case ("Sub", 2) where attributes.isEmpty && inputs[1].shape.isEmpty:
      return inputs[0].map { $0 - inputs[1].scalars[0] }
    case ("Div", 2) where attributes.isEmpty && inputs[1].shape.isEmpty:
      return inputs[0].map { $0 / inputs[1].scalars[0] }
    case ("Relu", 1) where attributes.isEmpty:
      return Reference.relu(inputs[0])
    case ("Flatten", 1) where attributes.isEmpty:
      let rows = inputs[0].shape[0]
      return ExactTensor(
        shape: [rows, inputs[0].scalars.count / rows],
        scalars: inputs[0].scalars)
    case ("Gemm", 3) where attributes == ["transB": [1]]:
      return Reference.linear(inputs[0], weight: inputs[1], bias: inputs[2])
    case ("Conv", 3):
      let padding = attributes["pads"]?.first ?? 0
      let size = inputs[1].shape[3]
      let stride = attributes["strides"]?.first ?? 1
      var expected = [
        "kernel_shape": [size, size],
        "pads": Array(repeating: padding, count: 4),
      ]
      if stride != 1 { expected["strides"] = [stride, stride] }
      guard attributes == expected else { break }
      return channelsFirst(
        Reference.convolution(
          channelsLast(inputs[0]), weight: inputs[1], bias: inputs[2],
          padding: padding, stride: stride))
    case ("MaxPool", 1):
      let size = attributes["strides"]?.first ?? 0
      let block = [size, size]
      guard attributes == ["kernel_shape": block, "strides": block] else {
        break
      }
      return channelsFirst(
        Reference.maxPool(channelsLast(inputs[0]), size: size).output)
    default: break
    }
    throw TutorialError("\(node.operation) \(attributes) is not computed.")
  }

  private func channelsLast(_ images: ExactTensor) -> ExactTensor {
    let shape = images.shape
    var result = ExactTensor(zeros: [shape[0], shape[2], shape[3], shape[1]])
    for n in 0..<shape[0] {
      for c in 0..<shape[1] {
        for y in 0..<shape[2] {
          for x in 0..<shape[3] { result[n, y, x, c] = images[n, c, y, x] }
        }
      }
    }
    return result
  }

  private func channelsFirst(_ images: ExactTensor) -> ExactTensor {
    let shape = images.shape
    var result = ExactTensor(zeros: [shape[0], shape[3], shape[1], shape[2]])
    for n in 0..<shape[0] {
      for y in 0..<shape[1] {
        for x in 0..<shape[2] {
          for c in 0..<shape[3] { result[n, c, y, x] = images[n, y, x, c] }
        }
      }
    }
    return result
  }
}
