import Foundation
import Shared

extension Exercise where Function == ONNXWriter.TensorBytes {
  /// Exercise 8a: one tensor of an ONNX file.
  public static func onnxTensor(_ own: Function) -> Self {
    Exercise(
      "8a", .advanced, "ONNX export: one tensor",
      summary: "Write a tensor as the bytes of an ONNX `TensorProto`.",
      hints: [
        "Four fields, in any order. Which of them is written once for every "
          + "axis?",
        "`dims` one by one (field 1), 1 for float (field 2), the name (field "
          + "8), and all scalars as one piece of `Data` (field 9).",
        "For field 9: `let bits = tensor.scalars.map(\\.bitPattern."
          + "littleEndian)` and then `bits.withUnsafeBytes { Data($0) }`.",
      ],
      own: own, library: ONNXWriter.tensorProto, task: task
    ) { ONNXAnswer($0($1.tensor, $1.name), by: ONNX.tensor) }
  }
}

private struct Input: Sendable {
  var tensor: Tensor
  var name: String
}

private typealias Answer = ONNXAnswer<ONNX.StoredTensor>

private func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
  var generator = SeededGenerator(seed: seed)
  return Tensor(shape: shape).map { _ in generator.uniform(within: 3) }
}

/// A tensor's message with a choice of mistakes.
private struct FlawedTensor: Sendable {
  var dims: @Sendable ([Int]) -> [Int] = { $0 }
  var type: Int? = 1
  var nameField = 8
  var raw: @Sendable ([Float]) -> Data = { scalars in
    scalars.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }

  func callAsFunction(_ named: Input) -> Answer {
    var message = ProtobufWriter()
    for size in dims(named.tensor.shape) { message.write(size, field: 1) }
    if let type { message.write(type, field: 2) }
    message.write(named.name, field: nameField)
    message.write(raw(named.tensor.scalars), field: 9)
    return Answer(message.bytes, by: ONNX.tensor)
  }
}

/// The first float of which not every bit is right.
private func scalarDifference(_ right: [Float], _ wrong: [Float]) -> Difference?
{
  for (index, (one, two)) in zip(right, wrong).enumerated()
  where one.bitPattern != two.bitPattern {
    return Difference(
      place: "scalars[\(index)]", expected: "\(one)", actual: "\(two)")
  }
  return nil
}

private let task = GradedTask<Input, Answer>(
  questions: [
    .init(
      "the numbers 1, −2, 0.5 in shape [1, 3], named w; as bytes 08 01 08 03, "
        + "10 01, 42 01 77, 4a 0c 00 00 80 3f 00 00 00 c0 00 00 00 3f",
      Input(tensor: Tensor(shape: [1, 3], scalars: [1, -2, 0.5]), name: "w")),
    .init(
      "random numbers in shape [4, 2, 3, 3], named conv1.weight",
      Input(tensor: random([4, 2, 3, 3], 1), name: "conv1.weight")),
    .init(
      "random numbers in shape [3, 5], named fc1.weight",
      Input(tensor: random([3, 5], 3), name: "fc1.weight")),
    .init(
      "300 random numbers in shape [300], named fc1.bias",
      Input(tensor: random([300], 2), name: "fc1.bias")),
  ],
  difference: { expected, actual in
    Answer.difference(expected, actual) { right, wrong in
      Difference.between(exactly: right.name, wrong.name, at: "name")
        ?? Difference.between(exactly: right.shape, wrong.shape, at: "dims")
        ?? scalarDifference(right.scalars, wrong.scalars)
    }
  },
  misconceptions: [
    .init(
      "dims missing",
      "Without `dims` the numbers have no shape, and a reader takes them for a "
        + "single one."
    ) { FlawedTensor(dims: { _ in [] })($0) },
    .init(
      "only the number of scalars as dims",
      "Write one field 1 for each axis, in order."
    ) { FlawedTensor(dims: { [$0.reduce(1, *)] })($0) },
    .init(
      "dims in reverse order",
      "The axes stand in the order of `shape`; the last one lies contiguous."
    ) { FlawedTensor(dims: { $0.reversed() })($0) },
    .init(
      "highest byte first",
      "`raw_data` has the lowest byte of each float first (little-endian); "
        + "IDX files do it the other way round."
    ) {
      FlawedTensor(raw: { scalars in
        scalars.map(\.bitPattern.bigEndian).withUnsafeBytes { Data($0) }
      })($0)
    },
    .init(
      "eight bytes a number",
      "A `Double` has eight bytes; type 1 stands for 32-bit floats."
    ) {
      FlawedTensor(raw: { scalars in
        scalars.map { Double($0).bitPattern.littleEndian }
          .withUnsafeBytes { Data($0) }
      })($0)
    },
    .init(
      "values converted instead of bits",
      "`Int32(x)` cuts 0.5 to 0. The file wants the float's own bits, "
        + "`x.bitPattern`."
    ) {
      FlawedTensor(raw: { scalars in
        scalars.map { Int32($0).littleEndian }.withUnsafeBytes { Data($0) }
      })($0)
    },
    .init(
      "data_type missing",
      "Field 2 says what the bytes mean; 1 stands for 32-bit floats."
    ) { FlawedTensor(type: nil)($0) },
    .init(
      "data_type of doubles",
      "11 stands for 64-bit floats. These are `Float`, type 1."
    ) { FlawedTensor(type: 11)($0) },
    .init(
      "name in another field",
      "A tensor's name is field 8; a node's and an attribute's are others."
    ) { FlawedTensor(nameField: 3)($0) },
  ])
