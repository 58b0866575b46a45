import Foundation
import Testing

@testable import Shared

@Suite struct InflateGzipTests {
  /// Labels 7, 2, 1, 9 as an IDX file.
  private let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 4, 7, 2, 1, 9]

  /// What `gzip -9` makes, and a file with every optional field: extra data, a
  /// name, a comment and a checksum of the header.
  static let files = [
    "H4sICFxJCmsCA2xhYmVscwBjYOBgZGBgYGFnYuQEACpRbXQMAAAA",
    "H4sIHgAAAAACAwUAZXh0cmFuYW1lAGEgY29tbWVudACzHGNg4GBkYGBgYWdi5AQAKlFtdAwA"
      + "AAA=",
  ]

  private func file(_ base64: String) throws -> Data {
    try #require(Data(base64Encoded: base64))
  }

  @Test(arguments: files) func `files of others are unpacked`(file: String)
    throws
  {
    #expect(try Inflate.gzip(self.file(file), limit: 100) == labels)
    #expect(
      try Inflate.gzip(self.file(file), limit: 3) == Array(labels.prefix(3)))
  }

  @Test(arguments: files) func `a cut file is refused`(base64: String) throws {
    let file = try file(base64)
    for count in 0..<file.count {
      #expect(throws: TutorialError.self) {
        try Inflate.gzip(file.prefix(count), limit: 100)
      }
    }
  }

  @Test func `a changed bit is refused, or changes nothing that counts`()
    throws
  {
    let file = try file(Self.files[1])
    for index in file.indices {
      for bit in 0..<8 {
        var changed = file
        changed[index] ^= 1 << bit
        let read = try? Inflate.gzip(changed, limit: 100)
        #expect(read == nil || read == labels)
      }
    }
  }

  @Test func `MNIST's labels, packed by gzip itself, come out whole`() throws {
    let url = PackageFiles.mnist.appendingPathComponent(MNIST.fileNames[1])
    let gzip = URL(fileURLWithPath: "/usr/bin/gzip")
    guard FileManager.default.isExecutableFile(atPath: gzip.path) else {
      try Test.cancel("There is no gzip on this system.")
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = gzip
    process.arguments = ["-c", url.path]
    process.standardOutput = pipe
    try process.run()
    let packed = pipe.fileHandleForReading.readDataToEndOfFile()
    #expect(packed.count < 60_000)
    try withTemporaryFolder { folder in
      let copy = folder.appendingPathComponent("labels.gz")
      try packed.write(to: copy)
      #expect(try IDX.bytes(of: copy) == Data(contentsOf: url))
      #expect(
        try IDX.header(of: copy, count: 8) == [0, 0, 8, 1, 0, 0, 234, 96])
    }
  }
}
