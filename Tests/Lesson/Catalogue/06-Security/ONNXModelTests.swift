import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ONNXModelTests {
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
    expectDiagnoses([
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
}
