import Testing

@testable import Lesson
@testable import Shared

@Suite struct AttackRunTests {
  /// The lead of class 0 is x₁ − x₂.
  private let model = ExerciseSamples.twoPixelClassifier([1, -1])
  private let batch = Batch(
    images: ExerciseSamples.pixels(0.75, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0),
    labels: [0, 0, 0, 1])
  /// The first is fooled, the second moved in vain, the third wrong from the
  /// start, and the fourth, also wrong at first, put right.
  private let moved = ExerciseSamples.pixels(
    0.25, 0.5, 0.375, 0.25, 0.25, 0.5, 0.25, 0.5)

  private var run: AttackRun {
    AttackRun(Returned(images: moved), on: batch, against: model)
  }

  @Test func `what is left and what was reached`() {
    #expect(run.answers == [1, 0, 1, 1])
    #expect(run.goals == [.avoid(0), .avoid(0), .avoid(0), .avoid(1)])
    #expect(run.isMet == [true, false, true, false])
    #expect(run.accuracy == Proportion(2, of: 4))
    #expect(run.success == Proportion(2, of: 4))
    #expect(run.images == moved)
  }

  @Test func `with a target success is not the opposite of accuracy`() {
    let identity: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [3, 3], scalars: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        bias: Tensor([0, 0, 0]))
    ]
    let images = Tensor(
      shape: [3, 3], scalars: [0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5])
    let run = AttackRun(
      Returned(images: images),
      on: Batch(images: images, labels: [0, 0, 0]), target: 2,
      against: identity)
    #expect(run.goals == Array(repeating: .reach(2, from: 0), count: 3))
    #expect(run.answers == [0, 1, 2])
    #expect(run.accuracy == Proportion(1, of: 3))
    #expect(run.success == Proportion(1, of: 3))
    #expect(run.isMet == [false, false, true])
  }

  @Test func `distances are those of all, medians those of the fooled`() {
    let length = (0.5 * 0.5 + 0.25 * 0.25).squareRoot()
    #expect(run.distances[.maximum] == [0.5, 0.125, 0, 0.5])
    #expect(run.distances[.euclidean] == [length, 0.125, 0, length])
    #expect(run.medianDistance(.maximum) == 0.25)
    #expect(run.medianDistance(.euclidean) == length / 2)
  }

  @Test func `nobody fooled, no median`() {
    let none = AttackRun(
      RandomSigns(epsilon: .pixels(0)), on: batch[0..<2], against: model)
    #expect(none.success.successes == 0)
    #expect(none.medianDistance(.maximum) == nil)
    #expect(none.medianQueries == nil)
  }

  @Test func `passes are the attack's alone`() {
    #expect(run.passes == Array(repeating: Passes(), count: 4))
    #expect(run.meanPasses.forward == 0)
    #expect(run.meanPasses.backward == 0)
    let attacked = AttackRun(
      PGD(epsilon: .pixels(0.125), stepSize: .pixels(0.0625), steps: 4),
      on: batch, against: model)
    #expect(attacked.meanPasses.forward == 4)
    #expect(attacked.meanPasses.backward == 4)
    #expect(attacked.medianQueries == 4)
  }

  @Test func `the median of queries is that of the fooled`() {
    // Restarts leave alone who is fooled: 2 + 1 passes; the others go on.
    var attack = PGD(
      epsilon: .pixels(0.0625), stepSize: .pixels(0.0625), steps: 2)
    attack.restarts = 2
    let run = AttackRun(attack, on: batch[0..<3], against: model)
    #expect(run.isMet == [false, false, true])
    #expect(run.passes.map(\.forward) == [6, 6, 3])
    #expect(run.medianQueries == 3)
    #expect(run.meanPasses.forward == 5)
    #expect(run.meanPasses.backward == 10.0 / 3)
  }

  @Test func `broken promises are named with the images concerned`() {
    func broken(_ images: Tensor, _ bound: Bound = .none) -> [Promise: Int] {
      let attack = Returned(images: images, bound: bound)
      let checked = AttackRun.Checked(attack, on: batch, against: model)
      return Dictionary(
        uniqueKeysWithValues: checked.broken.map { ($0.promise, $0.images) })
    }
    #expect(broken(moved).isEmpty)
    #expect(broken(moved, .maximum(.pixels(0.5))).isEmpty)
    #expect(broken(moved, .maximum(.pixels(0.25))) == [.bound: 2])
    #expect(broken(moved, .euclidean(0.25)) == [.bound: 2])
    #expect(broken(moved * 2.5) == [.range: 3])
  }

  @Test func `what is no image is not shown to the model`() {
    let noNumber = moved.map { $0 == 0.375 ? .nan : $0 }
    for images in [noNumber, moved.rows(0..<3)] {
      let checked = AttackRun.Checked(
        Returned(images: images), on: batch, against: model)
      #expect(checked.broken.count == 1)
      #expect(checked.run.images == batch.images)
      #expect(checked.run.answers == [0, 0, 1, 0])
    }
  }

  @Test func `a run that breaks a promise stops`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let images = ExerciseSamples.pixels(0.5, 0.25)
      _ = AttackRun(
        Returned(images: images * 3), on: Batch(images: images, labels: [0]),
        against: ExerciseSamples.twoPixelClassifier([1, -1]))
    }
    expectMessage(
      of: result, contains: "Returned", "broke its promise", "range")
  }

  @Test func `medians by hand`() {
    #expect(median([]) == nil)
    #expect(median([3]) == 3)
    #expect(median([5, 1, 2]) == 2)
    #expect(median([4, 1, 2, 8]) == 3)
  }
}
