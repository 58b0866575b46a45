import Foundation
import Testing

@testable import Shared

@Suite struct MNISTTests {
  @Test func `the data set that ships is the published one`() throws {
    let data = try MNIST()
    #expect(data.training.count == 60_000)
    #expect(data.test.count == 10_000)
    #expect(data.training.size == (28, 28))
    #expect(data.test.size == (28, 28))
    // The counts and the statistics that everybody who uses MNIST publishes.
    #expect(
      classCounts(data.training)
        == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(
      classCounts(data.test)
        == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    #expect(Array(data.training.labels.prefix(5)) == [5, 0, 4, 1, 9])
    #expect(Array(data.test.labels.prefix(5)) == [7, 2, 1, 0, 4])
    let (mean, deviation) = statistics(data.training.pixels)
    #expect(abs(mean - 0.13066) < 0.000005)
    #expect(abs(deviation - 0.30811) < 0.000005)
    #expect(data.sha256.count == 64)
  }

  private func classCounts(_ set: ImageSet) -> [Int] {
    var counts = Array(repeating: 0, count: 10)
    for label in set.labels { counts[Int(label)] += 1 }
    return counts
  }

  private func statistics(_ pixels: [UInt8])
    -> (mean: Double, deviation: Double)
  {
    var (sum, squares) = (0, 0)
    for i in pixels.indices {
      let gray = Int(pixels[i])
      sum += gray
      squares += gray * gray
    }
    let mean = Double(sum) / Double(pixels.count) / 255
    let meanSquare = Double(squares) / Double(pixels.count) / (255 * 255)
    return (mean, (meanSquare - mean * mean).squareRoot())
  }

  /// Four small files that belong together, changed as a test likes.
  private func load(changing name: String? = nil, to data: Data? = nil) throws
    -> MNIST
  {
    try withTemporaryFolder { folder in
      let good = [
        IDXBytes.images(3), IDXBytes.labels([0, 9, 5]),
        IDXBytes.images(2), IDXBytes.labels([1, 2]),
      ]
      for (fileName, bytes) in zip(MNIST.fileNames, good) {
        if fileName == name {
          try data?.write(to: folder.appendingPathComponent(fileName))
        } else {
          try bytes.write(to: folder.appendingPathComponent(fileName))
        }
      }
      return try MNIST(folder: folder)
    }
  }

  private func expectError(
    changing file: Int, to data: Data?, says parts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let name = MNIST.fileNames[file]
    let error = #expect(
      throws: TutorialError.self, sourceLocation: sourceLocation
    ) {
      try load(changing: name, to: data)
    }
    let message = error?.description ?? ""
    for part in [name] + parts {
      #expect(
        message.contains(part), "\(message)", sourceLocation: sourceLocation)
    }
  }

  @Test func `any other folder with four files will do`() throws {
    let data = try load()
    #expect(data.training.labels == [0, 9, 5])
    #expect(data.test.labels == [1, 2])
    #expect(data.training.size == (2, 3))
    #expect(data.training.pixels == Array(0..<18))
    let other = try load(
      changing: MNIST.fileNames[3], to: IDXBytes.labels([1, 3]))
    #expect(try load().sha256 == data.sha256)
    #expect(other.sha256 != data.sha256)
  }

  @Test func `a missing file is named`() {
    for file in 0..<4 {
      expectError(changing: file, to: nil, says: "does not exist", "check")
    }
  }

  @Test func `every image needs one label`() {
    expectError(
      changing: 1, to: IDXBytes.labels([0, 1]), says: "3 images", "2 labels",
      "each image needs one label")
    expectError(
      changing: 2, to: IDXBytes.images(3), says: "3 images", "2 labels")
  }

  @Test func `swapped files are recognized`() {
    expectError(changing: 0, to: IDXBytes.labels([1, 2, 3]), says: "swapped")
    expectError(changing: 3, to: IDXBytes.images(2), says: "swapped")
  }

  @Test func `training and test images must be of one size`() {
    let error = #expect(throws: TutorialError.self) {
      try load(
        changing: MNIST.fileNames[2],
        to: IDXBytes.header([2, 3, 3]) + Data(count: 18))
    }
    let message = error?.description ?? ""
    #expect(message.contains("2 × 3 pixels"), "\(message)")
    #expect(message.contains("3 × 3"), "\(message)")
    #expect(message.contains("one size"), "\(message)")
  }

  @Test func `a set without images is refused`() {
    let error = #expect(throws: TutorialError.self) {
      try withTemporaryFolder { folder in
        for (index, name) in MNIST.fileNames.enumerated() {
          try (index % 2 == 0 ? IDXBytes.images(0) : IDXBytes.labels([]))
            .write(to: folder.appendingPathComponent(name))
        }
        return try MNIST(folder: folder)
      }
    }
    #expect(error != nil)
  }

  @Test func `images without pixels are refused`() {
    expectError(
      changing: 0, to: IDXBytes.header([3, 0, 0]), says: "0 × 0")
  }

  @Test func `the other spelling of the names is found`() throws {
    try withTemporaryFolder { folder in
      let files = [
        IDXBytes.images(1), IDXBytes.labels([4]),
        IDXBytes.images(1), IDXBytes.labels([6]),
      ]
      for (name, bytes) in zip(MNIST.fileNames, files) {
        let other = name.replacingOccurrences(of: ".idx", with: "-idx")
        try bytes.write(to: folder.appendingPathComponent(other))
      }
      #expect(try MNIST(folder: folder).test.labels == [6])
    }
  }

  @Test func `other data sets' names and packing are read`() throws {
    try withTemporaryFolder { folder in
      let names = [
        "emnist-letters-train-images-idx3-ubyte",
        "emnist-letters-train-labels-idx1-ubyte.gz",
        "emnist-letters-test-images-idx3-ubyte",
        "emnist-letters-test-labels-idx1-ubyte",
      ]
      let packed = try #require(
        Data(base64Encoded: InflateGzipTests.files[0]))
      let files = [
        IDXBytes.images(4), packed, IDXBytes.images(2),
        IDXBytes.labels([1, 8]),
      ]
      for (name, bytes) in zip(names, files) {
        try bytes.write(to: folder.appendingPathComponent(name))
      }
      let data = try MNIST(folder: folder)
      // The files number the classes from 1.
      #expect(data.firstLabel == 1)
      #expect(data.training.labels == [6, 1, 0, 8])
      #expect(data.test.labels == [0, 7])
      #expect(data.classNames == (1...9).map(String.init))
      let second = "emnist-digits-test-labels-idx1-ubyte"
      try Data().write(to: folder.appendingPathComponent(second))
      let error = #expect(throws: TutorialError.self) {
        try MNIST(folder: folder)
      }
      #expect(error?.description.contains("several data sets") == true)
    }
  }

  @Test func `the statistics of MNIST are computed as they are published`()
    throws
  {
    let data = try MNIST()
    let computed = try PixelStatistics(data.training).normalize()
    #expect(computed.mean == Normalize.mnist.mean)
    #expect(computed.standardDeviation == Normalize.mnist.standardDeviation)
    #expect(data.isShipped && data.firstLabel == 0)
    #expect(data.classNames == (0...9).map(String.init))
  }
}
