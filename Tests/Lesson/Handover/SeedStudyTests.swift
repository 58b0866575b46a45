import Foundation
import Shared
import Testing

@testable import Lesson

@Suite struct SeedStudyTests {
  private func run(_ seed: UInt64, _ successes: Int) -> SeedStudy.Run {
    SeedStudy.Run(
      seed: seed,
      fgsm: [
        RobustnessPoint(
          epsilon: .pixels(0.1), accuracy: Proportion(successes, of: 200))
      ],
      randomSigns: [], pgd: [], worstCase: [])
  }

  @Test func `a range goes from the lowest to the highest`() {
    let study = SeedStudy(runs: [run(1, 150), run(2, 131), run(3, 145)])
    #expect(study.range(\.fgsm, at: .pixels(0.1)) == "65.5–75.0")
    #expect(study.range(\.fgsm, at: .pixels(0.1), decimals: 0) == "66–75")
    #expect(study.range(\.fgsm, at: .pixels(0.2)) == nil)
    #expect(study.range(\.pgd, at: .pixels(0.1)) == nil)
  }

  @Test func `the recorded study has five trainings and all attacks`() throws {
    let study = try #require(SeedStudy.recorded)
    #expect(study.runs.map(\.seed) == [1, 2, 3, 4, 5])
    for run in study.runs {
      #expect(run.fgsm.at(.pixels(0.3))?.accuracy.total == 10_000)
      #expect(run.pgd.at(.pixels(0.1))?.accuracy.total == 1000)
      #expect(run.worstCase.at(.pixels(0.1))?.accuracy.total == 100)
    }
  }
}
