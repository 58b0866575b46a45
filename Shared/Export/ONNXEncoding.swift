import Foundation

/// A setting of an operation: one number, or a list of them.
public struct ONNXSetting: Sendable, Equatable {
  public var name: String
  public var numbers: [Int]
  /// Whether it is a list, even of one number.
  public var isList: Bool

  /// A setting that is a list.
  public init(_ name: String, list numbers: [Int]) {
    (self.name, self.numbers, isList) = (name, numbers, true)
  }

  /// A setting that is one number.
  public init(_ name: String, number: Int) {
    (self.name, self.numbers, isList) = (name, [number], false)
  }
}

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
  public static let libraryTensor: TensorBytes = {
    (tensor: Tensor, name: String) throws(Unsolved) -> Data in
    ONNX.encoded(tensor, name: name)
  }

  /// The library's node.
  public static let libraryNode: NodeBytes = {
    (
      operation: String, name: String, inputs: [String], output: String,
      settings: [ONNXSetting]
    ) throws(Unsolved) -> Data in
    ONNX.encoded(
      ONNX.Node(
        name: name, operation: operation, inputs: inputs, output: output,
        attributes: settings.map { setting in
          (
            setting.name,
            setting.isList
              ? .numbers(setting.numbers) : .number(setting.numbers[0])
          )
        }))
  }

  /// The library's model.
  public static let libraryModel: ModelBytes = {
    (nodes: [Data], tensors: [Data], input: Data, output: Data)
      throws(Unsolved) -> Data in
    ONNX.file(ONNX.graph(nodes, tensors, input, output))
  }

  /// A whole graph by these functions.
  func file(_ graph: ONNX.Graph) throws -> Data {
    var (nodes, tensors): ([Data], [Data]) = ([], [])
    for node in graph.nodes {
      let settings = node.attributes.map { name, value in
        switch value {
        case .number(let number): ONNXSetting(name, number: number)
        case .numbers(let numbers): ONNXSetting(name, list: numbers)
        }
      }
      nodes.append(
        try self.node(
          node.operation, node.name, node.inputs, node.output, settings))
    }
    for (name, value) in graph.constants {
      tensors.append(try tensor(value, name))
    }
    return try model(
      nodes, tensors, ONNX.encoded(graph.input), ONNX.encoded(graph.output))
  }
}
