import Foundation

/// The messages of an ONNX file: tensors and nodes in a graph, in a model.
///
/// ONNX (https://onnx.ai) describes a network by what it computes: a list of
/// operations from a published set, each of which names the values it takes and
/// the values it makes. The fields and their numbers are those of `onnx.proto`
/// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto); they are written
/// in ascending order, as every protobuf library does.
package enum ONNX {
  /// A value that goes into a graph or comes out of it.
  package struct Value {
    package var name: String
    /// The axes of one image; the axis before them counts the images.
    package var shape: [Int]
  }

  /// One operation.
  package struct Node {
    package var name: String
    /// The operation's name in ONNX's set, such as `Conv`.
    package var operation: String
    package var inputs: [String]
    package var output: String
    /// Settings that are not tensors, such as the padding.
    package var settings: [ONNXSetting] = []
  }

  /// Operations in an order in which they can be computed.
  package struct Graph {
    package var nodes: [Node] = []
    /// The tensors that come with the file: the weights.
    package var constants: [(name: String, value: Tensor)] = []
    package var input: Value
    package var output: Value
  }
}
