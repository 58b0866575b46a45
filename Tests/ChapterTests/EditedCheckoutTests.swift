import Foundation
import Testing

@testable import Lesson
@testable import Shared

/// A copy of the package in which somebody has edited what README invites to
/// edit: the chapters run, and say nothing that is no longer so.
@Suite(
  .serialized,
  .enabled(
    if: isAsShipped,
    "Builds a copy of the package; AS_SHIPPED=1 does it."))
struct EditedCheckoutTests {
  @Test func `the text follows the code`() throws {
    try inFolder { folder in
      let checkout = try Checkout(in: folder)
      try edit(checkout)
      var texts: [String: String] = [:]
      for chapter in chapters {
        let run = try checkout.runChapter(chapter)
        #expect(run.status == 0, "\(chapter): \(run.error.suffix(2000))")
        texts[chapter] = joined(run.output)
      }
      for (chapter, phrases) in mustSay {
        for phrase in phrases {
          #expect(
            texts[chapter]?.contains(phrase) == true, "\(chapter): \(phrase)")
        }
      }
      for (chapter, phrases) in mustNotSay {
        for phrase in phrases {
          #expect(
            texts[chapter]?.contains(phrase) == false, "\(chapter): \(phrase)")
        }
      }
      let trained = try LoadedCheckpoint(
        folder.appendingPathComponent("out/quick/03-Training.safetensors"))
      let moved = try #require(trained.contents.tensors["norm1.running_mean"])
      #expect(moved.shape == [40] && moved.norm > 0)
      // In chapter 6 the running statistics move, too.
      let hardened = try LoadedCheckpoint(
        folder.appendingPathComponent("out/quick/06-Security.safetensors"))
      let variance = try #require(
        hardened.contents.tensors["norm1.running_var"])
      #expect(variance != Tensor(shape: [40], repeating: 1))
      #expect(variance != trained.contents.tensors["norm1.running_var"])
      // A list that makes no sense is a sentence.
      try checkout.edit(
        "Chapters/05-Attacks/ManySmallSteps.swift",
        [("[0.025, 0.05, ", "[0.05, 0.05, ")])
      let run = try checkout.runChapter("05-Attacks")
      #expect(run.status == 1)
      #expect(
        run.error.contains("ManySmallSteps.swift holds 0.05 twice"),
        "\(run.error)")
    }
  }

  /// A wider network with batch normalization and no dropout, another optimizer
  /// and schedule, other lists of ε, steps and shares.
  private func edit(_ checkout: Checkout) throws {
    try checkout.edit(
      "Shared/Models/NotebookNetwork.swift",
      [
        (
          #""conv1": Conv2D(1, 32, kernelSize: 3, padding: 1, using: &generator),"#,
          #"""
          "conv1": Conv2D(1, 40, kernelSize: 3, padding: 1, using: &generator),
          "norm1": BatchNormalization(40),
          """#
        ), ("32, 64, kernelSize", "40, 64, kernelSize"),
        (#""dropout": Dropout(0.5),"#, ""),
      ])
    try checkout.edit(
      "Chapters/03-Training/main.swift",
      [
        (
          "var optimizer = Adam(learningRate: learningRate)",
          "var optimizer = SGD(learningRate: learningRate, momentum: 0.9)"
        ),
        ("(settings.epochs, quick: 2)", "(settings.epochs, quick: 3)"),
        ("(Float(0.5), 2)", "(Float(0.25), 3)"),
      ])
    try checkout.edit(
      "Shared/Training/TrainingSettings.swift",
      [("learningRate: Float = 0.001", "learningRate: Float = 0.05")])
    try checkout.edit(
      "Chapters/05-Attacks/HowAccuracyFalls.swift",
      [("[0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3].map", "[0, 0.125].map")])
    try checkout.edit(
      "Chapters/05-Attacks/ManySmallSteps.swift",
      [
        (
          "[0.05, 0.1, 0.2, 0.3].map",
          "[0.025, 0.05, 0.075, 0.1, 0.125, 0.225, 0.35].map"
        ), ("page.full(40, quick: 10)", "page.full(40, quick: 7)"),
      ])
    try checkout.edit(
      "Chapters/06-Security/TheExam.swift",
      [
        ("Epsilon.pixels(0.3)", "Epsilon.pixels(0.2)"),
        ("page.full(40, quick: 10)", "page.full(40, quick: 6)"),
      ])
    try checkout.edit(
      "Chapters/06-Security/HowMuchOfTheBatch.swift",
      [("[0, 0.5, 1]", "[0, 0.25, 0.75, 1]")])
  }

  private let mustSay = [
    "01-Architecture": ["norm1", "BatchNormalization", "buffers", "× 40"],
    "03-Training": [
      "12 tensors of the model", "multiplied by 0.25 after every third one",
      "SGD",
    ],
    "04-Hooks": ["norm1", "all 40 outputs"],
    "05-Attacks": [
      "2 values of ε", "At ε = 0.125", "PGD-7", "makes 7 steps", "0.35",
    ],
    "06-Security": ["PGD-6", "attack at ε = 0.2", "a share of 75 %"],
  ]

  private let mustNotSay = [
    "01-Architecture": ["28 → 14 → 7 → 3136 pixels"],
    "03-Training": [
      "dropout switches features off", "Dropout is on", "dropout off",
      "eight parameter", "halved",
    ],
    "05-Attacks": ["At ε = 0.2 ", "PGD-10", "seven values"],
    "06-Security": [
      "attack at ε = 0.3", "88.77", "dropout is off",
    ],
  ]

  /// A run's output as one line: what it says, wherever it is broken.
  private func joined(_ output: String) -> String {
    output.replacing("\n\u{258C} ", with: " ").replacing("\n", with: " ")
      .replacing(#/ +/#, with: " ")
  }
}
