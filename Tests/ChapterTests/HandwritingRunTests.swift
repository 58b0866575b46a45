import Foundation
import Testing

@Suite struct HandwritingRunTests {
  @Test func `a digit of one's own is shown and attacked`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // A one: an upright bar, dark on light, away from the middle.
    var levels = [UInt8](repeating: 240, count: 100 * 90)
    for y in 15..<75 {
      for x in 20..<28 { levels[y * 100 + x] = 15 }
    }
    let file = folder.appendingPathComponent("one.pgm")
    try Data(Array("P5 100 90 255\n".utf8) + levels).write(to: file)
    let run = try runChapter(
      "05-Attacks",
      ["--quick", "--output", folder.path, "--image", file.path])
    #expect(run.status == 0, "\(run.error)")
    let text = run.output.replacing("\n", with: " ")
    #expect(text.contains("Your picture has 100 × 90 pixels"))
    #expect(text.contains("columns 20 to 27 and rows 15 to 74"))
    #expect(text.contains("It reads a 1."))
    let json = try #require(
      try JSONSerialization.jsonObject(
        with: Data(
          contentsOf: folder.appendingPathComponent("quick/05-Attacks.json")))
        as? [String: Any])
    let probabilities = try #require(
      json["handwritingProbabilities"] as? [Double])
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
    let answers = try #require(json["handwritingAnswers"] as? [Int])
    #expect(answers.count == 51 && answers[0] == 1)
    let change = answers.dropFirst().firstIndex { $0 != 1 }
    #expect(
      json["handwritingSmallestEpsilon"] as? Double
        == change.map { Double($0) / 100 })
    #expect(
      FileManager.default.fileExists(
        atPath: folder.appendingPathComponent(
          "quick/figures/05-Attacks-handwriting.png"
        ).path) == (change != nil))
  }

  @Test func `a picture that cannot be used is named at once`() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("digit.jpg")
    try Data([0xFF, 0xD8, 0xFF, 0xE0]).write(to: file)
    let run = try runChapter(
      "05-Attacks", ["--output", folder.path, "--image", file.path])
    #expect(run.status == 1)
    #expect(run.error.hasPrefix("error: \(file.path): JPEG"), "\(run.error)")
    #expect(run.error.split(separator: "\n").count == 1)
    #expect(!run.output.contains("What the attacker may do"))
  }

  @Test func `other chapters take no picture`() throws {
    let run = try runChapter("04-Hooks", ["--image", "digit.png"])
    #expect(run.status == 2)
    #expect(run.error.contains("--image"), "\(run.error)")
  }
}
