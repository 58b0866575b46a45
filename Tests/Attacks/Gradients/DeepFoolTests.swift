import Testing

@testable import Lesson
@testable import Shared

@Suite struct DeepFoolTests {
  /// Scores of two pixels: 0, 4x₁ − 2 and x₂ − 0.5.
  ///
  /// From (0, 0) it is 0.5 to class 1 and 0.5 to class 2.
  private let threeClasses: Sequential = [
    "flatten": Flatten(),
    "scores": Linear(
      weight: Tensor(shape: [3, 2], scalars: [0, 0, 4, 0, 0, 1]),
      bias: Tensor([0, -2, -0.5])),
  ]

  @Test func `one step to a flat boundary and a fiftieth beyond`() {
    // The lead 3x₁ − 4x₂ is 1, and ‖w‖ is 5.
    let model = ExerciseSamples.twoPixelClassifier([3, -4])
    let image = ExerciseSamples.pixels(0.6, 0.2)
    let (changed, passes) = DeepFool().run(
      on: image, goals: [.avoid(0)], against: model)
    expectClose(
      changed.scalars.map(Double.init),
      [0.6 - 1.02 * 0.2 * 0.6, 0.2 + 1.02 * 0.2 * 0.8], relative: 1e-6)
    #expect(abs(Norm.euclidean.distance(changed, image) - 0.204) < 1e-6)
    #expect(model.logits(of: changed)[0, 0] < 0)
    // Asked at both ends, and once for a slope.
    #expect(passes == [Passes(forward: 3, backward: 1)])
  }

  @Test func `a model without numbers leaves images as they are`() {
    let model = ExerciseSamples.twoPixelClassifier([.nan, -4])
    let image = ExerciseSamples.pixels(0.6, 0.2)
    #expect(DeepFool().perturb(image, labels: [0], against: model) == image)
  }

  @Test func `the nearest boundary is not that of the next best class`() {
    // Class 1 lacks 1.2 with a slope of 4, class 2 lacks 0.4 with one of 1.
    let image = ExerciseSamples.pixels(0.2, 0.1)
    let changed = DeepFool(overshoot: 0.1).perturb(
      image, labels: [0], against: threeClasses)
    expectClose(
      changed.scalars.map(Double.init), [0.2 + 1.1 * 0.3, 0.1], relative: 1e-6)
  }

  @Test func `with a target it goes there, whatever is nearer`() {
    let image = ExerciseSamples.pixels(0.2, 0.1)
    let goals: [Goal] = [.reach(2, from: 0), .avoid(0), .reach(1, from: 0)]
    let images = image.rows([0, 0, 0])
    let (changed, passes) = DeepFool().run(
      on: images, goals: goals, against: threeClasses)
    #expect(predictions(threeClasses.logits(of: changed)) == [2, 1, 1])
    expectClose(
      changed.scalars.map(Double.init),
      [0.2, 0.508, 0.506, 0.1, 0.506, 0.1], relative: 1e-6)
    // A target needs one slope a step, not one a class.
    #expect(passes.map(\.backward) == [1, 2, 1])
  }

  @Test func `a target that another class hides is reached`() {
    // z₁ = x − 0.6 overtakes z₀ = 0 at 0.6, where z₂ = (x − 0.5) ⁄ 2 is ahead
    // until 0.7.
    let model = hiddenTarget
    let changed = DeepFool().perturb(
      Tensor(shape: [1, 1], scalars: [0.2]), goals: [.reach(1, from: 0)],
      against: model)
    #expect(predictions(model.logits(of: changed)) == [1])
    #expect(changed.scalars[0] > 0.7 && changed.scalars[0] < 0.72)
  }

  @Test func `images already wrong, and flat models, stay as they are`() {
    let images = ExerciseSamples.pixels(0.6, 0.2)
    let (wrong, passes) = DeepFool().run(
      on: images, goals: [.avoid(1)],
      against: ExerciseSamples.twoPixelClassifier([3, -4]))
    #expect(wrong == images)
    #expect(passes == [Passes(forward: 1, backward: 0)])
    let flat: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 2]), bias: Tensor([1, 0])),
    ]
    #expect(DeepFool().perturb(images, labels: [0], against: flat) == images)
  }

  @Test func `all are fooled; beyond a radius nothing moves`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(40)
    let free = AttackRun(DeepFool(), on: batch, against: victim.model)
    #expect(free.success.successes == 40)
    #expect(free.images.scalars.allSatisfy { (0...1).contains($0) })
    let lengths = try #require(free.distances[.euclidean])
    let radius = Float(try #require(median(lengths)))
    let attack = DeepFool(radius: radius)
    #expect(attack.bound == .euclidean(radius))
    // The run stops if one is further away than it may, by even one bit.
    let limited = AttackRun(attack, on: batch, against: victim.model)
    #expect(limited.success.successes == 20)
    for row in lengths.indices {
      let expected =
        lengths[row] <= Double(radius) ? free.images : batch.images
      #expect(limited.images.row(row) == expected.row(row))
    }
    // Foolbox takes the overshoot into every step and adds 0.0001.
    let peer = try AttackFixture.load().deepFool.distances
    let ratios = zip(lengths, peer).map(/)
    #expect(ratios.count == 40)
    #expect(ratios.allSatisfy { (0.98...1.025).contains($0) })
  }

  @Test func `the same bits for any number of workers`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    let results = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) {
        DeepFool(steps: 2).perturb(
          batch.images, labels: batch.labels, against: victim.model)
      }
    }
    let areEqual = results.allSatisfy { $0 == results[0] }
    #expect(areEqual)
    #expect(results[0] != batch.images)
  }

  @Test func `settings that mean nothing are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = DeepFool(steps: 0) }
    expectMessage(of: result, contains: "at least one step, got 0")
  }
}

/// One pixel, three classes: 0, x − 0.6 and (x − 0.5) ⁄ 2.
let hiddenTarget: Sequential = [
  "scores": Linear(
    weight: Tensor(shape: [3, 1], scalars: [0, 1, 0.5]),
    bias: Tensor([0, -0.6, -0.25]))
]
