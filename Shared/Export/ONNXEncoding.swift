import Foundation

/// The three functions that turn a network into the bytes of an ONNX file.
public struct ONNXEncoding: Sendable {
  /// A tensor with its name.
  public typealias TensorBytes =
    @Sendable (Tensor, String) throws(Unsolved) -> Data
  /// Operation, name, inputs, output, settings.
  public typealias NodeBytes =
    @Sendable (String, String, [String], String, [ONNXSetting])
    throws(Unsolved) -> Data
  /// Nodes, tensors, input and output, all encoded.
  public typealias ModelBytes =
    @Sendable ([Data], [Data], Data, Data) throws(Unsolved) -> Data

  var tensor: TensorBytes
  var node: NodeBytes
  var model: ModelBytes

  /// The given functions.
  public init(
    tensor: @escaping TensorBytes = libraryTensor,
    node: @escaping NodeBytes = libraryNode,
    model: @escaping ModelBytes = libraryModel
  ) {
    (self.tensor, self.node, self.model) = (tensor, node, model)
  }

  /// The library's tensor.
  public static func libraryTensor(_ tensor: Tensor, name: String) -> Data {
    ONNX.encoded(tensor, name: name)
  }

  /// The library's node.
  public static func libraryNode(
    _ operation: String, name: String, inputs: [String], output: String,
    settings: [ONNXSetting]
  ) -> Data {
    ONNX.encoded(
      ONNX.Node(
        name: name, operation: operation, inputs: inputs, output: output,
        settings: settings))
  }

  /// The library's model.
  public static func libraryModel(
    nodes: [Data], tensors: [Data], input: Data, output: Data
  ) -> Data {
    ONNX.file(ONNX.graph(nodes, tensors, input, output))
  }

  /// A whole graph by these functions.
  func file(_ graph: ONNX.Graph) throws -> Data {
    let nodes = try graph.nodes.map {
      try node($0.operation, $0.name, $0.inputs, $0.output, $0.settings)
    }
    let tensors = try graph.constants.map { try tensor($0.value, $0.name) }
    return try model(
      nodes, tensors, ONNX.encoded(graph.input), ONNX.encoded(graph.output))
  }
}
