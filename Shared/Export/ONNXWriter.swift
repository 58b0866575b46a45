import Foundation

/// Writes networks as ONNX files, message by message.
///
/// A file is a `ModelProto`, and what lies inside it are messages again; the
/// comments give each one's fields with their numbers. Three pieces can be
/// replaced: what makes bytes of a tensor, of a node, and of the whole.
public struct ONNXWriter: Sendable {
  public typealias TensorBytes =
    @Sendable (_ tensor: Tensor, _ name: String) -> Data
  public typealias NodeBytes =
    @Sendable (
      _ operation: String, _ name: String, _ inputs: [String],
      _ output: String, _ settings: [ONNXSetting]
    ) -> Data
  public typealias ModelBytes =
    @Sendable (
      _ nodes: [Data], _ tensors: [Data], _ input: Data, _ output: Data
    ) -> Data

  private let tensor: TensorBytes
  private let node: NodeBytes
  private let model: ModelBytes

  /// A writer made of the functions below, or of others in their place.
  public init(
    tensor: @escaping TensorBytes = tensorProto,
    node: @escaping NodeBytes = nodeProto,
    model: @escaping ModelBytes = modelProto
  ) {
    (self.tensor, self.node, self.model) = (tensor, node, model)
  }

  /// The bytes of a whole file.
  func file(_ graph: ONNX.Graph) -> Data {
    model(
      graph.nodes.map {
        node($0.operation, $0.name, $0.inputs, $0.output, $0.settings)
      },
      graph.constants.map { tensor($0.value, $0.name) },
      Self.valueInfoProto(graph.input), Self.valueInfoProto(graph.output))
  }

  /// ONNX's number for 32-bit floats, `TensorProto.DataType.FLOAT`.
  private static let float = 1

  /// One tensor, a `TensorProto`.
  ///
  /// `dims` (1, one field an axis), `data_type` (2), `name` (8), and `raw_data`
  /// (9): all scalars in row-major order, four bytes each, the lowest first.
  public static func tensorProto(_ tensor: Tensor, name: String) -> Data {
    var message = ProtobufWriter()
    for size in tensor.shape { message.write(size, field: 1) }
    message.write(float, field: 2)
    message.write(name, field: 8)
    let scalars = tensor.scalars.map(\.bitPattern.littleEndian)
    message.write(scalars.withUnsafeBytes { Data($0) }, field: 9)
    return message.bytes
  }

  /// One operation, a `NodeProto`.
  ///
  /// `input` (1) and `output` (2), one field a value; `name` (3), `op_type`
  /// (4), and `attribute` (5), one field an attribute.
  public static func nodeProto(
    _ operation: String, name: String, inputs: [String], output: String,
    settings: [ONNXSetting]
  ) -> Data {
    var message = ProtobufWriter()
    for input in inputs { message.write(input, field: 1) }
    message.write(output, field: 2)
    message.write(name, field: 3)
    message.write(operation, field: 4)
    for setting in settings {
      message.write(attributeProto(setting), field: 5)
    }
    return message.bytes
  }

  /// One setting, an `AttributeProto`.
  ///
  /// `name` (1); `i` (3) for a number or `ints` (8), one field a number; and
  /// `type` (20), which says which of them it is: INT is 2, INTS is 7.
  private static func attributeProto(_ setting: ONNXSetting) -> Data {
    var message = ProtobufWriter()
    message.write(setting.name, field: 1)
    for number in setting.numbers {
      message.write(number, field: setting.isList ? 8 : 3)
    }
    message.write(setting.isList ? 7 : 2, field: 20)
    return message.bytes
  }

  /// A whole file, a `ModelProto`, from encoded parts.
  ///
  /// `ir_version` (1), the version of these messages; `producer_name` (2);
  /// `graph` (7); and `opset_import` (8), an `OperatorSetIdProto` with the
  /// `domain` (1) and `version` (2) of the set of operations. The domain with
  /// the empty name is ONNX's own.
  public static func modelProto(
    nodes: [Data], tensors: [Data], input: Data, output: Data
  ) -> Data {
    var operations = ProtobufWriter()
    operations.write("", field: 1)
    operations.write(17, field: 2)
    var message = ProtobufWriter()
    message.write(8, field: 1)
    message.write("AdversarialMNIST", field: 2)
    message.write(graphProto(nodes, tensors, input, output), field: 7)
    message.write(operations.bytes, field: 8)
    return message.bytes
  }

  /// The whole computation, a `GraphProto`, from encoded parts.
  ///
  /// `node` (1), one field a node; `name` (2); `initializer` (5), one field a
  /// constant tensor; `input` (11) and `output` (12).
  private static func graphProto(
    _ nodes: [Data], _ tensors: [Data], _ input: Data, _ output: Data
  ) -> Data {
    var message = ProtobufWriter()
    for node in nodes { message.write(node, field: 1) }
    message.write("network", field: 2)
    for tensor in tensors { message.write(tensor, field: 5) }
    message.write(input, field: 11)
    message.write(output, field: 12)
    return message.bytes
  }

  /// What goes in or comes out, a `ValueInfoProto`.
  ///
  /// `name` (1) and `type` (2). The type is a `TypeProto` with a `tensor_type`
  /// (1), which has an `elem_type` (1) and a `shape` (2). The shape has one
  /// `dim` (1) an axis, with a `dim_value` (1) or, where the size is free, a
  /// `dim_param` (2) that gives it a name.
  package static func valueInfoProto(_ value: ONNX.Value) -> Data {
    var count = ProtobufWriter()
    count.write("N", field: 2)
    var shape = ProtobufWriter()
    shape.write(count.bytes, field: 1)
    for size in value.shape {
      var axis = ProtobufWriter()
      axis.write(size, field: 1)
      shape.write(axis.bytes, field: 1)
    }
    var tensorType = ProtobufWriter()
    tensorType.write(float, field: 1)
    tensorType.write(shape.bytes, field: 2)
    var type = ProtobufWriter()
    type.write(tensorType.bytes, field: 1)
    var message = ProtobufWriter()
    message.write(value.name, field: 1)
    message.write(type.bytes, field: 2)
    return message.bytes
  }
}
