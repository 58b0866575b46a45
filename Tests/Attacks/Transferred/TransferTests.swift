import Testing

@testable import Lesson
@testable import Shared

@Suite struct TransferTests {
  private let pgd = PGD(
    epsilon: .pixels(0.2), stepSize: .pixels(0.05), steps: 5, seed: 4)

  @Test func `from the victim itself it is the attack itself`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(20)
    let carried = Transfer(pgd, from: [victim.model]).perturb(
      batch.images, labels: batch.labels, against: victim.model)
    #expect(
      carried
        == pgd.perturb(
          batch.images, labels: batch.labels, against: victim.model))
  }

  @Test func `one network twice is that network, to the bit`() throws {
    let victim = try Victim.shared.get()
    let surrogates = try Attacker.shared.get().networks
    let goals = victim.batch.labels.map { Goal.reach(($0 + 1) % 10, from: $0) }
    for network in surrogates.all {
      let results = [[network], [network, network]].map {
        Transfer(pgd, from: $0).perturb(
          victim.batch.images, goals: goals, against: victim.model)
      }
      #expect(results[0] == results[1])
    }
  }

  @Test func `several networks are attacked at the mean of their logits`() {
    // Leads of 4x₁ − x₂ and −2x₁ − x₂: on average x₁ − x₂.
    let networks = [[4, -1], [-2, -1]].map {
      ExerciseSamples.twoPixelClassifier($0)
    }
    let images = ExerciseSamples.pixels(0.5, 0.5)
    let victim = ExerciseSamples.twoPixelClassifier([1, 1])
    func carried(_ surrogates: [Sequential]) -> [Float] {
      Transfer(FGSM(epsilon: .pixels(0.25)), from: surrogates).perturb(
        images, labels: [0], against: victim
      ).scalars
    }
    #expect(carried(networks) == [0.25, 0.75])
    #expect(carried([networks[1]]) == [0.75, 0.75])
  }

  @Test func `the victim is never asked`() throws {
    let victim = try Victim.shared.get()
    let networks = try Attacker.shared.get().networks.all
    let batch = victim.batch.prefix(5)
    let run = Transfer(pgd, from: networks).run(
      on: batch.images, goals: batch.labels.map(Goal.avoid),
      against: victim.model)
    #expect(run.passes == Array(repeating: Passes(), count: 5))
    #expect(Transfer.knowledge == .nothing)
  }

  @Test(arguments: [0, 0.003, 0.1, 0.3, 1] as [Float])
  func `what the attack promises is kept`(epsilon: Float) throws {
    let victim = try Victim.shared.get()
    let attack = Transfer(
      PGD(
        epsilon: .pixels(epsilon), stepSize: .pixels(epsilon / 2), steps: 3,
        seed: 1), from: try Attacker.shared.get().networks.all)
    #expect(attack.bound == .maximum(.pixels(epsilon)))
    let result = attack.perturb(
      victim.batch.images, labels: victim.batch.labels, against: victim.model)
    #expect(
      Epsilon.pixels(epsilon).isAllowed(result, from: victim.batch.images))
    #expect((result == victim.batch.images) == (epsilon == 0))
  }

  @Test func `whatever norm the attack has`() {
    let inner = PGD(radius: 1.5, stepLength: 0.5, steps: 2)
    let attack = Transfer(
      inner, from: [ExerciseSamples.twoPixelClassifier([1, -1])])
    #expect(attack.bound == .euclidean(1.5))
    let image = ExerciseSamples.pixels(0.9, 0.1)
    let moved = attack.perturb(
      image, labels: [0],
      against: ExerciseSamples.twoPixelClassifier([-1, 1]))
    #expect(moved.scalars[0] < 0.9 && moved.scalars[1] > 0.1)
    #expect(attack.bound.isKept(moved, from: image))
  }

  @Test func `what fools the surrogates fools the victim more than chance`()
    throws
  {
    let victim = try Victim.shared.get()
    let epsilon = Epsilon.pixels(0.3)
    func right(_ attack: any Attack) -> Int {
      AttackRun(attack, on: victim.batch, against: victim.model).accuracy
        .successes
    }
    let pgd = PGD(
      epsilon: epsilon, stepSize: .pixels(0.05), steps: 10, seed: 1)
    let surrogates = try Attacker.shared.get().networks
    let chance = right(RandomSigns(epsilon: epsilon))
    for networks in [
      [surrogates.convolution], [surrogates.perceptron], surrogates.all,
    ] {
      #expect(right(Transfer(pgd, from: networks)) < chance - 10)
    }
  }

  @Test func `with a target the surrogate is led there`() throws {
    let victim = try Victim.shared.get()
    let network = try Attacker.shared.get().networks.convolution
    let goals = victim.batch.labels.map { Goal.reach(($0 + 3) % 10, from: $0) }
    let attack = Transfer(
      PGD(epsilon: .pixels(0.3), stepSize: .pixels(0.05), steps: 15, seed: 1),
      from: [network])
    let images = attack.perturb(
      victim.batch.images, goals: goals, against: victim.model)
    let met = zip(goals, predictions(network.logits(of: images))).count {
      $0.isMet(by: $1)
    }
    #expect(met > 50)
  }

  @Test func `the same bits for any number of workers`() throws {
    let victim = try Victim.shared.get()
    let attack = Transfer(pgd, from: try Attacker.shared.get().networks.all)
    let results = [1, 2, 3].map { workers in
      Workers.$count.withValue(workers) {
        attack.perturb(
          victim.batch.images, labels: victim.batch.labels,
          against: victim.model)
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func `without a surrogate there is nothing to carry over`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Transfer(FGSM(epsilon: .pixels(0.1)), from: [])
    }
    expectMessage(of: result, contains: "at least one surrogate network")
  }
}
