import Foundation
import Testing

@testable import Shared

@Suite struct GrayImageTests {
  @Test(arguments: [
    ("\u{FF}\u{D8}\u{FF}\u{E0}", "JPEG", "in.jpeg"),
    ("\0\0\0\u{18}ftypheic", "HEIC", "in.heic"),
    ("\0\0\0\u{18}ftypavif", "AVIF", "in.avif"),
    ("GIF89a", "GIF", "in.gif"), ("RIFF....WEBPVP8 ", "WebP", "in.webp"),
    ("BM......", "BMP", "in.bmp"), ("II*\0", "TIFF", "in.tiff"),
    ("MM\0*", "TIFF", "in.tiff"), ("<svg width='3'>", "SVG", "in.svg"),
    ("<?xml version='1.0'?>\n<svg>", "SVG", "in.svg"),
    ("%PDF-1.7", "PDF", "in.pdf"), ("P6 1 1 255 ", "PPM", "in.ppm"),
  ])
  func `other formats get the command`(
    head: String, name: String, command: String
  ) {
    let bytes = head.unicodeScalars.map { UInt8($0.value) }
    let error = #expect(throws: TutorialError.self) { try GrayImage(bytes) }
    let message = error?.description ?? ""
    #expect(message.contains(name), "\(message)")
    #expect(message.contains(command), "\(message)")
    #expect(message.contains("out.png"), "\(message)")
  }

  @Test func `the file is named in every error`() throws {
    try withTemporaryFolder { folder in
      let missing = folder.appendingPathComponent("no such.png")
      expectSentence("\(missing.path) does not exist") {
        _ = try GrayImage(contentsOf: missing)
      }
      expectSentence("\(folder.path) is a folder") {
        _ = try GrayImage(contentsOf: folder)
      }
      let file = folder.appendingPathComponent("digit.png")
      try Data().write(to: file)
      expectError(file, "empty")
      try Data([1, 2, 3, 4, 5]).write(to: file)
      expectError(file, "begins with 01 02 03 04")
      try Data(PNGDecoder.signature).write(to: file)
      expectError(file, "too early")
    }
  }

  @Test func `squares become their mean`() {
    let image = GrayImage(
      width: 5, height: 3,
      levels: [0, 2, 10, 20, 7, 4, 6, 30, 40, 9, 100, 102, 50, 50, 255])
    #expect(
      image.reduced(by: 2)
        == GrayImage(width: 3, height: 2, levels: [3, 25, 8, 101, 50, 255]))
    #expect(image.reduced(by: 1) == image)
  }

  private func expectError(_ url: URL, _ text: String) {
    let error = #expect(throws: TutorialError.self) {
      try GrayImage(contentsOf: url)
    }
    let message = error?.description ?? ""
    #expect(message.hasPrefix("\(url.path): "), "\(message)")
    #expect(message.contains(text), "\(message)")
  }
}
