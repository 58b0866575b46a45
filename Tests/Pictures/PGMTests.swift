import Testing

@testable import Shared

@Suite struct PGMTests {
  @Test func `text and bytes give the same picture`() throws {
    let expected = GrayImage(
      width: 3, height: 2, levels: [0, 17, 34, 255, 238, 136])
    let text = "P2 # a comment\n3\t2#x\n15\n0 1 2\r\n15 14 # more\n 8"
    #expect(try GrayImage(Array(text.utf8)) == expected)
    let bytes = Array("P5\n# by hand\n3 2\n15\n".utf8) + [0, 1, 2, 15, 14, 8]
    #expect(try GrayImage(bytes) == expected)
    #expect(try GrayImage(bytes + [10]) == expected)
  }

  @Test func `two bytes a pixel hold up to 65,536 levels`() throws {
    let expected = GrayImage(width: 3, height: 1, levels: [0, 128, 255])
    #expect(
      try GrayImage(
        Array("P5 3 1 65535 ".utf8) + [0, 9, 128, 127, 255, 255]) == expected)
    #expect(
      try GrayImage(Array("P2 3 1 1000 0 500 1000".utf8)) == expected)
    #expect(throws: TutorialError.self) {
      try GrayImage(Array("P5 1 1 256 ".utf8) + [1, 1])
    }
  }

  @Test func `the first pixel may look like white space or a comment`() throws {
    let image = try GrayImage(Array("P5 2 1 255 ".utf8) + [35, 32])
    #expect(image.levels == [35, 32])
  }

  @Test(arguments: [
    ("P2", "no width"), ("P5", "no width"), ("P23 2 255 1", "no width"),
    ("P2 x", "no width"), ("P2 -3 2 255", "no width"),
    ("P2 3", "no height"), ("P2 3 2", "no largest level"),
    ("P2 3 2 0 1", "1 to 65535"), ("P5 3 2 65536 ......", "1 to 65535"),
    ("P5 3 2 65535 ......", "6 pixels"),
    ("P2 0 2 255", "1 to 4096"), ("P2 4097 1 9", "1 to 4096"),
    ("P5 4000000000 4000000000 255 ", "1 to 4096"),
    ("P2 99999999999999999999999999 1 255 ", "1 to 4096"),
    ("P2 2 2 9 1 2 3", "no level"), ("P2 2 2 9 1 2 3 10", "9 is the largest"),
    ("P2 2 2 9 1 2 3 x", "no level"), ("P2 2 2 9 1 2 3 -1", "no level"),
    ("P2 2 2 9 # 1 2 3 4", "no level"), ("P2 4096 4096 255 1", "no level"),
    ("P5 2 2 255 abc", "4 pixels"), ("P5 2 2 255", "4 pixels"),
    ("P5 4096 4096 255 a", "16,777,216 pixels"),
    ("P5 2 2 96 abcd", "a level above 96"), ("P5#2 2 255", "no width"),
  ])
  func `what is not a graymap is named`(text: String, says: String) {
    let error = #expect(throws: TutorialError.self) {
      try GrayImage(Array(text.utf8))
    }
    #expect(
      error?.description.contains(says) == true, "\(String(describing: error))")
  }

  @Test func `noise never passes`() {
    var generator = SeededGenerator(seed: 6)
    for count in 0..<60 {
      let noise = (0..<count).map { _ in
        UInt8(truncatingIfNeeded: generator.next()) | 0x80
      }
      #expect(throws: TutorialError.self) {
        try GrayImage(Array("P2 ".utf8) + noise)
      }
    }
  }
}
