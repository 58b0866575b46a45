import Foundation
import Testing

@testable import Shared

@Suite struct ProtobufWriterTests {
  @Test func `the examples of the format's description come out`() {
    // https://protobuf.dev/programming-guides/encoding: field 1 is 150, field 2
    // is "testing", field 3 is a message whose field 1 is 150.
    var number = ProtobufWriter()
    number.write(150, field: 1)
    #expect(digits(number.bytes) == "089601")
    var text = ProtobufWriter()
    text.write("testing", field: 2)
    #expect(digits(text.bytes) == "120774657374696e67")
    var message = ProtobufWriter()
    message.write(number.bytes, field: 3)
    #expect(digits(message.bytes) == "1a03089601")
    // "-2 … encoded as 110...1 in ten bytes".
    var negative = ProtobufWriter()
    negative.write(-2, field: 1)
    #expect(digits(negative.bytes) == "08feffffffffffffffff01")
  }

  @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, .max, -1, .min])
  func `numbers of every length are read back`(_ number: Int) throws {
    for field in [1, 15, 16, 2047, 2048] {
      var message = ProtobufWriter()
      message.write(number, field: field)
      #expect(try ProtobufReader(message.bytes).number(field) == number)
    }
  }
}
