import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct KittyImageTests {
  @Test(arguments: [1, 3071, 3072, 3073, 10_000])
  func `the chunks decode to the file`(size: Int) throws {
    let file = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 * 7919) })
    let codes = KittyImage.escapeCodes(png: file, columns: 30)
    let chunks = codes.components(separatedBy: "\u{1B}\\").dropLast()
    var payload = ""
    for (index, chunk) in chunks.enumerated() {
      let parts = chunk.split(separator: ";", maxSplits: 1)
      let keys = try #require(parts.first).split(separator: ",")
      let data = try #require(parts.last)
      #expect(keys.first?.hasPrefix("\u{1B}_G") == true)
      #expect(
        keys.last?.hasSuffix("m=\(index < chunks.count - 1 ? 1 : 0)") == true)
      #expect(keys.contains("f=100") == (index == 0))
      #expect(data.utf8.count <= 4096)
      #expect(index == chunks.count - 1 || data.utf8.count % 4 == 0)
      payload += data
    }
    #expect(chunks.count == (size + 3071) / 3072)
    #expect(Data(base64Encoded: payload) == file)
  }
}
