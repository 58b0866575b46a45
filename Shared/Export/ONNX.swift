import Foundation

/// The messages of an ONNX file: tensors and nodes in a graph, in a model.
///
/// ONNX (https://onnx.ai) describes a network by what it computes: a list of
/// operations from a published set, each of which names the values it takes and
/// the values it makes. The fields and their numbers are those of `onnx.proto`
/// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto); they are written
/// in ascending order, as every protobuf library does.
enum ONNX {
  /// A value that goes into a graph or comes out of it.
  struct Value {
    var name: String
    /// The axes of one image; the axis before them counts the images.
    var shape: [Int]
  }

  /// One operation.
  struct Node {
    var name: String
    /// The operation's name in ONNX's set, such as `Conv`.
    var operation: String
    var inputs: [String]
    var output: String
    /// Settings that are not tensors, such as the padding.
    var settings: [ONNXSetting] = []
  }

  /// Operations in an order in which they can be computed.
  struct Graph {
    var nodes: [Node] = []
    /// The tensors that come with the file: the weights.
    var constants: [(name: String, value: Tensor)] = []
    var input: Value
    var output: Value
  }

  /// ONNX's number for 32-bit floats, `TensorProto.DataType.FLOAT`.
  private static let float = 1

  /// One tensor, a `TensorProto`.
  ///
  /// `dims` (1, one field an axis), `data_type` (2), `name` (8), and `raw_data`
  /// (9): all scalars in row-major order, four bytes each, the lowest first.
  static func encoded(_ tensor: Tensor, name: String) -> Data {
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
  static func encoded(_ node: Node) -> Data {
    var message = ProtobufWriter()
    for input in node.inputs { message.write(input, field: 1) }
    message.write(node.output, field: 2)
    message.write(node.name, field: 3)
    message.write(node.operation, field: 4)
    for setting in node.settings {
      message.write(encoded(setting), field: 5)
    }
    return message.bytes
  }

  /// One setting, an `AttributeProto`.
  ///
  /// `name` (1); `i` (3) for a number or `ints` (8), one field a number; and
  /// `type` (20), which says which of them it is: INT is 2, INTS is 7.
  private static func encoded(_ setting: ONNXSetting) -> Data {
    var message = ProtobufWriter()
    message.write(setting.name, field: 1)
    for number in setting.numbers {
      message.write(number, field: setting.isList ? 8 : 3)
    }
    message.write(setting.isList ? 7 : 2, field: 20)
    return message.bytes
  }

  /// The whole computation, a `GraphProto`, from encoded parts.
  ///
  /// `node` (1), one field a node; `name` (2); `initializer` (5), one field a
  /// constant tensor; `input` (11) and `output` (12).
  static func graph(
    _ nodes: [Data], _ constants: [Data], _ input: Data, _ output: Data
  ) -> Data {
    var message = ProtobufWriter()
    for node in nodes { message.write(node, field: 1) }
    message.write("network", field: 2)
    for constant in constants { message.write(constant, field: 5) }
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
  static func encoded(_ value: Value) -> Data {
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

  /// A whole file, a `ModelProto`.
  ///
  /// `ir_version` (1), the version of these messages; `producer_name` (2);
  /// `graph` (7); and `opset_import` (8), an `OperatorSetIdProto` with the
  /// `domain` (1) and `version` (2) of the set of operations. The domain with
  /// the empty name is ONNX's own.
  static func file(_ graph: Data) -> Data {
    var operations = ProtobufWriter()
    operations.write("", field: 1)
    operations.write(17, field: 2)
    var message = ProtobufWriter()
    message.write(8, field: 1)
    message.write("AdversarialMNIST", field: 2)
    message.write(graph, field: 7)
    message.write(operations.bytes, field: 8)
    return message.bytes
  }
}
