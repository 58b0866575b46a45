import Foundation
import Testing

@testable import Shared

@Suite struct ONNXExercisesTests {
  @Test func `right answers pass, however written`() throws {
    #expect(try graded(.onnxTensor(onnxTensor)) == "solved")
    #expect(try graded(.onnxNode(onnxNode)) == "solved")
    #expect(try graded(.onnxModel(onnxModel)) == "solved")
    #expect(try graded(.onnxTensor(ONNXEncoding.libraryTensor)) == "solved")
    #expect(try graded(.onnxNode(ONNXEncoding.libraryNode)) == "solved")
    #expect(try graded(.onnxModel(ONNXEncoding.libraryModel)) == "solved")
  }

  @Test func `packed lists, other fields and another order pass`() throws {
    // float_data (4) packed instead of raw_data, dims packed, name first.
    #expect(
      try graded(
        .onnxTensor { tensor, name in
          var message = ProtobufWriter()
          message.write(name, field: 8)
          message.write(1, field: 2)
          let floats = tensor.scalars.map(\.bitPattern.littleEndian)
          message.write(floats.withUnsafeBytes { Data($0) }, field: 4)
          message.write(packed(tensor.shape), field: 1)
          return message.bytes
        }) == "solved")
    #expect(
      try graded(
        .onnxNode { operation, name, inputs, output, settings in
          var message = ProtobufWriter()
          message.write(operation, field: 4)
          for setting in settings {
            var inner = ProtobufWriter()
            inner.write(setting.isList ? 7 : 2, field: 20)
            if setting.isList {
              inner.write(packed(setting.numbers), field: 8)
            } else {
              inner.write(setting.numbers[0], field: 3)
            }
            inner.write(setting.name, field: 1)
            message.write(inner.bytes, field: 5)
          }
          message.write(name, field: 3)
          message.write(output, field: 2)
          for input in inputs { message.write(input, field: 1) }
          return message.bytes
        }) == "solved")
    // With a producer, and the set of operations without its empty domain.
    #expect(
      try graded(
        .onnxModel { nodes, tensors, input, output in
          var graph = Data()
          func add(_ data: Data, _ field: Int) {
            var part = ProtobufWriter()
            part.write(data, field: field)
            graph += part.bytes
          }
          add(output, 12)
          add(input, 11)
          for tensor in tensors { add(tensor, 5) }
          for node in nodes { add(node, 1) }
          var model = ProtobufWriter()
          model.write(Data([0x10, 17]), field: 8)
          model.write(graph, field: 7)
          model.write("me", field: 2)
          model.write(8, field: 1)
          return model.bytes
        }) == "solved")
  }

  @Test func `no answer and trivial answers`() throws {
    #expect(
      try graded(.onnxTensor { _, _ in throw Unsolved() }) == "unsolved")
    #expect(try graded(.onnxTensor { _, _ in Data() }) != "solved")
    #expect(
      try graded(.onnxNode { _, _, _, _, _ in Data([0xFF]) }) == "refused")
    #expect(try graded(.onnxModel { _, _, _, _ in Data() }) != "solved")
    #expect(
      try graded(.onnxModel { nodes, _, _, _ in nodes[0] }) != "solved")
  }

  @Test func `each mistake with a tensor is named`() throws {
    @Sendable func write(
      _ tensor: Tensor, _ name: String, dims: [Int]? = nil, type: Int? = 1,
      nameField: Int = 8, raw: Data? = nil
    ) -> Data {
      var message = ProtobufWriter()
      for size in dims ?? tensor.shape { message.write(size, field: 1) }
      if let type { message.write(type, field: 2) }
      message.write(name, field: nameField)
      let bits = tensor.scalars.map(\.bitPattern)
      message.write(
        raw ?? bits.withUnsafeBytes { Data($0) }, field: 9)
      return message.bytes
    }
    try expectDiagnoses([
      "dims missing": .onnxTensor { write($0, $1, dims: []) },
      "only the number of scalars as dims": .onnxTensor {
        write($0, $1, dims: [$0.count])
      },
      "dims in reverse order": .onnxTensor {
        write($0, $1, dims: $0.shape.reversed())
      },
      "highest byte first": .onnxTensor { tensor, name in
        let bits = tensor.scalars.map(\.bitPattern.byteSwapped)
        return write(tensor, name, raw: bits.withUnsafeBytes { Data($0) })
      },
      "eight bytes a number": .onnxTensor { tensor, name in
        let doubles = tensor.scalars.map(Double.init)
        return write(tensor, name, raw: doubles.withUnsafeBytes { Data($0) })
      },
      "values converted instead of bits": .onnxTensor { tensor, name in
        var raw = Data()
        for scalar in tensor.scalars {
          let value = UInt32(bitPattern: Int32(scalar))
          for shift in [0, 8, 16, 24] {
            raw.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
          }
        }
        return write(tensor, name, raw: raw)
      },
      "data_type missing": .onnxTensor { write($0, $1, type: nil) },
      "data_type of doubles": .onnxTensor { write($0, $1, type: 11) },
      "name in another field": .onnxTensor { write($0, $1, nameField: 3) },
    ])
  }

  @Test func `each mistake with a node is named`() throws {
    @Sendable func write(
      _ inputs: [String], _ output: String, _ name: String,
      _ operation: String, _ settings: [Data],
      fields: [Int] = [1, 2, 3, 4]
    ) -> Data {
      var message = ProtobufWriter()
      for input in inputs { message.write(input, field: fields[0]) }
      message.write(output, field: fields[1])
      message.write(name, field: fields[2])
      message.write(operation, field: fields[3])
      for setting in settings { message.write(setting, field: 5) }
      return message.bytes
    }
    @Sendable func setting(
      _ setting: ONNXSetting, isList: Bool? = nil, typed: Bool = true
    ) -> Data {
      let isList = isList ?? setting.isList
      var message = ProtobufWriter()
      message.write(setting.name, field: 1)
      for number in setting.numbers {
        message.write(number, field: isList ? 8 : 3)
      }
      if typed { message.write(isList ? 7 : 2, field: 20) }
      return message.bytes
    }
    try expectDiagnoses([
      "inputs joined into one text": .onnxNode {
        write([$2.joined(separator: ",")], $3, $1, $0, $4.map { setting($0) })
      },
      "only the first input": .onnxNode {
        write([$2[0]], $3, $1, $0, $4.map { setting($0) })
      },
      "input and output exchanged": .onnxNode {
        write(
          $2, $3, $1, $0, $4.map { setting($0) }, fields: [2, 1, 3, 4])
      },
      "name and operation exchanged": .onnxNode {
        write($2, $3, $0, $1, $4.map { setting($0) })
      },
      "settings without a type": .onnxNode {
        write($2, $3, $1, $0, $4.map { setting($0, typed: false) })
      },
      "a list written as a number": .onnxNode {
        write($2, $3, $1, $0, $4.map { setting($0, isList: false) })
      },
      "a number written as a list": .onnxNode {
        write($2, $3, $1, $0, $4.map { setting($0, isList: true) })
      },
      "settings left out": .onnxNode { operation, name, inputs, output, _ in
        write(inputs, output, name, operation, [])
      },
    ])
  }

  @Test func `each mistake with the model is named`() throws {
    @Sendable func graph(
      _ nodes: [Data], _ tensors: [Data], _ input: Data, _ output: Data,
      tensorField: Int = 5
    ) -> Data {
      var graph = ProtobufWriter()
      for node in nodes { graph.write(node, field: 1) }
      graph.write("g", field: 2)
      for tensor in tensors { graph.write(tensor, field: tensorField) }
      graph.write(input, field: 11)
      graph.write(output, field: 12)
      return graph.bytes
    }
    @Sendable func model(
      _ graph: Data, version: Bool = true, operations: Bool = true,
      field: Int = 7
    ) -> Data {
      var model = ProtobufWriter()
      if version { model.write(8, field: 1) }
      model.write(graph, field: field)
      if operations { model.write(Data([0x0A, 0, 0x10, 17]), field: 8) }
      return model.bytes
    }
    try expectDiagnoses([
      "no set of operations": .onnxModel {
        model(graph($0, $1, $2, $3), operations: false)
      },
      "no ir_version": .onnxModel {
        model(graph($0, $1, $2, $3), version: false)
      },
      "no graph around the nodes": .onnxModel { graph($0, $1, $2, $3) },
      "graph in another field": .onnxModel {
        model(graph($0, $1, $2, $3), field: 2)
      },
      "nodes in reverse order": .onnxModel {
        model(graph($0.reversed(), $1, $2, $3))
      },
      "weights left out": .onnxModel { nodes, _, input, output in
        model(graph(nodes, [], input, output))
      },
      "tensors written as nodes": .onnxModel {
        model(graph($0, $1, $2, $3, tensorField: 1))
      },
      "input and output exchanged": .onnxModel {
        model(graph($0, $1, $3, $2))
      },
    ])
  }

  /// Numbers of any size, all in one field.
  private func packed(_ numbers: [Int]) -> Data {
    var bytes = Data()
    for number in numbers {
      var rest = UInt64(number)
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    return bytes
  }
}
