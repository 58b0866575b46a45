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
      .short,
      [
        (0, 0, 1, 0.0015), (0.3, 0.175, 0.5, 0.0015), (0.6, 0.35, 0, 0.0015),
        (0.8, 0.35, 0, 0.00075), (0.6 + 0.8 / 3, 0.35, 0, 0.000375),
        (1, 0.35, 0, 0),
      ])
  }

  @Test func `a warm-up comes first, and κ need not fall to 0`() {
    var recipe = IntervalTraining.short
    recipe.epsilon = .pixels(0.2)
    recipe.warmUpShare = 0.1
    recipe.rampShare = 0.4
    recipe.decayShare = 0
    recipe.lastKappa = 0.5
    expectSchedule(
      recipe,
      [
        (0, 0, 1, 0.0015), (0.1, 0, 1, 0.0015), (0.3, 0.1, 0.75, 0.0015),
        (0.5, 0.2, 0.5, 0.0015), (0.9, 0.2, 0.5, 0.0015),
      ])
    recipe.rampShare = 0
    expectSchedule(recipe, [(0.09, 0, 1, 0.0015), (0.11, 0.2, 0.5, 0.0015)])
  }

  @Test func `every recipe trains for more than it certifies`() {
    for recipe in [IntervalTraining.short, .long, .small] {
      #expect(recipe.epsilon.pixels > recipe.certifiedEpsilon.pixels)
      #expect(recipe.warmUpShare + recipe.rampShare <= 1)
    }
  }
}
