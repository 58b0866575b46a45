import Foundation
import Shared

/// Small data sets of any number of classes, which a network can learn.
enum GeneratedData {
  /// Writes the four files of a data set.
  ///
  /// Each class is a pattern of 4 x 4 blocks of its own, drawn with a pen that
  /// is not steady.
  static func write(
    classes: Int, firstLabel: Int = 0, prefix: String = "",
    names: [String]? = nil, to folder: URL
  ) throws {
    var generator = SeededGenerator(seed: UInt64(classes))
    let patterns = (0..<classes).map { _ in
      (0..<16).map { _ in generator.uniform() < 0.4 }
    }
    for (count, name) in [(1200, "train"), (200, "t10k")] {
      var pixels = Data()
      for image in 0..<count {
        let pattern = patterns[image % classes]
        for pixel in 0..<784 {
          let (row, column) = (pixel / 28, pixel % 28)
          let isInside = (2..<26).contains(row) && (2..<26).contains(column)
          let isInk =
            isInside && pattern[(row - 2) / 6 * 4 + (column - 2) / 6]
          let gray = isInk ? 160 + 95 * generator.uniform() : 0
          pixels.append(UInt8(gray))
        }
      }
      try (header([count, 28, 28]) + pixels).write(
        to: folder.appendingPathComponent("\(prefix)\(name)-images-idx3-ubyte"))
      let labels = (0..<count).map { UInt8($0 % classes + firstLabel) }
      try (header([count]) + labels).write(
        to: folder.appendingPathComponent("\(prefix)\(name)-labels-idx1-ubyte"))
    }
    if let names {
      try Data(names.joined(separator: "\n").utf8).write(
        to: folder.appendingPathComponent("classes.txt"))
    }
  }

  private static func header(_ sizes: [Int]) -> Data {
    Data([0, 0, 8, UInt8(sizes.count)])
      + Data(
        sizes.flatMap { size in
          (0..<4).map { UInt8(size >> (24 - 8 * $0) & 0xFF) }
        })
  }
}
