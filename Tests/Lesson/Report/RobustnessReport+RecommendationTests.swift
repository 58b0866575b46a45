import Shared
import Testing

@testable import Lesson

@Suite struct RobustnessReportRecommendationTests {
  // Wilson's interval of 60 in 100 is 50.2–69.1, of 59 it is 49.2–68.1.
  @Test(arguments: [
    (0, 100, RobustnessReport.Recommendation.refused), (40, 100, .refused),
    (41, 100, .undecided), (59, 100, .undecided),
    (60, 100, .withinThreatModel), (100, 100, .withinThreatModel),
    (8, 10, .undecided), (10, 10, .withinThreatModel),
  ])
  func `the recommendation turns with the interval`(
    right: Int, images: Int, recommendation: RobustnessReport.Recommendation
  ) {
    let report = RobustnessReport.sample(worst: Proportion(right, of: images))
    #expect(report.recommendation == recommendation)
    let words = report.recommendationInWords
    #expect(report.markdown.contains(words))
    #expect(
      words.contains("within this threat model only")
        == (recommendation == .withinThreatModel))
    #expect(words.lowercased().contains("do not use this model"))
  }

  @Test func `the lowest worst case decides`() {
    var report = RobustnessReport.sample(worst: Proportion(100, of: 100))
    #expect(report.recommendation == .withinThreatModel)
    report.attacks.append(
      RobustnessReport.Tried(
        "standard set",
        left: RobustnessPoint(
          epsilon: .pixels(0.1), accuracy: Proportion(10, of: 100)),
        clean: Proportion(99, of: 100), isWorstCase: true))
    #expect(report.recommendation == .refused)
    // One attack, or another ε, is no worst case at 0.1.
    report.attacks.removeAll {
      $0.isWorstCase && $0.left.epsilon == .pixels(0.1)
    }
    #expect(report.recommendation == .unmeasured)
    #expect(report.recommendationInWords.contains("No worst case"))
  }

  @Test func `a doubtful attack recommends nothing`() {
    var report = RobustnessReport.sample(worst: Proportion(100, of: 100))
    report.audit?.broken = ["bound": 2]
    #expect(report.recommendation == .doubtful)
    #expect(report.markdown.contains("**broken** (bound on 2 images)"))
    report.audit?.broken = [:]
    report.audit?.lines[0].verdict = .failed
    #expect(report.recommendation == .doubtful)
    report.audit = nil
    #expect(report.recommendation == .doubtful)
    // If little is left, a better attack leaves no more.
    report.attacks = RobustnessReport.sample().attacks
    #expect(report.recommendation == .refused)
  }

  @Test func `who reads no clean images is not asked for more`() {
    var report = RobustnessReport.sample(worst: Proportion(100, of: 100))
    report.model.clean.accuracy = Proportion(98, of: 1000)
    #expect(report.recommendation == .unreadable)
    report.attacks = []
    #expect(report.recommendationInWords.contains("with or without"))
    #expect(report.markdown.contains("No worst case was measured"))
  }
}

extension RobustnessReport {
  /// A report with something in every part.
  static func sample(worst: Proportion = Proportion(12, of: 103))
    -> RobustnessReport
  {
    func point(_ epsilon: Float, _ share: Proportion) -> RobustnessPoint {
      RobustnessPoint(epsilon: .pixels(epsilon), accuracy: share)
    }
    let clean = Proportion(102, of: 103)
    return RobustnessReport(
      isQuick: false, seed: 71, flags: " --seed 71",
      model: RobustnessReport.Model(
        file: "Output/model.safetensors", sha256: "5ha256", architecture: "fc",
        parameters: 421_642, seed: "29", trainingData: "da7a",
        statedAccuracy: 0.9876, measuredData: "da7a",
        clean: point(0, Proportion(989, of: 1009)),
        standardDeviation: 0.3081),
      attacks: [
        RobustnessReport.Tried(
          "FGSM alone", steps: 1, starts: 1,
          left: point(0.1, Proportion(877, of: 1001)),
          clean: Proportion(983, of: 1001)),
        RobustnessReport.Tried(
          "+ the set", steps: 97, starts: 3, queries: 4999,
          left: point(0.1, worst), clean: clean, isWorstCase: true),
        RobustnessReport.Tried(
          "+ the set", steps: 97, starts: 3, queries: 4999,
          left: point(0.3, Proportion(2, of: 103)), clean: clean,
          isWorstCase: true),
      ],
      certificates: [point(0.1, Proportion(5, of: 103))],
      audit: RobustnessReport.Audited(
        attack: "PGD", epsilon: 0.125, steps: 37, images: 89, broken: [:],
        lines: [
          .init(
            expectation: "the loss rises", verdict: .passed,
            measured: "mean loss 0.031 → 6.213"),
          .init(
            expectation: "it stops", verdict: .notApplicable,
            measured: "it never starts | here"),
        ]),
      beyond: [.init("rotated", Proportion(613, of: 1003))],
      defended: [
        .init(
          "four-steps", at: .pixels(0.1),
          PairedProportions(
            both: 11, onlyFirst: 81, onlySecond: 1, neither: 10))
      ], untried: ["bim", "square"])
  }
}
