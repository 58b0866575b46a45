import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ONNXMutantTests {
  @Test func `8a: changed results are refused`() {
    expectMutantsRefused(of: onnxTensor, spoiledBy: Change.bytes) { mutant in
      .onnxTensor { mutant($0, $1) }
    }
  }

  @Test func `8a: every rule is asked for`() {
    @Sendable func after(_ change: @escaping @Sendable (Tensor) -> Tensor)
      -> Exercise<ONNXWriter.TensorBytes>
    {
      .onnxTensor { onnxTensor(change($0), name: $1) }
    }
    expectRefused([
      "a matrix is not transposed": after { tensor in
        guard tensor.shape.count == 2 else { return tensor }
        let (rows, columns) = (tensor.shape[0], tensor.shape[1])
        var turned = tensor
        for row in 0..<rows {
          for column in 0..<columns {
            turned.scalars[column * rows + row] = tensor[row, column]
          }
        }
        return turned
      },
      "an axis of 1 is an axis": after { tensor in
        tensor.reshaped(to: tensor.shape.filter { $0 != 1 })
      },
      "scalars in order": after { tensor in
        Tensor(shape: tensor.shape, scalars: tensor.scalars.reversed())
      },
      "all scalars": after { $0.rows(0..<1) },
      "every bit": after { $0.map { ($0 * 1e6).rounded() / 1e6 } },
      "the sign": after { $0.map { abs($0) } },
      "the name": .onnxTensor { tensor, _ in onnxTensor(tensor, name: "") },
      "the whole name": .onnxTensor { tensor, name in
        onnxTensor(tensor, name: String(name.prefix(1)))
      },
    ])
  }

  @Test func `8b: changed results are refused`() {
    expectMutantsRefused(of: onnxNode, spoiledBy: Change.bytes) { mutant in
      .onnxNode { mutant($0, $1, $2, $3, $4) }
    }
  }

  @Test func `8b: every rule is asked for`() {
    func after(
      _ change: @escaping @Sendable ([ONNXSetting]) -> [ONNXSetting]
    ) -> Exercise<ONNXWriter.NodeBytes> {
      .onnxNode {
        onnxNode($0, name: $1, inputs: $2, output: $3, settings: change($4))
      }
    }
    expectRefused([
      "a list of one number is a list": after {
        $0.map {
          $0.numbers.count == 1
            ? ONNXSetting($0.name, number: $0.numbers[0]) : $0
        }
      },
      "the inputs in order": .onnxNode {
        onnxNode($0, name: $1, inputs: $2.reversed(), output: $3, settings: $4)
      },
      "every input": .onnxNode {
        onnxNode($0, name: $1, inputs: $2.dropLast(), output: $3, settings: $4)
      },
      "every setting": after { $0.dropLast() },
      "every number of a list": after {
        $0.map {
          $0.isList ? ONNXSetting($0.name, list: $0.numbers.dropLast()) : $0
        }
      },
      "a setting's name": after {
        $0.map {
          var setting = $0
          setting.name = ""
          return setting
        }
      },
      "a setting's number": after {
        $0.map { $0.isList ? $0 : ONNXSetting($0.name, number: 1) }
      },
      "the name": .onnxNode {
        onnxNode($0, name: "", inputs: $2, output: $3, settings: $4)
      },
      "the output": .onnxNode {
        onnxNode($0, name: $1, inputs: $2, output: $2[0], settings: $4)
      },
      "the operation": .onnxNode {
        onnxNode(
          $0.lowercased(), name: $1, inputs: $2, output: $3, settings: $4)
      },
    ])
  }

  @Test func `8c: changed results are refused`() {
    expectMutantsRefused(of: onnxModel, spoiledBy: Change.bytes) { mutant in
      .onnxModel { mutant($0, $1, $2, $3) }
    }
  }

  @Test func `8c: every rule is asked for`() {
    let right = File()
    #expect(graded(right.exercise) == "solved")
    expectRefused([
      "ir_version is not lower": right.with { $0.version = 7 },
      "ir_version is not higher": right.with { $0.version = 99 },
      "the operations have a version": right.with { $0.operations = 0 },
      "the operations' version is 17": right.with { $0.operations = 9 },
      "the operations are ONNX's": right.with { $0.domain = "elsewhere" },
      "the operations are field 8": right.with { $0.setField = 9 },
      "the graph has a name": right.with { $0.name = "" },
      "the first node": right.with { $0.nodes = { Array($0.dropFirst()) } },
      "the last node": right.with { $0.nodes = { $0.dropLast() } },
      "every tensor": right.with { $0.tensors = { $0.dropLast() } },
      "a tensor for each name": right.with {
        $0.tensors = { tensors in tensors.map { _ in tensors[0] } }
      },
      "the input": right.with { $0.inputField = nil },
      "the output": right.with { $0.outputField = nil },
      "the input is field 11": right.with { $0.inputField = 10 },
      "the output is field 12": right.with { $0.outputField = 13 },
    ])
  }
}

/// A right file, of which parts can be changed.
private struct File: Sendable {
  var version = 8
  var operations = 17
  var domain = ""
  var setField = 8
  var name = "g"
  var inputField: Int? = 11
  var outputField: Int? = 12
  var nodes: @Sendable ([Data]) -> [Data] = { $0 }
  var tensors: @Sendable ([Data]) -> [Data] = { $0 }

  func with(_ change: (inout File) -> Void)
    -> Exercise<ONNXWriter.ModelBytes>
  {
    var file = self
    change(&file)
    return file.exercise
  }

  var exercise: Exercise<ONNXWriter.ModelBytes> {
    .onnxModel { nodes, tensors, input, output in
      var graph = ProtobufWriter()
      for node in self.nodes(nodes) { graph.write(node, field: 1) }
      if !name.isEmpty { graph.write(name, field: 2) }
      for tensor in self.tensors(tensors) { graph.write(tensor, field: 5) }
      if let inputField { graph.write(input, field: inputField) }
      if let outputField { graph.write(output, field: outputField) }
      var set = ProtobufWriter()
      set.write(domain, field: 1)
      set.write(operations, field: 2)
      var model = ProtobufWriter()
      model.write(version, field: 1)
      model.write(graph.bytes, field: 7)
      model.write(set.bytes, field: setField)
      return model.bytes
    }
  }
}
