import Foundation
import Testing

@testable import Shared

@Suite struct DataClassesTests {
  private func classes(_ labels: [UInt8], names: String? = nil) throws
    -> DataClasses
  {
    try withTemporaryFolder { folder in
      if let names {
        try Data(names.utf8).write(
          to: folder.appendingPathComponent("classes.txt"))
      }
      return try DataClasses(labels: labels, in: folder)
    }
  }

  @Test func `classes are counted and named by their numbers`() throws {
    let digits = try classes([3, 0, 9])
    #expect(digits.names == (0...9).map(String.init))
    #expect(digits.firstLabel == 0)
    #expect(try classes([1, 0]).names == ["0", "1"])
    let letters = try classes([26, 1])
    #expect(letters.firstLabel == 1 && letters.names.count == 26)
    #expect(try classes([255, 0]).names.count == 256)
  }

  @Test func `names come from a file`() throws {
    let fashion = try classes(
      [0, 2, 1], names: "T-shirt/top\r\n trouser \ncoat\n\n")
    #expect(fashion.names == ["T-shirt/top", "trouser", "coat"])
    let letters = try classes([1, 3], names: "a\nb\nc")
    #expect(letters.names == ["a", "b", "c"] && letters.firstLabel == 1)
    // Here the first class merely has no image.
    #expect(try classes([1, 2], names: "a\nb\nc").firstLabel == 0)
  }

  @Test(
    arguments: [
      ([0, 1, 2], "a\nb", "names 2 classes, and the labels go from 0 to 2"),
      ([0, 1], "a\nb\nc", "names 3 classes"),
      ([0, 1], (0..<1000).map { "c\($0)" }.joined(separator: "\n"), "1,000"),
      ([0, 1], "a\n\nb", "line 2"), ([0, 1], "a\na", "two classes a"),
      ([0, 1], "a\nb\u{1B}[2J", "line 2"), ([0, 1], "", "names 0 classes"),
      ([0, 1], "a\n" + String(repeating: "b", count: 25), "line 2"),
      ([0, 0], nil, "needs two classes"), ([4], nil, "needs two classes"),
    ] as [([UInt8], String?, String)])
  func `names that do not match are refused`(
    labels: [UInt8], names: String?, says: String
  ) {
    let error = #expect(throws: TutorialError.self) {
      try classes(labels, names: names)
    }
    #expect(error?.description.contains(says) == true, "\(error as Any)")
  }

  @Test func `names that are not text are refused`() throws {
    try withTemporaryFolder { folder in
      try Data([0xFF, 0xFE, 0]).write(
        to: folder.appendingPathComponent("classes.txt"))
      let error = #expect(throws: TutorialError.self) {
        try DataClasses(labels: [0, 1], in: folder)
      }
      #expect(error?.description.contains("UTF-8") == true)
    }
  }
}
