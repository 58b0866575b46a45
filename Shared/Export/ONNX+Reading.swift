import Foundation

extension ONNX {
  /// A tensor as a file states it.
  package struct StoredTensor: Sendable, Equatable {
    package var name: String
    package var shape: [Int]
    package var scalars: [Float]
  }

  /// An operation as a file states it.
  package struct StoredNode: Sendable, Equatable {
    package var name: String
    package var operation: String
    package var inputs: [String]
    package var outputs: [String]
    package var attributes: [String: ONNXSetting]
    /// The settings that are numbers with a point.
    package var reals: [String: Float] = [:]
    /// The tensor of a `Constant`.
    package var constant: StoredTensor?
  }

  /// A whole file, as far as this tutorial's networks need it.
  package struct StoredModel: Sendable, Equatable {
    package var nodes: [StoredNode]
    package var tensors: [StoredTensor]
    /// The names of what goes in, without the tensors of the file.
    package var inputs: [String]
    package var outputs: [String]
  }

  /// Reads a `TensorProto` of 32-bit floats.
  ///
  /// - Throws: A `TutorialError` that says what is missing.
  package static func tensor(_ bytes: Data) throws -> StoredTensor {
    try tensor(ProtobufReader(bytes))
  }

  private static func tensor(_ message: ProtobufReader, name: String? = nil)
    throws -> StoredTensor
  {
    let type = try message.numbers(2).last ?? 0
    guard type == 1 else {
      throw TutorialError(
        "data_type (field 2) is \(type), and 1 stands for 32-bit floats")
    }
    let shape = try message.numbers(1)
    let scalars =
      try message.bytes(9).last.map(ProtobufReader.floats(in:))
      ?? message.floats(4)
    let sizes = shape.allSatisfy { (0...1 << 24).contains($0) }
    let (count, overflow) = shape.reduce((1, !sizes)) { product, size in
      let (next, overflow) = product.0.multipliedReportingOverflow(by: size)
      return (next, product.1 || overflow)
    }
    guard !overflow, count == scalars.count else {
      throw TutorialError(
        "dims (field 1) say \(shape), which does not fit \(scalars.count) "
          + "floats")
    }
    guard let name = name ?? message.texts(8).last else {
      throw TutorialError("there is no name (field 8)")
    }
    return StoredTensor(name: name, shape: shape, scalars: scalars)
  }

  /// Reads a `NodeProto`.
  ///
  /// - Throws: A `TutorialError` that says what is missing.
  package static func node(_ bytes: Data) throws -> StoredNode {
    try node(ProtobufReader(bytes))
  }

  private static func node(_ message: ProtobufReader) throws -> StoredNode {
    guard let operation = message.texts(4).last else {
      throw TutorialError("there is no op_type (field 4)")
    }
    var node = StoredNode(
      name: message.texts(3).last ?? "", operation: operation,
      inputs: message.texts(1), outputs: message.texts(2), attributes: [:])
    for attribute in try message.messages(5) { try read(attribute, of: &node) }
    return node
  }

  /// Reads an `AttributeProto`; its `type` (20) says where the value is.
  private static func read(
    _ message: ProtobufReader, of node: inout StoredNode
  ) throws {
    let name = message.texts(1).last ?? ""
    switch try message.numbers(20).last {
    case 1:
      guard let number = try message.floats(2).last else {
        throw TutorialError("attribute \(name) has no number (field 2)")
      }
      node.reals[name] = number
    case 2:
      guard let number = try message.numbers(3).last else {
        throw TutorialError("attribute \(name) has no number (field 3)")
      }
      node.attributes[name] = ONNXSetting(name, number: number)
    case 4:
      guard let value = try message.messages(5).last else {
        throw TutorialError("attribute \(name) has no tensor (field 5)")
      }
      node.constant = try tensor(value, name: name)
    case 7:
      node.attributes[name] = ONNXSetting(name, list: try message.numbers(8))
    case nil:
      throw TutorialError("attribute \(name) has no type (field 20)")
    case let type?:
      throw TutorialError("attribute \(name) is of type \(type), not read here")
    }
  }

  /// Reads a `ModelProto`.
  ///
  /// - Throws: A `TutorialError` that says what is missing.
  package static func model(_ bytes: Data) throws -> StoredModel {
    let message = try ProtobufReader(bytes)
    guard let graph = try message.messages(7).last else {
      throw TutorialError(
        message.bytes(11).isEmpty
          ? "there is no graph (field 7)"
          : "there is no graph (field 7); its fields lie in the model itself")
    }
    guard try message.numbers(1).last ?? 0 > 0 else {
      throw TutorialError("there is no ir_version (field 1)")
    }
    let sets = try message.messages(8)
    guard
      try sets.contains(where: {
        // Two names for the same set, ONNX's own.
        try ["", "ai.onnx"].contains($0.texts(1).last ?? "")
          && $0.numbers(2).last ?? 0 > 0
      })
    else {
      throw TutorialError("there is no opset_import (field 8) with a version")
    }
    let tensors = try graph.messages(5).map { try tensor($0) }
    let stored = Set(tensors.map(\.name))
    return StoredModel(
      nodes: try graph.messages(1).map(node), tensors: tensors,
      inputs: try graph.messages(11).map { $0.texts(1).last ?? "" }
        .filter { !stored.contains($0) },
      outputs: try graph.messages(12).map { $0.texts(1).last ?? "" })
  }
}
