import Foundation
import Lesson
import Shared
import Testing

/// Data sets that are not MNIST: other classes, other names, packed files.
@Suite(.serialized) struct OtherDataTests {
  /// Runs chapters over a data set, one after the other; returns what each
  /// printed, with its lines joined.
  private func run(_ names: [String], data: URL, output: URL) throws
    -> [String: String]
  {
    try Dictionary(
      uniqueKeysWithValues: names.map { chapter in
        let run = try runChapter(
          chapter,
          ["--quick", "--data", data.path, "--output", output.path])
        #expect(run.status == 0, "\(chapter): \(run.error.suffix(2000))")
        let text = run.output.replacing("\n\u{258C} ", with: " ")
          .replacing("\n", with: " ").replacing(
            #/ +/#, with: " ")
        return (chapter, text)
      })
  }

  /// Sentences that are true of MNIST only.
  private let onlyMNIST = [
    "census", "0.1307", "0.3081", "seventy thousand", "11.35", "88.77",
  ]

  @Test func `letters, numbered from 1, go through all six chapters`() throws {
    try inFolder { folder in
      let data = folder.appendingPathComponent("letters")
      try FileManager.default.createDirectory(
        at: data, withIntermediateDirectories: true)
      let letters = "abcdefghijklmnopqrstuvwxyz".map { "letter-\($0)" }
      try GeneratedData.write(
        classes: 26, firstLabel: 1, prefix: "emnist-letters-", names: letters,
        to: data)
      let printed = try run(chapters, data: data, output: folder)
      for (chapter, text) in printed {
        for phrase in onlyMNIST {
          #expect(
            !text.lowercased().contains(phrase), "\(chapter) says \(phrase)")
        }
      }
      #expect(
        printed["02-Data"]?.contains("labels of this data begin at 1") == true)
      #expect(printed["02-Data"]?.contains("letter-z") == true)
      let trained = try LoadedCheckpoint(
        folder.appendingPathComponent("quick/03-Training.safetensors"))
      #expect(trained["classes"] == letters.joined(separator: "\n"))
      #expect(trained["normalize.mean"] != "0.1307")
      #expect(trained.contents.tensors["fc2.bias"]?.shape == [26])
      // What chapter 3 made is what chapter 5 attacks.
      let results = try String(
        contentsOf: folder.appendingPathComponent("quick/05-Attacks.json"),
        encoding: .utf8)
      #expect(results.contains(#""model" : "own""#))
    }
  }

  @Test(arguments: [2, 47])
  func `few classes and many are trained and attacked`(
    classes: Int
  ) throws {
    try inFolder { folder in
      let data = folder.appendingPathComponent("data")
      try FileManager.default.createDirectory(
        at: data, withIntermediateDirectories: true)
      try GeneratedData.write(classes: classes, to: data)
      let printed = try run(
        ["01-Architecture", "03-Training", "05-Attacks", "06-Security"],
        data: data, output: folder)
      #expect(
        printed["03-Training"]?.contains("of 200 test images") == true)
      let model = try LoadedCheckpoint(
        folder.appendingPathComponent("quick/03-Training.safetensors"))
      #expect(model.contents.tensors["fc2.bias"]?.shape == [classes])
      #expect(model["accuracy"].flatMap(Double.init) ?? 0 > 0.5)
    }
  }

  @Test func `names that do not match the labels are a sentence`() throws {
    try inFolder { folder in
      try GeneratedData.write(
        classes: 2, names: (0..<1000).map { "class \($0)" }, to: folder)
      for chapter in chapters {
        try expectRefusal(
          chapter, ["--data", folder.path, "--output", folder.path],
          status: 1, naming: "names 1,000 classes")
      }
    }
  }
}
