import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ONNXTensorTests {
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
    expectDiagnoses([
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
}
