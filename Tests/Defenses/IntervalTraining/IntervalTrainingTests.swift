import Testing

@testable import Shared

@Suite struct IntervalTrainingTests {
  private func expectSchedule(
    _ recipe: IntervalTraining,
    _ expected: [(progress: Float, epsilon: Float, kappa: Float, rate: Float)]
  ) {
    for (progress, epsilon, kappa, rate) in expected {
      let now = recipe.schedule(at: progress)
      #expect(abs(now.epsilon.pixels - epsilon) < 1e-5, "at \(progress)")
      #expect(abs(now.kappa - kappa) < 1e-5, "at \(progress)")
      #expect(abs(now.learningRate - rate) < 1e-7, "at \(progress)")
    }
  }

  @Test func `a short training ramps for 60 % and slows down for 40 %`() {
    // Half a cosine is at 1/2 after half of its way, and at 1/4 after two
    // thirds.
    expectSchedule(
      .large,
      [
        (0, 0, 1, 0.0015), (0.3, 0.175, 0.5, 0.0015), (0.6, 0.35, 0, 0.0015),
        (0.8, 0.35, 0, 0.00075), (0.6 + 0.8 / 3, 0.35, 0, 0.000375),
        (1, 0.35, 0, 0),
      ])
  }

  @Test func `a part of no length is done from its start`() {
    var recipe = IntervalTraining.large
    recipe.epsilon = .pixels(0.2)
    recipe.rampShare = 0
    recipe.decayShare = 0
    expectSchedule(
      recipe, [(0, 0.2, 0, 0.0015), (0.9, 0.2, 0, 0.0015), (1, 0.2, 0, 0)])
  }

  @Test func `every recipe trains for more than it certifies`() {
    for recipe in [IntervalTraining.large, .small] {
      #expect(recipe.epsilon.pixels > recipe.certifiedEpsilon.pixels)
    }
  }
}
