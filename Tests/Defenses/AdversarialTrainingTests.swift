import Testing

@testable import Shared

@Suite struct AdversarialTrainingTests {
  private let model = Sample.smallNetwork(seed: 1)
  private let batch = Sample.batch(4, height: 8, width: 8, seed: 2)

  private func perturbed(
    _ recipe: AdversarialTraining, at progress: Float, seed: UInt64
  ) -> Tensor {
    recipe.attack(at: progress, seed: seed).perturb(
      batch.images, labels: batch.labels, against: model)
  }

  @Test(
    arguments: [
      (0, 0, 0), (1 / 6, 0.15, 0.00125), (1 / 3, 0.3, 0.0025),
      (0.4, 0.3, 0.003), (0.7, 0.3, 0.0015), (1, 0.3, 0),
    ] as [(Float, Float, Float)])
  func `one step: ε and the learning rate by hand`(
    progress: Float, epsilon: Float, rate: Float
  ) {
    let recipe = AdversarialTraining.oneStep
    #expect(abs(recipe.epsilon(at: progress).pixels - epsilon) < 1e-6)
    #expect(abs(recipe.learningRate(at: progress) - rate) < 1e-8)
  }

  @Test func `four steps: ε has grown after the first of six epochs`() {
    let recipe = AdversarialTraining.fourSteps
    let first = Float(recipe.optimizerSteps(images: 1000) / 6)
    let all = Float(recipe.optimizerSteps(images: 1000))
    #expect(all == 48)
    #expect(abs(recipe.epsilon(at: first / 2 / all).pixels - 0.165) < 1e-6)
    #expect(recipe.epsilon(at: (first - 1) / all).pixels < 0.3)
    #expect(recipe.epsilon(at: first / all) == .pixels(0.33))
    #expect(recipe.learningRate(at: 0.4) == 0.003)
  }

  @Test func `a recipe that does not change in the course of training`() {
    var recipe = AdversarialTraining.oneStepWithoutRandomStart
    recipe.growthShare = 0
    for progress: Float in [0, 0.3, 0.99] {
      #expect(recipe.epsilon(at: progress) == .pixels(0.3))
      #expect(recipe.learningRate(at: progress) == 0.002)
    }
  }

  @Test func `steps are parts of ε, and none is longer than 1`() {
    func size(_ recipe: AdversarialTraining, _ epsilon: Float) -> Float {
      recipe.stepSize(for: .pixels(epsilon)).pixels
    }
    #expect(abs(size(.oneStep, 0.3) - 0.375) < 1e-6)
    #expect(size(.oneStep, 0.9) == 1)
    #expect(abs(size(.fourSteps, 0.3) - 0.1) < 1e-6)
    #expect(size(.oneStepWithoutRandomStart, 0.3) == 0.3)
    #expect(AdversarialTraining.fourSteps.attack(at: 1, seed: 0).steps == 4)
  }

  @Test(
    arguments: [
      AdversarialTraining.oneStep, .fourSteps, .oneStepWithoutRandomStart,
    ])
  func `the attack uses ε as it is then, and no more`(
    recipe: AdversarialTraining
  ) {
    for progress: Float in [0, 0.01, 0.1, 0.25, 1] {
      let epsilon = recipe.epsilon(at: progress)
      let result = perturbed(recipe, at: progress, seed: 3)
      #expect(epsilon.isAllowed(result, from: batch.images))
      #expect(
        (result - batch.images).maximumMagnitude >= 0.99 * epsilon.pixels)
    }
  }

  @Test func `a seed decides the random start, and nothing else is random`() {
    func differs(_ recipe: AdversarialTraining) -> Bool {
      perturbed(recipe, at: 1, seed: 3) != perturbed(recipe, at: 1, seed: 4)
    }
    #expect(differs(.oneStep))
    #expect(differs(.fourSteps))
    #expect(!differs(.oneStepWithoutRandomStart))
    #expect(
      perturbed(.fourSteps, at: 1, seed: 3)
        == perturbed(.fourSteps, at: 1, seed: 3))
  }

  @Test func `without a random start one step is FGSM`() {
    #expect(
      perturbed(.oneStepWithoutRandomStart, at: 1, seed: 3)
        == FGSM(epsilon: .pixels(0.3)).perturb(
          batch.images, labels: batch.labels, against: model))
  }
}
