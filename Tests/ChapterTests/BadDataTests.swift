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

  @Test func `packed files get the name of the tool`() throws {
    try inFolder { folder in
      for name in MNIST.fileNames {
        try Data([0x1F, 0x8B, 8, 0]).write(
          to: folder.appendingPathComponent(name + ".gz"))
      }
      for chapter in ["02-Data", "03-Training"] {
        try expectRefusal(
          chapter, ["--data", folder.path], status: 1, naming: "gunzip")
      }
    }
  }

  @Test func `a packed file under the name of another is told apart`() throws {
    try inFolder { folder in
      try writeImages(size: 28, to: folder)
      let file = folder.appendingPathComponent(MNIST.fileNames[1])
      try Data([0x1F, 0x8B, 8, 0]).write(to: file)
      try expectRefusal(
        "02-Data", ["--data", folder.path], status: 1, naming: "add .gz")
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

  @Test func `the smallest set, of one class and all black, runs through`()
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

  /// A valid data set of black images.
  private func writeImages(size: UInt8, count: UInt8 = 120, to folder: URL)
    throws
  {
    let pixels = Int(count) * Int(size) * Int(size)
    for (index, name) in MNIST.fileNames.enumerated() {
      let header: [UInt8] =
        index % 2 == 0
        ? [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, size, 0, 0, 0, size]
        : [0, 0, 8, 1, 0, 0, 0, count]
      let body = [UInt8](
        repeating: 0, count: index % 2 == 0 ? pixels : Int(count))
      try Data(header + body).write(to: folder.appendingPathComponent(name))
    }
  }
}
