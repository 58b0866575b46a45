import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct MNISTTransposedTests {
  /// 120 images to learn from and 200 to test with, as files.
  private func hint(
    classes: Int = 10, _ change: ([UInt8]) -> [UInt8]
  ) throws -> String? {
    let mnist = try MNIST()
    return try withTemporaryFolder { folder in
      for (index, set) in [mnist.training.prefix(120), mnist.test.prefix(200)]
        .enumerated()
      {
        let count = UInt32(set.count)
        let images = IDXBytes.header([count, 28, 28]) + change(set.pixels)
        try images.write(
          to: folder.appendingPathComponent(MNIST.fileNames[2 * index]))
        let labels = set.labels.indices.map {
          classes == 10 ? set.labels[$0] : UInt8($0 % classes)
        }
        try IDXBytes.labels(labels).write(
          to: folder.appendingPathComponent(MNIST.fileNames[2 * index + 1]))
      }
      return try MNIST(folder: folder).hintAtTransposition()
    }
  }

  @Test func `images on their side are recognized`() throws {
    let sideways = try #require(
      try hint { transposed($0) })
    #expect(sideways.contains("EMNIST"), "\(sideways)")
    #expect(sideways.contains("of 200"), "\(sideways)")
  }

  private func transposed(_ pixels: [UInt8]) -> [UInt8] {
    pixels.indices.map { index in
      let (start, row, column) = (
        index / 784 * 784, index % 784 / 28, index % 28
      )
      return pixels[start + column * 28 + row]
    }
  }

  @Test func `where no model reads them, the ink tells`() throws {
    #expect(try hint(classes: 26) { $0 } == nil)
    let sideways = try #require(try hint(classes: 26) { transposed($0) })
    #expect(sideways.contains("wider than high"), "\(sideways)")
  }

  @Test func `upright images and noise get no hint`() throws {
    #expect(try hint { $0 } == nil)
    var generator = SeededGenerator(seed: 1)
    #expect(
      try hint { pixels in
        pixels.map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      } == nil)
  }
}
