import Foundation
import Testing

@testable import Shared

@Suite struct FilesTests {
  @Test func `what is no file is named for what it is`() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appendingPathComponent("pipe")
      try #require(mkfifo(pipe.path, 0o600) == 0)
      let link = folder.appendingPathComponent("link")
      try FileManager.default.createSymbolicLink(
        atPath: link.path, withDestinationPath: link.path)
      let cases = [
        ("no such file", "does not exist"), ("", "is a folder"),
        ("pipe", "is a pipe or a device"), ("link", "symbolic links"),
      ]
      for (name, text) in cases {
        expectSentence(text) {
          _ = try readFile(folder.appendingPathComponent(name))
        }
      }
      expectSentence("is a pipe or a device") {
        _ = try readFile(URL(fileURLWithPath: "/dev/null"))
      }
    }
  }

  @Test func `a file larger than the limit is not read`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data(count: 1001).write(to: file)
      #expect(try readFile(file, atMost: 1001).count == 1001)
      expectSentence("has 1,001 bytes, and 1,000 is the most") {
        _ = try readFile(file, atMost: 1000)
      }
    }
  }

  @Test func `what stands in the way of a file is named`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try writeFile(Data([1]), to: file)
      expectSentence("\(file.path) is a file where a folder belongs") {
        try writeFile(Data(), to: file.appendingPathComponent("a/b/c"))
      }
      expectSentence("is a folder where a file belongs") {
        try writeFile(Data(), to: folder)
      }
      let deep = folder.appendingPathComponent("a/b/c")
      try writeFile(Data([2]), to: deep)
      #expect(try readFile(deep) == Data([2]))
    }
  }

  @Test func `only old leftovers are swept`() throws {
    try withTemporaryFolder { folder in
      let old = Date(timeIntervalSinceNow: -100)
      for (name, date) in [
        (".left-1", old), (".left-2", Date()), ("model", old),
      ] {
        let file = folder.appendingPathComponent(name)
        try Data().write(to: file)
        try FileManager.default.setAttributes(
          [.modificationDate: date], ofItemAtPath: file.path)
      }
      removeLeftovers(in: folder, named: [".left-"], olderThan: 60)
      let kept = try FileManager.default.contentsOfDirectory(
        atPath: folder.path)
      #expect(Set(kept) == [".left-2", "model"])
    }
  }
}
