import Foundation
import Shared

extension Exercise where Function == ONNXWriter.ModelBytes {
  /// Exercise 8c: the graph and the model of an ONNX file.
  public static func onnxModel(_ own: Function) -> Self {
    Exercise(
      "8c", .advanced, "ONNX export: graph and model",
      summary: "Put nodes, tensors, input and output together into the bytes "
        + "of an ONNX `ModelProto`.",
      hints: [
        "How many messages lie inside one another here? Which of them holds "
          + "the nodes?",
        "Three writers: one for the graph (nodes, name, tensors, input, "
          + "output), one for the set of operations, one for the model that "
          + "takes the bytes of both.",
        "The set of operations is a message with domain \"\" (1) and version "
          + "17 (2). The model has ir_version 8 (1), the graph (7) and that "
          + "message (8).",
      ],
      own: own, library: ONNXWriter.modelProto, task: task
    ) {
      outcome($0($1.nodes, $1.tensors, $1.input, $1.output), $1)
    }
  }
}

/// A network as encoded parts, and images to try it on.
private struct Input: Sendable {
  var nodes: [Data]
  var tensors: [Data]
  var input: Data
  var output: Data
  var images: Tensor

  init(_ model: Sequential, images: Tensor) {
    self.images = images
    let shape = Array(images.shape.dropFirst())
    let graph = try? model.onnxGraph(forImages: shape)
    nodes =
      graph?.nodes.map {
        ONNXWriter.nodeProto(
          $0.operation, name: $0.name, inputs: $0.inputs, output: $0.output,
          settings: $0.settings)
      } ?? []
    tensors =
      graph?.constants.map {
        ONNXWriter.tensorProto($0.value, name: $0.name)
      } ?? []
    input = graph.map { ONNXWriter.valueInfoProto($0.input) } ?? Data()
    output = graph.map { ONNXWriter.valueInfoProto($0.output) } ?? Data()
  }
}

private typealias Answer = ONNXAnswer<Tensor>

/// Stops at what this package's reader does not need and runtimes insist on.
private func requireWhatRuntimesDo(_ bytes: Data, of parts: Input) throws {
  let message = try ProtobufReader(bytes)
  guard let graph = message.bytes(7).last else { return }
  if let version = try message.numbers(1).last, version != 8 {
    throw TutorialError(
      "ir_version (field 1) is \(version), and 8 was asked for")
  }
  for set in try message.messages(8) {
    if let version = try set.numbers(2).last, version != 17 {
      throw TutorialError(
        "the version (2) in opset_import (8) is \(version), and 17 was asked for"
      )
    }
  }
  let fields = try ProtobufReader(graph)
  guard fields.texts(2).last?.isEmpty == false else {
    throw TutorialError("the graph (field 7) has no name (2)")
  }
  for (part, field) in [(parts.input, 11), (parts.output, 12)]
  where !fields.bytes(field).contains(part) {
    throw TutorialError(
      "field \(field) of the graph is not the message that was given")
  }
}

/// What the file computes for the images.
private func outcome(_ bytes: Data, _ parts: Input) -> Answer {
  Answer(bytes) { bytes in
    try requireWhatRuntimesDo(bytes, of: parts)
    let model = try Sequential(onnx: bytes)
    try model.validate(forImages: Array(parts.images.shape.dropFirst()))
    return model(parts.images)
  }
}

private func network(_ seed: UInt64) -> Sequential {
  let normalize = Normalize(
    mean: Normalize.mnist.mean,
    standardDeviation: Normalize.mnist.standardDeviation)
  return Sequential(
    [("normalize", normalize)] + ExerciseSamples.network(seed: seed).layers)
}

/// A file with a choice of mistakes.
private struct FlawedModel: Sendable {
  var version: Int? = 8
  var namesOperations = true
  var wrapsGraph = true
  var reversesNodes = false
  var writesTensors = true
  var exchangesEnds = false
  var graphField = 7
  var tensorsAsNodes = false

  func callAsFunction(_ parts: Input) -> Answer {
    var graph = ProtobufWriter()
    for node in reversesNodes ? parts.nodes.reversed() : parts.nodes {
      graph.write(node, field: 1)
    }
    graph.write("network", field: 2)
    for tensor in writesTensors ? parts.tensors : [] {
      graph.write(tensor, field: tensorsAsNodes ? 1 : 5)
    }
    graph.write(parts.input, field: exchangesEnds ? 12 : 11)
    graph.write(parts.output, field: exchangesEnds ? 11 : 12)
    guard wrapsGraph else { return outcome(graph.bytes, parts) }
    var operations = ProtobufWriter()
    operations.write("", field: 1)
    operations.write(17, field: 2)
    var model = ProtobufWriter()
    if let version { model.write(version, field: 1) }
    model.write(graph.bytes, field: graphField)
    if namesOperations { model.write(operations.bytes, field: 8) }
    return outcome(model.bytes, parts)
  }
}

private let task = GradedTask<Input, Answer>(
  questions: [
    .init(
      "a network of one Relu, no tensors, for images of 1 × 2 pixels; −1 and 2 "
        + "become 0 and 2",
      Input(
        ["relu": ReLU()],
        images: Tensor(shape: [1, 1, 2, 1], scalars: [-1, 2]))),
    .init(
      "a network of seven nodes and six tensors for images of 8 × 8 pixels",
      Input(network(1), images: ExerciseSamples.images(3, seed: 1))),
    .init(
      "the same network with other weights",
      Input(network(2), images: ExerciseSamples.images(3, seed: 2))),
  ],
  difference: { expected, actual in
    Answer.difference(expected, actual) { right, wrong in
      Difference.between(right, wrong, at: "what the file computes, logits")
    }
  },
  misconceptions: [
    .init(
      "no set of operations",
      "The file has to say which version of the operations it means: "
        + "opset_import, field 8, with a version of 17."
    ) { FlawedModel(namesOperations: false)($0) },
    .init(
      "no ir_version",
      "Field 1 of the model says which version of the messages this is."
    ) { FlawedModel(version: nil)($0) },
    .init(
      "no graph around the nodes",
      "Nodes and tensors belong into a graph, a message of its own, and the "
        + "graph's bytes into field 7 of the model."
    ) { FlawedModel(wrapsGraph: false)($0) },
    .init(
      "graph in another field",
      "The graph is field 7 of the model."
    ) { FlawedModel(graphField: 2)($0) },
    .init(
      "nodes in reverse order",
      "A node may only take what an earlier node has made."
    ) { FlawedModel(reversesNodes: true)($0) },
    .init(
      "weights left out",
      "The tensors are the network's knowledge: write each as field 5 of the "
        + "graph."
    ) { FlawedModel(writesTensors: false)($0) },
    .init(
      "tensors written as nodes",
      "Field 1 of the graph is for nodes; tensors are field 5."
    ) { FlawedModel(tensorsAsNodes: true)($0) },
    .init(
      "input and output exchanged",
      "Field 11 is what goes in, field 12 what comes out."
    ) { FlawedModel(exchangesEnds: true)($0) },
  ])
