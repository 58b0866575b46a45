import Testing

@testable import Lesson
@testable import Shared

@Suite struct HopSkipJumpTests {
  @Test func `it sees answers and nothing more`() {
    #expect(HopSkipJump.Access.self == LabelAccess.self)
    #expect(HopSkipJump.knowledge == .labels)
  }

  @Test(arguments: [2, 20])
  func `it finds the nearest point of a straight boundary`(pixels: Int) {
    let (model, batch, distances, _) = linear(pixels: pixels, images: 6)
    let run = AttackRun(HopSkipJump(steps: 25), on: batch, against: model)
    #expect(run.success.successes == 6)
    for (found, shortest) in zip(run.distances[.euclidean] ?? [], distances) {
      #expect(found > 0.9999 * shortest)
      #expect(found < 1.03 * shortest)
    }
  }

  @Test func `its questions are counted, and there are as many as are due`() {
    let (model, batch, _, start) = linear(pixels: 20, images: 4)
    var attack = HopSkipJump(steps: 3)
    attack.startingImages = start
    let run = AttackRun(attack, on: batch, against: model)
    // One about the image and one about the start; ten for each way to the
    // boundary; directions; and one for the length of each step, or more where
    // it is halved.
    let least = 2 + 4 * 10 + (100 + 141 + 173) + 3
    for passes in run.passes {
      #expect(passes.backward == 0)
      #expect(passes.forward >= least)
      #expect(passes.forward < least + 30)
    }
    #expect(run.passes.contains { $0.forward == least })
  }

  @Test(arguments: [1, 11, 12, 150, 500, 2000])
  func `it asks no more than it may`(queries: Int) {
    let (model, batch, _, start) = linear(pixels: 20, images: 4)
    var attack = HopSkipJump(steps: 50, queries: queries)
    attack.startingImages = start
    let run = AttackRun(attack, on: batch, against: model)
    #expect(run.passes.allSatisfy { $0.forward <= queries })
    // With fewer there is no way to the boundary.
    #expect(run.success.successes == (queries < 12 ? 0 : 4))
    if queries >= 150 {
      #expect(run.passes.allSatisfy { queries - $0.forward < 900 })
    }
  }

  @Test func `more steps come nearer`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(4)
    let distances = [1, 4, 8].map { steps in
      AttackRun(HopSkipJump(steps: steps), on: batch, against: victim.model)
        .medianDistance(.euclidean) ?? .infinity
    }
    #expect(distances[1] < distances[0])
    #expect(distances[2] < distances[1])
  }

  @Test func `with a radius, what is further away comes back as it was`() throws
  {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(10)
    let anywhere = AttackRun(
      HopSkipJump(steps: 3), on: batch, against: victim.model)
    let middle = try #require(anywhere.medianDistance(.euclidean))
    let attack = HopSkipJump(steps: 3, radius: Float(middle))
    #expect(attack.bound == .euclidean(Float(middle)))
    let within = AttackRun(attack, on: batch, against: victim.model)
    let distances = anywhere.distances[.euclidean] ?? []
    for row in 0..<10 {
      #expect(
        within.images.row(row)
          == (distances[row] <= Double(Float(middle))
          ? anywhere.images : batch.images).row(row))
    }
    #expect(within.success.successes == 5)
  }

  @Test func `the same seed gives the same bits for any number of workers`()
    throws
  {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(5)
    func result(workers: Int, seed: UInt64 = 1) -> Tensor {
      Workers.$count.withValue(workers) {
        HopSkipJump(steps: 2, seed: seed).perturb(
          batch.images, labels: batch.labels, against: victim.model)
      }
    }
    let one = result(workers: 1)
    #expect(result(workers: 2) == one)
    #expect(result(workers: 3) == one)
    #expect(result(workers: 2, seed: 2) != one)
  }

  @Test func `an image already wrong stays as it is, for one query`() {
    let (model, batch, _, _) = linear(pixels: 20, images: 3)
    let wrong = Batch(images: batch.images, labels: [1, 1, 1])
    let run = AttackRun(HopSkipJump(), on: wrong, against: model)
    #expect(run.images == batch.images)
    #expect(run.passes.allSatisfy { $0 == Passes(forward: 1, backward: 0) })
  }

  @Test func `without a start an image comes back as it was`() {
    var attack = HopSkipJump()
    attack.tries = 7
    let images = Tensor(shape: [2, 1, 3, 1], scalars: [1, 0, 0, 1, 0.5, 0])
    let run = AttackRun(
      attack, on: Batch(images: images, labels: [0, 0]), target: 2,
      against: brightest(bias: [0, 0, -9]))
    #expect(run.images == images)
    #expect(run.passes.allSatisfy { $0 == Passes(forward: 8, backward: 0) })
  }

  @Test func `a target is reached from an image that shows it`() {
    // The brightest of three pixels is the class. From 0 to 2 it is 0.4/√2.
    let images = Tensor(shape: [1, 1, 3, 1], scalars: [0.7, 0.3, 0.3])
    var attack = HopSkipJump(steps: 15)
    attack.startingImages = Batch(
      images: Tensor(
        shape: [4, 1, 3, 1],
        scalars: [
          // Another class; one that the model gets wrong; far; near.
          0.6, 0.8, 0.3, 0.7, 0.3, 0.4, 0, 1, 1, 0.1, 0.2, 0.9,
        ]),
      labels: [1, 2, 2, 2])
    attack.tries = 2
    let run = AttackRun(
      attack, on: Batch(images: images, labels: [0]), target: 2,
      against: brightest(bias: [0, 0, 0]))
    #expect(run.answers == [2])
    let distance = run.distances[.euclidean]?.first ?? .infinity
    #expect(abs(distance - 0.4 / 2.0.squareRoot()) < 0.01)
  }

  @Test func `targets of real digits are reached`() throws {
    let victim = try Victim.shared.get()
    let rows = (0..<60).filter { victim.batch.labels[$0] != 3 }.prefix(3)
    let batch = Batch(
      images: victim.batch.images.rows(Array(rows)),
      labels: rows.map { victim.batch.labels[$0] })
    var attack = HopSkipJump(steps: 2)
    attack.startingImages = victim.batch
    let run = AttackRun(attack, on: batch, target: 3, against: victim.model)
    #expect(run.answers == [3, 3, 3])
    #expect((run.distances[.euclidean] ?? []).allSatisfy { $0 < 8 })
  }

  @Test func `it comes as near as a public one`() throws {
    let victim = try Victim.shared.get()
    let theirs = try AttackFixture.load().hopSkipJump
    let run = AttackRun(
      HopSkipJump(steps: theirs.steps), on: victim.batch.prefix(10),
      against: victim.model)
    #expect(run.success.successes == 10)
    let ratios = (run.distances[.euclidean] ?? []).enumerated().map {
      row, own in
      own / (median(theirs.distances.map { $0[row] }) ?? 0)
    }
    let middle = try #require(median(ratios))
    #expect(middle > 0.85 && middle < 1.15, "\(ratios)")
  }

  /// Pixels of which class 0 wins by w · x + b, images where it does, how far
  /// each is from where it does not, (w · x + b) ⁄ ‖w‖, and an image where it
  /// least does.
  private func linear(pixels: Int, images count: Int) -> (
    Sequential, Batch, [Double], Batch
  ) {
    let weight = Sample.awayFromZero([pixels], seed: 4)
    let images = Sample.uniform([count, 1, pixels, 1], seed: 5).map {
      0.5 + 0.1 * $0
    }
    // All images on the side of class 0, at different distances.
    let scores = images.allRows.map { row in
      zip(row, weight.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let bias = Float(0.1 * weight.norm - (scores.min() ?? 0))
    let model: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(
          shape: [2, pixels],
          scalars: weight.scalars + Array(repeating: 0, count: pixels)),
        bias: Tensor([bias, 0])),
    ]
    return (
      model,
      Batch(images: images, labels: Array(repeating: 0, count: count)),
      scores.map { ($0 + Double(bias)) / weight.norm },
      Batch(
        images: weight.map { $0 > 0 ? 0 : 1 }
          .reshaped(to: [1, 1, pixels, 1]), labels: [1])
    )
  }

  /// Answers which of three pixels is the brightest.
  private func brightest(bias: [Float]) -> Sequential {
    [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [3, 3], scalars: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        bias: Tensor(bias)),
    ]
  }
}
