import Foundation
import Lesson
import Shared
import Testing

@Suite struct BadDataTests {
  @Test func `a missing data folder is named`() throws {
    try expectRefusal(
      "02-Data", ["--data", "no-such-folder"], status: 1,
      naming: "no-such-folder/train-images.idx3-ubyte")
  }

  @Test func `a damaged packed file is named`() throws {
    try inFolder { folder in
      for name in MNIST.fileNames {
        try Data([0x1F, 0x8B, 8, 0]).write(
          to: folder.appendingPathComponent(name + ".gz"))
      }
      for chapter in ["02-Data", "03-Training"] {
        try expectRefusal(
          chapter, ["--data", folder.path], status: 1,
          naming: "cannot be unpacked")
      }
    }
  }

  @Test func `images of another size are refused with both sizes`() throws {
    try inFolder { folder in
      try writeImages(size: 20, to: folder)
      let run = try expectRefusal(
        "03-Training", ["--data", folder.path], status: 1, naming: "20 × 20")
      #expect(run.error.contains("28 × 28"))
    }
  }

  @Test func `too few images are a sentence, not a trap`() throws {
    try inFolder { folder in
      try writeImages(size: 28, count: 11, to: folder)
      for chapter in ["02-Data", "03-Training", "06-Security"] {
        try expectRefusal(
          chapter, ["--data", folder.path], status: 1,
          naming: "at least 120 and 100")
      }
    }
  }

  @Test func `one class, or black images only, are a sentence`() throws {
    try inFolder { folder in
      try writeImages(size: 28, classes: 1, to: folder)
      try expectRefusal(
        "02-Data", ["--data", folder.path], status: 1,
        naming: "needs two classes")
      try writeImages(size: 28, gray: 0, to: folder)
      try expectRefusal(
        "02-Data", ["--data", folder.path], status: 1,
        naming: "nothing to learn from")
    }
  }

  @Test func `the smallest set, of two classes that look alike, runs through`()
    throws
  {
    try inFolder { folder in
      try writeImages(size: 28, to: folder)
      for chapter in chapters {
        let run = try runChapter(
          chapter,
          ["--quick", "--data", folder.path, "--output", folder.path])
        #expect(run.status == 0, "\(run.error.suffix(2000))")
      }
    }
  }

  @Test func `a model for other data is refused`() throws {
    try inFolder { folder in
      try writeImages(size: 28, to: folder)
      try expectRefusal(
        "05-Attacks", ["--data", folder.path, "--output", folder.path],
        status: 1, naming: "swift run 03-Training --data")
    }
  }

  /// A valid data set of images that are all the same: half black, half gray.
  private func writeImages(
    size: UInt8, count: UInt8 = 120, classes: UInt8 = 2, gray: UInt8 = 200,
    to folder: URL
  ) throws {
    let pixels = Int(count) * Int(size) * Int(size)
    for (index, name) in MNIST.fileNames.enumerated() {
      let header: [UInt8] =
        index % 2 == 0
        ? [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, size, 0, 0, 0, size]
        : [0, 0, 8, 1, 0, 0, 0, count]
      let body =
        index % 2 == 0
        ? (0..<pixels).map { $0 % 2 == 0 ? gray : 0 }
        : (0..<count).map { $0 % classes }
      try Data(header + body).write(to: folder.appendingPathComponent(name))
    }
  }
}
