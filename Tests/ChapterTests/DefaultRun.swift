import Foundation
import Lesson
import Shared

/// What the six chapters left, run in order with their default settings.
struct DefaultRun {
  /// What chapter 3 printed.
  let trainingTranscript: String
  let data: DataNumbers
  let attacks: AttackNumbers
  let security: SecurityNumbers
  let model: LoadedCheckpoint
  /// The figures by file name.
  let figures: [String: Data]

  struct DataNumbers: Decodable {
    var exactlyBlack: Double
    var between: Double

    enum CodingKeys: String, CodingKey {
      case exactlyBlack
      case between = "between0.2And0.8"
    }
  }

  struct AttackNumbers: Decodable {
    var fgsm: [RobustnessPoint]
    var randomSigns: [RobustnessPoint]
    var pgd: [RobustnessPoint]
    var figureAnswers: [Int]
  }

  struct SecurityNumbers: Decodable {
    var cleanPlain: Double
    var cleanHardened: Double
    var examPlain: [RobustnessPoint]
    var examHardened: [RobustnessPoint]
  }

  /// One run for all tests: two to three minutes on two cores.
  static let shared = Result { try DefaultRun() }

  private init() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var transcripts: [String: String] = [:]
    for chapter in chapters {
      let run = try runChapter(
        chapter, ["--no-pause", "--output", folder.path])
      guard run.status == 0 else {
        throw TutorialError("\(chapter) failed: \(run.error)")
      }
      // Between a section's number and its title stands a no-break space.
      transcripts[chapter] = run.output.replacing("\u{A0}", with: " ")
    }
    func file(_ name: String) throws -> Data {
      try Data(contentsOf: folder.appendingPathComponent(name))
    }
    func results<Results: Decodable>(_ chapter: String) throws -> Results {
      try JSONDecoder().decode(Results.self, from: file("\(chapter).json"))
    }
    trainingTranscript = transcripts["03-Training"] ?? ""
    data = try results("02-Data")
    attacks = try results("05-Attacks")
    security = try results("06-Security")
    model = try LoadedCheckpoint(
      folder.appendingPathComponent(TrainedModel.fileName))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent("figures").path)
    figures = try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try file("figures/\($0)")) })
  }
}
