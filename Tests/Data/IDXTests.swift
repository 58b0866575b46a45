import Foundation
import Testing

@testable import Shared

@Suite struct IDXTests {
  @Test func `images are read with their shape`() throws {
    let file = try IDX(IDXBytes.images(2), axes: 3, name: "images")
    #expect(file.shape == [2, 2, 3])
    #expect(file.bytes == Array(0..<12))
  }

  @Test func `labels are read from a file`() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("labels")
      try IDXBytes.labels([7, 2, 1]).write(to: url)
      let file = try IDX(contentsOf: url, axes: 1)
      #expect(file.shape == [3])
      #expect(file.bytes == [7, 2, 1])
    }
  }

  @Test func `sizes have their most significant byte first`() throws {
    let data = IDXBytes.header([0x0102]) + Data(count: 0x0102)
    #expect(try IDX(data, axes: 1, name: "labels").shape == [258])
  }

  @Test func `data that is part of a larger buffer is read`() throws {
    let data = (Data([9, 9, 9]) + IDXBytes.labels([4, 5])).dropFirst(3)
    #expect(try IDX(data, axes: 1, name: "labels").bytes == [4, 5])
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var data: Data
    /// What the message must say.
    var says: [String]

    init(_ description: String, _ data: Data, says: String...) {
      testDescription = description
      self.data = data
      self.says = says
    }
  }

  static let damages = [
    Damage("empty", Data(), says: "not an IDX file", "put the original"),
    Damage("two bytes", Data([0, 0]), says: "not an IDX file"),
    Damage(
      "a header cut off", IDXBytes.images(1).prefix(9), says: "header",
      "9 bytes", "copy it again"),
    Damage(
      "a body cut off", IDXBytes.images(2).dropLast(), says: "2 × 2 × 3",
      "holds 11", "copy it again"),
    Damage(
      "no body", IDXBytes.header([2, 2, 3]), says: "2 × 2 × 3", "holds 0"),
    Damage(
      "a byte too many", IDXBytes.images(2) + Data([0]), says: "2 × 2 × 3",
      "holds 13", "copy it again"),
    Damage(
      "text", Data("hello, this is text".utf8), says: "68 65 6c",
      "put the original"),
    Damage(
      "floats", Data([0, 0, 0x0d, 3]) + Data(count: 12), says: "00 00 0d"),
    Damage(
      "labels for images", IDXBytes.labels([1, 2, 3]), says: "1 axes",
      "swapped"),
    Damage(
      "a damaged gzip file", Data([0x1f, 0x8b, 8, 0]) + Data(count: 30),
      says: "cannot be unpacked", "copy it again"),
    Damage(
      "sizes that overflow",
      IDXBytes.header([.max, .max, .max]) + Data(count: 6),
      says: "4294967295 × 4294967295 × 4294967295", "holds 6"),
    Damage(
      "sizes whose product wraps around to the right length",
      IDXBytes.header([1 << 31, 1 << 31, 4]), says: "holds 0"),
  ]

  @Test(arguments: damages)
  func `a bad file is refused with its name and a remedy`(_ damage: Damage)
    throws
  {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("train-images")
      try damage.data.write(to: url)
      let error = #expect(throws: TutorialError.self) {
        try IDX(contentsOf: url, axes: 3)
      }
      let message = error?.description ?? ""
      for part in [url.path] + damage.says {
        #expect(message.contains(part), "\(message)")
      }
    }
  }

  @Test func `a missing file is named`() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("nothing")
      let error = #expect(throws: TutorialError.self) {
        try IDX(contentsOf: url, axes: 3)
      }
      #expect(
        error?.description == "\(url.path) does not exist; check the path.")
    }
  }

  @Test func `a folder in place of a file is named`() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: TutorialError.self) {
        try IDX(contentsOf: folder, axes: 3)
      }
      let message = error?.description ?? ""
      #expect(message.contains("\(folder.path) is a folder"), "\(message)")
    }
  }
}
