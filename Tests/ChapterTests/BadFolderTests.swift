import Foundation
import Lesson
import Shared
import Testing

@Suite struct BadFolderTests {
  @Test func `a damaged record of guesses does not stop a chapter`() throws {
    try inFolder { folder in
      let quick = folder.appendingPathComponent("quick")
      try FileManager.default.createDirectory(
        at: quick, withIntermediateDirectories: true)
      let file = quick.appendingPathComponent("guesses.json")
      try Data("no".utf8).write(to: file)
      let run = try runChapter(
        "02-Data", ["--quick", "--output", folder.path])
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.contains("your guesses are not kept"))
      #expect(try Data(contentsOf: file) == Data("no".utf8))
    }
  }

  @Test func `one run of a chapter a folder`() throws {
    try inFolder { folder in
      let quick = folder.appendingPathComponent("quick")
      try FileManager.default.createDirectory(
        at: quick, withIntermediateDirectories: true)
      let file = quick.appendingPathComponent(".lock-02-Data").path
      let descriptor = open(file, O_RDWR | O_CREAT, 0o600)
      try #require(flock(descriptor, LOCK_EX) == 0)
      try expectRefusal(
        "02-Data", ["--quick", "--output", folder.path], status: 1,
        naming: "Another run of 02-Data")
      close(descriptor)
      let run = try runChapter(
        "02-Data", ["--quick", "--output", folder.path])
      #expect(run.status == 0, "\(run.error)")
    }
  }

  @Test(arguments: ["ulimit -n 12", "ulimit -v 300000"])
  func `too little for a chapter is a sentence`(limit: String) throws {
    try inFolder { folder in
      let program = productsFolder.appendingPathComponent("01-Architecture")
      let run = try run(
        URL(fileURLWithPath: "/bin/sh"),
        [
          "-c", "\(limit) && exec \"$0\" --quick --output \"$1\"",
          program.path, folder.path,
        ])
      #expect(run.status == 1)
      #expect(run.error.contains("raise the limit"), "\(run.error)")
    }
  }

  @Test func `a file larger than the shell allows is a sentence`() throws {
    try inFolder { folder in
      let program = productsFolder.appendingPathComponent("01-Architecture")
      let run = try run(
        URL(fileURLWithPath: "/bin/sh"),
        [
          "-c", "ulimit -f 100 && exec \"$0\" --quick --output \"$1\"",
          program.path, folder.path,
        ])
      #expect(run.status == 1, "\(run.status)")
      #expect(run.error.contains("cannot be written (File too large)"))
    }
  }

  @Test func `an output folder that cannot be made is named`() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      for chapter in chapters {
        let run = try expectRefusal(
          chapter, ["--quick", "--output", file.path], status: 1,
          naming: "--output")
        #expect(!run.output.contains("Accuracy"), "refused only after work")
      }
    }
  }
}
