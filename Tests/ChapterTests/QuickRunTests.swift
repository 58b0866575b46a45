import Foundation
import Lesson
import Shared
import Testing

@testable import Record

let chapters = ChapterName.allCases.map(\.rawValue)

@Suite(.serialized) struct QuickRunTests {
  @Test func `all six run in order and each uses what the last one left`()
    throws
  {
    try ChapterRuns.with(folder: keptRuns, lengths: [.quick]) { runs in
      let quick = runs.output(.quick)
      for chapter in chapters {
        let output = try runs.transcript(.quick, chapter)
        #expect(!output.contains("\u{1B}"), "\(chapter) prints escape codes")
        #expect(output.contains("Done in"))
        let measuresLess = !["01-Architecture", "02-Data"].contains(chapter)
        #expect(output.contains("(quick run)") == measuresLess)
        for line in output.split(separator: "\n") where isProse(line) {
          #expect(line.count <= 80, "\(chapter): \(line)")
        }
        try checkFiles(of: chapter, in: quick)
      }
      try checkTraining(results(quick, "03-Training"))
      try checkAttacks(results(quick, "05-Attacks"))
      let security = try results(quick, "06-Security")
      #expect(security["model"] as? String == "own")
      #expect(security["certifiedButTurned"] as? Int == 0)
      let onnx = try Data(
        contentsOf: quick.appendingPathComponent("06-Security.onnx"))
      #expect(security["onnxBytes"] as? Int == onnx.count)
      #expect(onnx.count > 1_000_000)
      // Nothing outside quick/ was touched.
      let entries = try FileManager.default.contentsOfDirectory(
        atPath: quick.deletingLastPathComponent().path)
      #expect(entries == ["quick"])
    }
  }

  private func checkFiles(of chapter: String, in quick: URL) throws {
    let json = try results(quick, chapter)
    #expect(json["chapter"] as? String == chapter)
    #expect(json["quick"] as? Bool == true)
    func text(_ name: String) throws -> String {
      try String(
        contentsOf: quick.appendingPathComponent(name), encoding: .utf8)
    }
    let page = try text("\(chapter).html")
    #expect(page.contains("<strong>Quick run:</strong>"))
    #expect(page.count(of: "<summary>Answer</summary>") == 5)
    #expect(page.contains(" In three lines</a></h2>"))
    #expect(try text("index.html").contains("href=\"\(chapter).html\""))
    let checkpoint = quick.appendingPathComponent("\(chapter).safetensors")
    _ = try LoadedCheckpoint(checkpoint)
    guard isAsShipped else { return }
    let printed = try text("transcripts/\(chapter)-80.txt")
    #expect(!printed.contains("↪"), "\(chapter) breaks a line of code")
    // Chapter 3 holds all of backpropagation, chapter 4 its large figures,
    // chapter 6 all defences.
    let most =
      ["03-Training": 1000, "04-Hooks": 800, "06-Security": 900][chapter] ?? 700
    #expect(printed.count { $0 == "\n" } < most, "\(chapter) is too long")
  }

  @Test(arguments: ["04-Hooks", "05-Attacks", "06-Security"])
  func `works on a fresh clone with the shipped model`(chapter: String) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try runChapter(chapter, ["--quick", "--output", folder.path])
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("the one that ships with the package"))
  }

  @Test func `the same seed prints the same numbers and saves the same file`()
    throws
  {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let models = try ["1", "3"].map { threads in
      let output = folder.appendingPathComponent(threads)
      let run = try runChapter(
        "03-Training",
        ["--quick", "--output", output.path, "--threads", threads])
      #expect(run.status == 0, "\(run.error)")
      return try Data(
        contentsOf: output.appendingPathComponent(
          "quick/03-Training.safetensors"))
    }
    #expect(models[0] == models[1])
    let texts = try ["1", "3"].map { threads in
      try runChapter(
        "04-Hooks",
        ["--quick", "--output", folder.path, "--threads", threads]
      ).output.split(separator: "\n").filter {
        !$0.hasPrefix("Done in") && !$0.hasPrefix("• Takes")
      }
    }
    #expect(texts[0] == texts[1])
  }

  private func isProse(_ line: Substring) -> Bool {
    // A path may be as long as it likes.
    !line.contains("/")
  }

  private func checkTraining(_ json: [String: Any]) throws {
    let history = try #require(json["history"] as? [[String: Any]])
    #expect(history.count == 2)
    for key in [
      "epoch", "trainingLoss", "trainingAccuracy", "validationAccuracy",
      "trainingSeconds", "trainingImages",
    ] {
      #expect(history.allSatisfy { $0[key] is NSNumber }, "\(key)")
    }
    // The test set answers once, after the last epoch.
    #expect(history.allSatisfy { $0["testAccuracy"] == nil })
    let accuracy = try #require(json["testAccuracy"] as? Double)
    #expect(accuracy > 0.9)
  }

  private func checkAttacks(_ json: [String: Any]) throws {
    for name in ["fgsm", "randomSigns"] {
      let rows = try #require(json[name] as? [[String: Double]])
      #expect(rows.map(\.count) == Array(repeating: 3, count: 7))
      let epsilons = rows.compactMap { $0["epsilon"] }
      #expect(epsilons == [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3])
    }
    let fgsm = try #require(json["fgsm"] as? [[String: Double]])
    let noise = try #require(json["randomSigns"] as? [[String: Double]])
    for (attacked, noisy) in zip(fgsm, noise) {
      let left = try #require(attacked["accuracy"])
      let control = try #require(noisy["accuracy"])
      #expect(left <= control + 0.02)
    }
    // The mistaken attack of the chapter does not get past the audit.
    #expect(json["mistakenFGSMPassesAudit"] as? Bool == false)
    // Random signs, FGSM, PGD and the worst case, on the same images.
    let curves = try #require(json["curves"] as? [[[String: Double]]])
    #expect(curves.count == 4)
    for worst in curves[3] {
      let pgd = curves[2].first { $0["epsilon"] == worst["epsilon"] }
      let (least, more) = try (
        #require(worst["accuracy"]), #require(pgd?["accuracy"])
      )
      // One image may fall to PGD alone.
      #expect(least <= more + 0.051)
    }
  }

  private func results(_ folder: URL, _ chapter: String) throws
    -> [String: Any]
  {
    let data = try Data(
      contentsOf: folder.appendingPathComponent("\(chapter).json"))
    return try #require(
      JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

extension String {
  fileprivate func count(of part: String) -> Int {
    components(separatedBy: part).count - 1
  }
}
