import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ONNXNodeTests {
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
    expectDiagnoses([
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
}
