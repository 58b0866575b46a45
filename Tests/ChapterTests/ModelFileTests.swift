import Foundation
import Lesson
import Testing

@testable import Shared

/// `--model FILE` in the chapters that look at a trained model.
@Suite struct ModelFileTests {
  @Test func `an ONNX file goes through chapters 4 to 6`() throws {
    try inFolder { folder in
      var model = Sequential.notebookNetwork(seed: 0)
      let shipped = try LoadedCheckpoint(PackageFiles.pretrained)
      try model.load(shipped.contents.tensors, from: "shipped")
      let file = folder.appendingPathComponent("theirs.onnx")
      try model.onnxFile(forImages: MNIST.imageShape).write(to: file)
      for chapter in ["04-Hooks", "05-Attacks", "06-Security"] {
        let run = try runChapter(
          chapter,
          ["--quick", "--model", file.path, "--output", folder.path])
        #expect(run.status == 0, "\(chapter): \(run.error.suffix(2000))")
        #expect(run.output.contains("This run uses the model in"))
        #expect(run.output.contains("was not written by chapter 3"))
        if chapter == "04-Hooks" {
          // Its own names, and the pictures that they lead to.
          #expect(run.output.contains("normalize.centered"))
          #expect(run.output.contains("all 32 outputs of `relu1`"))
        }
        if chapter == "06-Security" {
          #expect(run.output.contains("Chapter 5 measured"))
        }
      }
      // Without the flag it is another model, and chapter 6 says so.
      let other = try expectRefusal(
        "06-Security", ["--quick", "--output", folder.path], status: 1,
        naming: "another model")
      #expect(other.error.contains("swift run 05-Attacks"))
    }
  }

  @Test func `a file that is none is named`() throws {
    for chapter in ["04-Hooks", "05-Attacks", "06-Security"] {
      try expectRefusal(
        chapter, ["--model", "/no/such/file"], status: 1,
        naming: "/no/such/file does not exist")
    }
    try expectRefusal(
      "03-Training", ["--model", "x"], status: 2, naming: "--model")
  }
}
