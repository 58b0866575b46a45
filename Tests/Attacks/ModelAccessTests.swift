import Testing

@testable import Shared

@Suite struct ModelAccessTests {
  /// Passes of six digits, image by image.
  private func passes(_ attack: any Attack) throws -> [Passes] {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(6)
    return attack.run(
      on: batch.images, goals: batch.labels.map(Goal.avoid),
      against: victim.model
    ).passes
  }

  private func all(_ forward: Int, _ backward: Int) -> [Passes] {
    Array(repeating: Passes(forward: forward, backward: backward), count: 6)
  }

  @Test func `known attacks need the passes that they are known for`() throws {
    let size = Epsilon.pixels(0.1)
    #expect(try passes(RandomSigns(epsilon: size)) == all(0, 0))
    #expect(try passes(FGSM(epsilon: size)) == all(1, 1))
    #expect(
      try passes(PGD(epsilon: size, stepSize: size, steps: 4)) == all(4, 4))
    #expect(
      try passes(PGD(radius: 1, stepLength: 0.1, steps: 3)) == all(3, 3))
  }

  @Test func `each question is counted where it was asked`() throws {
    #expect(try passes(Asking<LabelAccess> { $1.answers(to: $0) }) == all(1, 0))
    #expect(try passes(Asking<ScoreAccess> { $1.logits(of: $0) }) == all(1, 0))
    #expect(
      try passes(Asking<GradientAccess> { $1.logits(of: $0) }) == all(1, 0))
  }

  @Test func `only some of the images are counted`() throws {
    var expected = all(0, 0)
    expected[1].forward = 1
    expected[4].forward = 1
    #expect(
      try passes(
        Asking<ScoreAccess> { $1.only([4, 1]).logits(of: $0.rows([4, 1])) })
        == expected)
    #expect(
      try passes(
        Asking<LabelAccess> { $1.only([1, 4]).answers(to: $0.rows([1, 4])) })
        == expected)
    expected[1].backward = 1
    expected[4].backward = 1
    #expect(
      try passes(
        Asking<GradientAccess> {
          $1.only([1, 4]).slope(
            of: .margin, at: $0.rows([1, 4]), goals: [.avoid(0), .avoid(1)])
        }) == expected)
  }

  @Test func `some of some are the right ones`() throws {
    var expected = all(0, 0)
    expected[5].forward = 1
    #expect(
      try passes(
        Asking<ScoreAccess> {
          $1.only([2, 5, 3]).only([1]).logits(of: $0.rows([5]))
        }) == expected)
  }

  @Test func `copies count as often as they are`() throws {
    var expected = all(0, 0)
    expected[2].forward = 3
    expected[3].forward = 3
    #expect(
      try passes(
        Asking<ScoreAccess> {
          $1.only([2, 3]).logits(of: $0.rows([2, 2, 2, 3, 3, 3]))
        }) == expected)
  }

  @Test func `a number of images that fits no copies is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = try ModelAccessTests().passes(
        Asking<ScoreAccess> { $1.only([2, 3]).logits(of: $0.rows([2, 2, 3])) })
    }
    expectMessage(of: result, contains: "3 images cannot be copies of 2")
  }

  @Test func `what is told is what the model says in inference mode`() throws {
    let model = Sample.normalizedNetwork
    let batch = Sample.batch(5, height: 8, width: 8, seed: 2)
    let goals = batch.labels.map(Goal.avoid)
    let attacked = AttackedModel(
      model, images: batch.images, counter: PassCounter(images: 5))
    let logits = model.logits(of: batch.images)
    #expect(ScoreAccess(attacked).logits(of: batch.images) == logits)
    #expect(
      LabelAccess(attacked).answers(to: batch.images) == predictions(logits))
    let slope = GradientAccess(attacked).slope(
      of: .crossEntropy, at: batch.images, goals: goals)
    #expect(
      slope.gradient
        == model.inputGradient(of: batch.images, labels: batch.labels))
    #expect(
      slope.losses
        == softmaxCrossEntropy(logits: slope.logits, labels: batch.labels)
        .losses)
    expectClose(
      slope.logits, ExactTensor(logits), relative: 1e-5, "logits")
  }

  @Test func `an attack inside another is counted in the same run`() throws {
    var expected = all(1, 1)
    expected[0] = Passes()
    let attack = Asking<GradientAccess> { images, model in
      model.only([1, 2, 3, 4, 5]).perturb(
        images.rows(1..<6), goals: Array(repeating: .avoid(0), count: 5),
        by: FGSM(epsilon: .pixels(0.1)))
    }
    #expect(try passes(attack) == expected)
  }

  @Test func `the less an attacker has, the lower it ranks`() {
    #expect(
      Knowledge.allCases.sorted()
        == [.nothing, .labels, .scores, .gradients])
    #expect(RandomSigns.knowledge == .nothing)
    #expect(Asking<LabelAccess>.knowledge == .labels)
    #expect(Asking<ScoreAccess>.knowledge == .scores)
    #expect(FGSM.knowledge == .gradients)
  }

  @Test func `without images nothing is asked`() {
    let run = FGSM(epsilon: .pixels(0.1)).run(
      on: Tensor(shape: [0, 28, 28, 1]), goals: [],
      against: .notebookNetwork(seed: 1))
    #expect(run.passes.isEmpty)
    #expect(run.images.shape == [0, 28, 28, 1])
  }
}

/// Asks one question and returns the images as they are.
private struct Asking<Access: ModelAccess>: Attack {
  let question: @Sendable (_ images: Tensor, _ model: Access) -> any Sendable
  var bound: Bound { .none }

  init(
    _ question:
      @escaping @Sendable (_ images: Tensor, _ model: Access) ->
      any Sendable
  ) {
    self.question = question
  }

  func perturb(_ images: Tensor, goals: [Goal], asking model: Access)
    -> Tensor
  {
    _ = question(images, model)
    return images
  }
}
