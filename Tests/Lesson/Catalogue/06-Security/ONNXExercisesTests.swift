import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ONNXExercisesTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.onnxTensor(onnxTensor)) == "solved")
    #expect(graded(.onnxNode(onnxNode)) == "solved")
    #expect(graded(.onnxModel(onnxModel)) == "solved")
    #expect(graded(.onnxTensor(ONNXWriter.tensorProto)) == "solved")
    #expect(graded(.onnxNode(ONNXWriter.nodeProto)) == "solved")
    #expect(graded(.onnxModel(ONNXWriter.modelProto)) == "solved")
  }

  @Test func `packed lists, other fields and another order pass`() throws {
    // float_data (4) packed instead of raw_data, dims packed, name first.
    #expect(
      graded(
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
      graded(
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
      graded(
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
          add(Data("mine".utf8), 2)
          for node in nodes { add(node, 1) }
          var model = ProtobufWriter()
          model.write(Data([0x10, 17]), field: 8)
          model.write(graph, field: 7)
          model.write("me", field: 2)
          model.write(8, field: 1)
          return model.bytes
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.onnxTensor { _, _ in Data() }) != "solved")
    #expect(
      graded(.onnxNode { _, _, _, _, _ in Data([0xFF]) }) == "refused")
    #expect(graded(.onnxModel { _, _, _, _ in Data() }) != "solved")
    #expect(
      graded(.onnxModel { nodes, _, _, _ in nodes[0] }) != "solved")
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
