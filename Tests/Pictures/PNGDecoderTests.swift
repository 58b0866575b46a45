import Foundation
import Testing

@testable import Shared

@Suite struct PNGDecoderTests {
  @Test func `the package's own pictures come back`() throws {
    let levels = (0..<35).map { UInt8($0 * 7) }
    let file = PNG(width: 5, height: 7, channels: 1, bytes: levels).encoded
    #expect(
      try GrayImage([UInt8](file))
        == GrayImage(width: 5, height: 7, levels: levels))
  }

  @Test func `a file cut before its data end throws`() throws {
    let file = fixture(PictureFixtures.palette)
    let whole = try GrayImage(file)
    let end = file.count - 12  // the last chunk, which is empty
    for length in 0..<end { expectError(Array(file[..<length])) }
    for length in end..<file.count {
      #expect(try GrayImage(Array(file[..<length])) == whole)
    }
  }

  @Test func `bytes after the data and rows too many are left alone`() throws {
    let whole = try GrayImage(PNGFile.png())
    #expect(
      try GrayImage(PNGFile.png(rows: [0, 1, 2, 0, 3, 4, 0, 5, 6])) == whole)
    let (name, data) = PNGFile.idat([0, 1, 2, 0, 3, 4])
    let trailing = [PNGFile.ihdr(), (name, data + [0, 0, 9]), ("IEND", [])]
    #expect(try GrayImage(PNGFile.file(trailing)) == whole)
  }

  @Test func `a picture is turned as its eXIf chunk says`() throws {
    let exif =
      Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1] + [1, 18, 0, 3, 0, 0, 0, 1]
      + [0, 6, 0, 0] + [0, 0, 0, 0]
    let turned = [
      PNGFile.ihdr(), ("eXIf", exif), PNGFile.idat([0, 1, 2, 0, 3, 4]),
      ("IEND", []),
    ]
    #expect(try GrayImage(PNGFile.file(turned)).levels == [3, 1, 4, 2])
  }

  @Test func `light ink on a transparent picture lies on black`() throws {
    // Grey and opacity: three clear pixels and one opaque.
    func levels(ink: UInt8) throws -> [UInt8] {
      let rows: [UInt8] = [0, 255, 0, 255, 0, 0, 0, 0, ink, 255]
      return try GrayImage(
        PNGFile.file([PNGFile.ihdr(kind: 4), PNGFile.idat(rows), ("IEND", [])])
      ).levels
    }
    #expect(try levels(ink: 250) == [0, 0, 0, 250])
    #expect(try levels(ink: 10) == [255, 255, 255, 10])
  }

  @Test func `every wrong byte is noticed`() {
    let file = fixture(PictureFixtures.rgba)
    // All but the length of the last chunk: that is read as a file cut short.
    let length = file.count - 12..<file.count - 8
    for position in file.indices where !length.contains(position) {
      var damaged = file
      damaged[position] ^= 0x21
      expectError(damaged)
    }
  }

  @Test(arguments: [
    (0, 4), (4, 0), (4097, 1), (1, 4097), (0x7FFF_FFFF, 0x7FFF_FFFF),
    (0xFFFF_FFFF, 2),
  ])
  func `a size is refused before memory is taken`(width: Int, height: Int) {
    expectError(PNGFile.png(width: width, height: height), "1 to 4096")
  }

  @Test func `the largest size needs its bytes`() {
    expectError(PNGFile.png(width: 4096, height: 4096), "16,781,312 belong")
  }

  @Test(
    arguments: [
      (3, 0, 0), (8, 1, 0), (8, 0, 2), (16, 3, 0), (4, 2, 0), (1, 4, 0),
      (2, 6, 0),
    ] as [(UInt8, UInt8, UInt8)])
  func `kinds that the standard does not know are refused`(
    depth: UInt8, kind: UInt8, interlacing: UInt8
  ) {
    expectError(
      PNGFile.png(depth: depth, kind: kind, interlacing: interlacing),
      "no meaning")
  }

  @Test func `unknown compression and filter methods are refused`() {
    let head: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0]
    for tail: [UInt8] in [[1, 0, 0], [0, 1, 0], [0, 0], [0, 0, 0, 0]] {
      expectError(
        PNGFile.file([
          ("IHDR", head + tail), PNGFile.idat([0, 7]), ("IEND", []),
        ]))
    }
  }

  @Test(arguments: [5, 6, 127, 255] as [UInt8])
  func `a filter of no meaning is refused`(filter: UInt8) {
    expectError(PNGFile.png(rows: [filter, 1, 2, 0, 3, 4]), "filter")
    expectError(PNGFile.png(rows: [0, 1, 2, filter, 3, 4]), "filter")
  }

  @Test(arguments: [[], [0], [0, 1, 2, 0, 3]])
  func `too few pixels are refused`(rows: [UInt8]) {
    expectError(PNGFile.png(rows: rows), "6 belong")
  }

  @Test func `palettes are checked`() {
    let head = PNGFile.ihdr(kind: 3)
    let data = PNGFile.idat([0, 0, 1, 0, 2, 3])
    let end: (String, [UInt8]) = ("IEND", [])
    for length in [0, 1, 4, 769, 771] {
      let palette = [UInt8](repeating: 9, count: length)
      expectError(
        PNGFile.file([head, ("PLTE", palette), data, end]), "palette")
    }
    let three: (String, [UInt8]) = ("PLTE", Array(repeating: 9, count: 9))
    let four: (String, [UInt8]) = ("PLTE", Array(repeating: 9, count: 12))
    #expect(throws: Never.self) {
      try GrayImage(PNGFile.file([head, four, data, end]))
    }
    expectError(
      PNGFile.file([head, three, data, end]), "colour 3 of a palette of 3")
    expectError(PNGFile.file([head, data, end]), "a palette of 0")
    expectError(PNGFile.file([head, four, four, data, end]), "wrong place")
    expectError(PNGFile.file([head, data, four, end]), "wrong place")
    for transparency in [[], [1, 2, 3, 4, 5]] as [[UInt8]] {
      expectError(
        PNGFile.file([head, four, ("tRNS", transparency), data, end]), "not fit"
      )
    }
    expectError(PNGFile.file([head, data, ("tRNS", [1]), end]), "wrong place")
    expectError(
      PNGFile.file([PNGFile.ihdr(kind: 4), ("tRNS", [1]), data, end]), "not fit"
    )
    expectError(
      PNGFile.file([PNGFile.ihdr(kind: 0), ("tRNS", [1]), data, end]), "not fit"
    )
  }

  @Test func `chunks must be in order`() {
    let head = PNGFile.ihdr()
    let data = PNGFile.idat([0, 1, 2, 0, 3, 4])
    let end: (String, [UInt8]) = ("IEND", [])
    let (first, rest) = (Array(data.1.prefix(5)), Array(data.1.dropFirst(5)))
    let good = [
      head, ("gAMA", [1, 2, 3, 4]), ("IDAT", first), ("IDAT", rest), end,
    ]
    #expect(throws: Never.self) { try GrayImage(PNGFile.file(good)) }
    expectError(PNGFile.file([data, head, end]), "IHDR")
    expectError(PNGFile.file([head, head, data, end]), "IHDR")
    expectError(PNGFile.file([end]), "IHDR")
    expectError(PNGFile.file([head, end]), "zlib")
    expectError(PNGFile.file([head]), "too early")
    expectError(PNGFile.file([head, data, ("IEND", [0])]), "not empty")
    expectError(PNGFile.file([head, ("ABCD", []), data, end]), "ABCD")
    expectError(
      PNGFile.file([head, ("1bcd", []), data, end]), "without a name")
    expectError(
      PNGFile.file([head, ("IDAT", first), ("tEXt", [65]), ("IDAT", rest), end]
      ),
      "apart")
  }

  @Test func `noise never passes`() {
    var generator = SeededGenerator(seed: 5)
    for count in 0..<100 {
      let noise = (0..<count).map { _ in
        UInt8(truncatingIfNeeded: generator.next())
      }
      expectError(noise)
      expectError(PNGDecoder.signature + noise)
    }
  }

  private func expectError(
    _ file: [UInt8], _ text: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(
      throws: TutorialError.self, sourceLocation: sourceLocation
    ) {
      try GrayImage(file)
    }
    let message = error?.description ?? ""
    #expect(
      text.isEmpty || message.contains(text), "\(message)",
      sourceLocation: sourceLocation)
  }
}
