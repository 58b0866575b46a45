import Testing

@testable import Lesson
@testable import Shared

@Suite struct AdversarialPatchTests {
  /// Made for the small convolution network, from training images.
  private func made(
    side: Int, target: Int? = nil, steps: Int = 10, seed: UInt64 = 0
  ) throws -> AdversarialPatch {
    let attacker = try Attacker.shared.get()
    return try .made(
      against: attacker.networks.convolution, from: attacker.training,
      side: side, target: target, steps: steps, seed: seed)
  }

  /// Scores of class 0 for images of one size; class 1 scores 0.
  private func linear(_ weights: [Float], bias: Float = 0) -> Sequential {
    [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(
          shape: [2, weights.count],
          scalars: weights + weights.map { _ in 0 }),
        bias: Tensor([bias, 0])),
    ]
  }

  private func alike(_ count: Int, _ shape: [Int], label: Int) -> Batch {
    Batch(
      images: Tensor(shape: [count] + shape, repeating: 0.25),
      labels: Array(repeating: label, count: count))
  }

  @Test(arguments: [1, 3, 30])
  func `on a linear model it is black or white by the sign of the weight`(
    steps: Int
  ) throws {
    // As large as the image, so that there is but one place; and class 0 wins
    // whatever is put there.
    let model = linear([2, -1, 0, 3], bias: 2)
    let batch = alike(7, [2, 2, 1], label: 0)
    let away = try AdversarialPatch.made(
      against: model, from: batch, side: 2, steps: steps)
    #expect(away.patch.shape == [2, 2, 1])
    expectClose(
      away.patch.scalars.map(Double.init), [0, 1, 0.5, 0], relative: 1e-6)
    let toward = try AdversarialPatch.made(
      against: model, from: alike(7, [2, 2, 1], label: 1), side: 2, target: 0,
      steps: steps)
    expectClose(
      toward.patch.scalars.map(Double.init), [1, 0, 0.5, 1], relative: 1e-6)
  }

  @Test func `it is as good as it can be at all places together`() throws {
    // Columns of 3, −1 and −2: the left half of the patch meets 3 or −1, the
    // right half −1 or −2.
    let patch = try AdversarialPatch.made(
      against: linear([0.03, -0.01, -0.02, 0.03, -0.01, -0.02]),
      from: alike(100, [2, 3, 1], label: 1), side: 2, target: 0, steps: 30
    ).patch
    #expect(patch.scalars == [1, 0, 1, 0])
  }

  @Test func `it covers a square, anywhere, with all its channels`() {
    // Twelve scalars that tell their places.
    let patch = Tensor(
      shape: [2, 2, 3], scalars: (1...12).map { Float($0) / 16 })
    let images = Tensor(shape: [200, 3, 4, 3])
    let attack = AdversarialPatch(patch, seed: 5)
    let result = attack.perturb(
      images, labels: Array(repeating: 0, count: 200),
      against: linear(Array(repeating: 0, count: 36)))
    var places: [[Int]: Int] = [:]
    for image in 0..<200 {
      let covered = result.row(image).enumerated().filter { $0.element > 0 }
      #expect(covered.map(\.element) == patch.scalars)
      let first = (covered.first?.offset ?? 0) / 3
      #expect(
        covered.map(\.offset)
          == [0, 1, 4, 5].flatMap { pixel in
            (0..<3).map { 3 * (first + pixel) + $0 }
          })
      places[[first / 4, first % 4], default: 0] += 1
    }
    // Two rows and three columns to begin in, each about equally often.
    #expect(places.count == 6)
    #expect(places.values.allSatisfy { (15...55).contains($0) })
  }

  @Test(arguments: [1, 5, 28])
  func `outside the square nothing changes`(side: Int) throws {
    let victim = try Victim.shared.get()
    let attack = try made(side: side, steps: 2)
    #expect(attack.bound == .patch(side: side))
    let result = attack.perturb(
      victim.batch.images, labels: victim.batch.labels, against: victim.model)
    #expect(result.scalars.allSatisfy { (0...1) ~= $0 })
    for image in 0..<victim.batch.count {
      let changed = zip(result.row(image), victim.batch.images.row(image))
        .enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset)
      let (rows, columns) = (changed.map { $0 / 28 }, changed.map { $0 % 28 })
      for places in [rows, columns] {
        let (low, high) = (places.min() ?? 0, places.max() ?? 0)
        #expect(high - low < side)
      }
    }
  }

  @Test func `the victim is never asked`() {
    let attack = AdversarialPatch(Tensor(shape: [1, 1, 1], repeating: 1))
    let run = attack.run(
      on: ExerciseSamples.pixels(0, 0, 0, 0), goals: [0, 1].map(Goal.avoid),
      against: ExerciseSamples.twoPixelClassifier([1, 1]))
    #expect(run.passes == [Passes(), Passes()])
    #expect(AdversarialPatch.knowledge == .nothing)
  }

  @Test func `it leads to its target on images from which it was not made`()
    throws
  {
    let attacker = try Attacker.shared.get()
    let (network, test) = (attacker.networks.convolution, attacker.test)
    func answered(_ target: Int, _ attack: AdversarialPatch) -> Int {
      let images = attack.perturb(
        test.images, labels: test.labels, against: network)
      return predictions(network.logits(of: images)).count { $0 == target }
    }
    let gray = AdversarialPatch(Tensor(shape: [15, 15, 1], repeating: 0.5))
    for target in [3, 8] {
      let learned = answered(
        target, try made(side: 15, target: target, steps: 30))
      #expect(learned > 100)
      #expect(learned > 2 * answered(target, gray))
    }
  }

  @Test func `without a target it takes any wrong answer`() throws {
    let attacker = try Attacker.shared.get()
    let (network, test) = (attacker.networks.convolution, attacker.test)
    func right(_ attack: AdversarialPatch) -> Int {
      let images = attack.perturb(
        test.images, labels: test.labels, against: network)
      return network.evaluate(on: images, labels: test.labels).accuracy
        .successes
    }
    let gray = AdversarialPatch(Tensor(shape: [7, 7, 1], repeating: 0.5))
    #expect(try right(made(side: 7, steps: 30)) < right(gray) - 30)
  }

  @Test func `same seed same bits, for any number of workers`() throws {
    let results = try [1, 2, 3].map { workers in
      try Workers.$count.withValue(workers) {
        try made(side: 5, target: 1, seed: 3)
      }
    }
    #expect(results[0].patch == results[1].patch)
    #expect(results[0].patch == results[2].patch)
    #expect(try made(side: 5, target: 1, seed: 4).patch != results[0].patch)
    // The seed also decides where it is put.
    let victim = try Victim.shared.get()
    var elsewhere = results[0]
    elsewhere.seed = 9
    let images = [results[0], results[1], elsewhere].map {
      $0.perturb(
        victim.batch.images, labels: victim.batch.labels, against: victim.model)
    }
    #expect(images[0] == images[1])
    #expect(images[0] != images[2])
  }

  @Test(arguments: [-1, 0, 4])
  func `a side that does not fit is refused in a sentence`(side: Int) {
    expectSentence(
      "\(side) × \(side) pixels does not fit images of 5 × 3; choose a side "
        + "from 1 to 3."
    ) {
      _ = try AdversarialPatch.made(
        against: linear(Array(repeating: 1, count: 15)),
        from: alike(1, [5, 3, 1], label: 0), side: side)
    }
  }

  @Test func `a patch is square and between black and white`() async {
    let oblong = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = AdversarialPatch(Tensor(shape: [2, 3, 1]))
    }
    expectMessage(of: oblong, contains: "square", "[2, 3, 1]")
    let bright = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = AdversarialPatch(Tensor(shape: [1, 1, 1], repeating: 1.5))
    }
    expectMessage(of: bright, contains: "pixels in 0...1")
  }

  @Test func `smaller images are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = AdversarialPatch(Tensor(shape: [2, 2, 1])).perturb(
        ExerciseSamples.pixels(0, 1), labels: [0],
        against: ExerciseSamples.twoPixelClassifier([1, 1]))
    }
    expectMessage(of: result, contains: "[2, 2, 1] does not fit images")
  }
}
