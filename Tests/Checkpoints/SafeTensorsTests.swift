import Foundation
import Testing

@testable import Shared

@Suite struct SafeTensorsTests {
  private let sample = SafeTensors(
    tensors: [
      "a": Tensor(shape: [2, 3], scalars: [1, -2, 3, .pi, 1e-30, -0]),
      "b": Tensor([.greatestFiniteMagnitude]),
    ], metadata: ["seed": "2", "text": "ε = 0.1 \"quoted\""])

  @Test func `what is written is read, bit for bit`() throws {
    let read = try SafeTensors(decoding: sample.encoded(), name: "file")
    #expect(read.metadata == sample.metadata)
    #expect(read.tensors["b"] == sample.tensors["b"])
    #expect(
      read.tensors["a"]?.scalars.map(\.bitPattern)
        == sample.tensors["a"]?.scalars.map(\.bitPattern))
  }

  @Test func `the layout is that of the format`() throws {
    let one = SafeTensors(tensors: ["x": Tensor([1])])
    let data = try one.encoded()
    let length = Int(data[0]) + Int(data[1]) << 8
    #expect(length % 8 == 0)
    #expect(data[2..<8].allSatisfy { $0 == 0 })
    let header = String(decoding: data[8..<8 + length], as: UTF8.self)
    #expect(
      header.trimmingCharacters(in: .whitespaces)
        == #"{"__metadata__":{},"x":{"data_offsets":[0,4],"dtype":"F32","#
        + #""shape":[1]}}"#)
    #expect(Array(data[(8 + length)...]) == [0, 0, 0x80, 0x3F])
  }

  @Test func `every truncation is refused`() throws {
    let data = try sample.encoded()
    for length in 0..<data.count {
      #expect(throws: TutorialError.self) {
        try SafeTensors(decoding: data.prefix(length), name: "file")
      }
    }
    #expect(throws: TutorialError.self) {
      try SafeTensors(decoding: data + [0], name: "file")
    }
  }

  @Test func `random damage never crashes`() throws {
    let data = try sample.encoded()
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      var damaged = data
      for _ in 0..<3 {
        let index = Int(generator.next() % UInt64(data.count))
        damaged[index] = UInt8(truncatingIfNeeded: generator.next())
      }
      _ = try? SafeTensors(decoding: damaged, name: "file")
    }
  }

  @Test(arguments: [
    #"{"x":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
    #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#,
    #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#,
    #"{"x":{"dtype":"F32","shape":[1]}}"#,
    #"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#,
    #"{"x":1}"#, #"[]"#, #"{"__metadata__":{"a":1}}"#,
    #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
  ])
  func `a header that lies is refused`(header: String) {
    let length = UInt8(header.utf8.count)
    let data = Data([length, 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8)
    let error = #expect(throws: TutorialError.self) {
      try SafeTensors(decoding: data + [0, 0, 0, 0], name: "some/file")
    }
    #expect(error?.description.hasPrefix("some/file") == true)
  }

  @Test func `tensors without numbers are in nobody's way`() throws {
    let header =
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
      + #""b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"#
      + #""c":{"dtype":"F32","shape":[2,0],"data_offsets":[4,4]}}"#
    let data =
      Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]) + Data(header.utf8)
    // A dictionary has another order each time.
    for _ in 0..<20 {
      let read = try SafeTensors(decoding: data + [0, 0, 0, 0], name: "file")
      #expect(read.tensors.count == 3)
      #expect(read.tensors["c"]?.shape == [2, 0])
    }
  }

  @Test func `a header of megabytes is refused before it is parsed`() {
    let length = 1 << 21
    let data =
      Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
      + Data(repeating: UInt8(ascii: "["), count: length)
    let error = #expect(throws: TutorialError.self) {
      try SafeTensors(decoding: data, name: "file")
    }
    #expect(error?.description.contains("2097152 bytes") == true)
  }

  @Test func `an error quotes a name from a file in part and in safety`() {
    let name = String(repeating: "\\u001b[2Jx", count: 20_000)
    let header = #"{"\#(name)":1}"#
    var length = header.utf8.count
    let bytes = (0..<8).map { _ in
      defer { length >>= 8 }
      return UInt8(truncatingIfNeeded: length)
    }
    let error = #expect(throws: TutorialError.self) {
      try SafeTensors(decoding: Data(bytes) + Data(header.utf8), name: "file")
    }
    let message = error?.description ?? ""
    #expect(message.hasPrefix("file cannot be used"))
    #expect(message.utf8.count < 20_000)
    #expect(!message.unicodeScalars.contains("\u{1B}"))
    #expect(message.contains("\\u{1B}[2J"))
  }

  @Test func `PyTorch's counters of batches are read`() throws {
    let header = Data(
      #"{"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}"#.utf8)
    let length = Data([UInt8(header.count), 0, 0, 0, 0, 0, 0, 0])
    let file = length + header + Data([0x5C, 3, 0, 0, 0, 0, 0, 0])
    let read = try SafeTensors(decoding: file, name: "file")
    #expect(read.tensors == ["n": Tensor(shape: [], scalars: [860])])
  }
}
