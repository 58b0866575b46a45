import Foundation
import Shared

extension Exercise where Function == ONNXWriter.NodeBytes {
  /// Exercise 8b: one operation of an ONNX file.
  public static func onnxNode(_ own: Function) -> Self {
    Exercise(
      "8b", .advanced, "ONNX export: one node",
      summary: "Write an operation as the bytes of an ONNX `NodeProto`.",
      hints: [
        "Which of the fields may occur several times in one node, and how does "
          + "the format write a list?",
        "Each setting is a message of its own: give it a `ProtobufWriter` of "
          + "its own and write that one's `bytes` as field 5 of the node.",
        "In a setting: the name (1); for a list each number as field 8 and "
          + "then type 7 (field 20), otherwise the number as field 3 and type "
          + "2.",
      ],
      own: own, library: ONNXWriter.nodeProto, task: task
    ) {
      ONNXAnswer(
        $0($1.operation, $1.name, $1.inputs, $1.output, $1.settings),
        by: ONNX.node)
    }
  }
}

private struct Input: Sendable {
  var operation: String
  var name: String
  var inputs: [String]
  var output: String
  var settings: [ONNXSetting]
}

private typealias Answer = ONNXAnswer<ONNX.StoredNode>

/// A node's message with a choice of mistakes.
private struct FlawedNode: Sendable {
  var joinsInputs = false
  var onlyFirstInput = false
  var inputField = 1
  var outputField = 2
  var operationField = 4
  var nameField = 3
  var typesSettings = true
  var listsAsNumber = false
  var numbersAsList = false
  var writesSettings = true

  func callAsFunction(_ input: Input) -> Answer {
    var message = ProtobufWriter()
    let inputs =
      joinsInputs ? [input.inputs.joined(separator: ",")] : input.inputs
    for name in onlyFirstInput ? Array(inputs.prefix(1)) : inputs {
      message.write(name, field: inputField)
    }
    message.write(input.output, field: outputField)
    message.write(input.name, field: nameField)
    message.write(input.operation, field: operationField)
    for setting in writesSettings ? input.settings : [] {
      message.write(bytes(setting), field: 5)
    }
    return Answer(message.bytes, by: ONNX.node)
  }

  private func bytes(_ setting: ONNXSetting) -> Data {
    var message = ProtobufWriter()
    let isList = (setting.isList || numbersAsList) && !listsAsNumber
    message.write(setting.name, field: 1)
    for number in setting.numbers {
      message.write(number, field: isList ? 8 : 3)
    }
    if typesSettings { message.write(isList ? 7 : 2, field: 20) }
    return message.bytes
  }
}

/// `pads: list [1, 1, 1, 1]`, by name.
private func words(_ attributes: [String: ONNXSetting]) -> [String] {
  attributes.sorted { $0.key < $1.key }.map { name, setting in
    setting.isList
      ? "\(name): list \(setting.numbers)"
      : "\(name): number \(setting.numbers)"
  }
}

private let task = GradedTask<Input, Answer>(
  questions: [
    .init(
      "Gemm named fc1 from x, w, b to y with transB = 1; as bytes 0a 01 78, 0a "
        + "01 77, 0a 01 62, 12 01 79, 1a 03 66 63 31, 22 04 47 65 6d 6d, 2a 0d "
        + "0a 06 74 72 61 6e 73 42 18 01 a0 01 02",
      Input(
        operation: "Gemm", name: "fc1", inputs: ["x", "w", "b"], output: "y",
        settings: [ONNXSetting("transB", number: 1)])),
    .init(
      "Conv with three inputs and the lists kernel_shape = [3, 3] and pads = "
        + "[1, 1, 1, 1]",
      Input(
        operation: "Conv", name: "conv1",
        inputs: ["images", "conv1.weight", "conv1.bias"],
        output: "conv1.output",
        settings: [
          ONNXSetting("kernel_shape", list: [3, 3]),
          ONNXSetting("pads", list: [1, 1, 1, 1]),
        ])),
    .init(
      "ReduceMean with the list of one number axes = [2] and the number "
        + "keepdims = 0",
      Input(
        operation: "ReduceMean", name: "mean", inputs: ["a"], output: "b",
        settings: [
          ONNXSetting("axes", list: [2]), ONNXSetting("keepdims", number: 0),
        ])),
    .init(
      "Relu with one input and no settings",
      Input(
        operation: "Relu", name: "relu1", inputs: ["a"], output: "b",
        settings: [])),
  ],
  difference: { expected, actual in
    Answer.difference(expected, actual) { right, wrong in
      Difference.between(
        exactly: right.operation, wrong.operation, at: "op_type")
        ?? Difference.between(exactly: right.inputs, wrong.inputs, at: "input")
        ?? Difference.between(
          exactly: right.outputs, wrong.outputs, at: "output")
        ?? Difference.between(exactly: right.name, wrong.name, at: "name")
        ?? Difference.between(
          exactly: words(right.attributes), words(wrong.attributes),
          at: "the settings")
    }
  },
  misconceptions: [
    .init(
      "inputs joined into one text",
      "A list is written as one field for each element, all with the same "
        + "number, not as one text with commas."
    ) { FlawedNode(joinsInputs: true)($0) },
    .init(
      "only the first input",
      "The weights and the bias are inputs, too: write field 1 for each."
    ) { FlawedNode(onlyFirstInput: true)($0) },
    .init(
      "input and output exchanged",
      "Inputs are field 1, the output is field 2."
    ) { FlawedNode(inputField: 2, outputField: 1)($0) },
    .init(
      "name and operation exchanged",
      "The name is field 3 and only for people; what is computed is field 4, "
        + "op_type."
    ) { FlawedNode(operationField: 3, nameField: 4)($0) },
    .init(
      "settings without a type",
      "An attribute has a field for each kind of value, and field 20 says which "
        + "one counts."
    ) { FlawedNode(typesSettings: false)($0) },
    .init(
      "a list written as a number",
      "A list has its numbers in field 8 and type 7; of several numbers in "
        + "field 3 only the last would count."
    ) { FlawedNode(listsAsNumber: true)($0) },
    .init(
      "a number written as a list",
      "A single number is in field 3 with type 2; an operation that expects a "
        + "number does not take a list of one."
    ) { FlawedNode(numbersAsList: true)($0) },
    .init(
      "settings left out",
      "Without its settings an operation uses ONNX's defaults: no padding, "
        + "weights not transposed."
    ) { FlawedNode(writesSettings: false)($0) },
  ])
