import Synchronization
import Testing

@testable import Lesson
@testable import Shared

@Suite struct MinimalEpsilonTests {
  /// FGSM takes 2ε of the lead x₁ − x₂, and the goal is a lead below 0.
  private let model = ExerciseSamples.twoPixelClassifier([1, -1])

  @Test func `half of the lead is enough`() throws {
    let batch = Batch(
      images: ExerciseSamples.pixels(0.9, 0.1, 0.6, 0.3, 0.5, 0.4),
      labels: [0, 0, 0])
    let found = MinimalEpsilon(
      under: { FGSM(epsilon: $0) }, on: batch, against: model)
    for (size, exact) in zip(found.perImage, [0.4, 0.15, 0.05]) {
      let size = try #require(size)
      #expect(size > exact - 1e-6)
      #expect(size < exact + 1.0 / 512 + 1e-6)
    }
    #expect(found.median == found.perImage[1])
  }

  @Test func `wrong from the start is 0 and out of reach is nil`() {
    let batch = Batch(
      images: ExerciseSamples.pixels(0.3, 0.6, 1, 0, 0.9, 0.1),
      labels: [0, 0, 0])
    let found = MinimalEpsilon(
      under: { FGSM(epsilon: $0) }, on: batch, against: model,
      upTo: .pixels(0.3))
    #expect(found.perImage == [0, nil, nil])
    #expect(found.median == nil)
  }

  @Test func `a finer tolerance comes nearer`() throws {
    let batch = Batch(images: ExerciseSamples.pixels(0.6, 0.3), labels: [0])
    let found = MinimalEpsilon(
      under: { FGSM(epsilon: $0) }, on: batch, against: model,
      upTo: .pixels(1), tolerance: 1e-5)
    #expect(abs(try #require(found.perImage[0]) - 0.15) < 1.1e-5)
  }

  @Test func `a target has a size of its own`() throws {
    // Class 0 leads with 0.6; FGSM against class 1 needs half the difference.
    let identity: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [3, 3], scalars: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        bias: Tensor([0, 0, 0]))
    ]
    let batch = Batch(
      images: Tensor(shape: [2, 3], scalars: [0.6, 0.5, 0.2, 0.2, 0.4, 0.5]),
      labels: [0, 1])
    let found = MinimalEpsilon(
      under: { FGSM(epsilon: $0) }, on: batch, target: 2, against: identity)
    let first = try #require(found.perImage[0])
    #expect(first > 0.2 && first < 0.2 + 1.0 / 512)
    #expect(found.perImage[1] == 0)
  }

  @Test func `images with the same size are attacked together`() {
    let batch = Batch(
      images: ExerciseSamples.pixels(0.6, 0.3, 0.6, 0.3, 0.3, 0.6),
      labels: [0, 0, 0])
    let tried = Mutex<[Float]>([])
    _ = MinimalEpsilon(
      under: { epsilon in
        tried.withLock { $0.append(epsilon.pixels) }
        return FGSM(epsilon: epsilon)
      }, on: batch, against: model)
    // 0.15 in binary places of 0.5: 0.0100110…
    let places: [Float] = [0.5, 0.25, 0.125, 0.1875, 0.15625, 0.140625]
    #expect(Array(tried.withLock { $0 }.prefix(6)) == places)
    #expect(tried.withLock { $0.count } == 9)
  }

  @Test func `real digits are fooled by no less`() throws {
    let victim = try Victim.shared.get()
    let found = MinimalEpsilon(
      under: { FGSM(epsilon: $0) }, on: victim.batch, against: victim.model)
    #expect(found.perImage.contains { $0 != nil && $0 != 0 })
    for case (let image, let size?) in found.perImage.enumerated()
    where size > 0 {
      let one = victim.batch[image..<image + 1]
      func right(_ size: Double) -> Int {
        victim.model.accuracy(
          under: FGSM(epsilon: .pixels(Float(size))), on: one
        ).successes
      }
      #expect(right(size) == 0)
      #expect(right(size - 1.0 / 512) == 1)
    }
  }

  @Test func `a minimal attack tells by its distances`() throws {
    let batch = Batch(
      images: ExerciseSamples.pixels(0.9, 0.1, 0.3, 0.6, 0.6, 0.3),
      labels: [0, 0, 0])
    let moved = ExerciseSamples.pixels(0.4, 0.5, 0.3, 0.6, 0.6, 0.4)
    let run = AttackRun(
      Returned(images: moved), on: batch, against: model)
    let largest = MinimalEpsilon(of: run).perImage
    #expect(abs(try #require(largest[0]) - 0.5) < 1e-6)
    #expect(largest[1] == 0)
    #expect(largest[2] == nil)
    let length = MinimalEpsilon(of: run, in: .euclidean).perImage[0]
    let exact = (0.5 * 0.5 + 0.4 * 0.4).squareRoot()
    #expect(abs(try #require(length) - exact) < 1e-6)
  }

  @Test func `medians count what was never found`() {
    #expect(MinimalEpsilon(perImage: [0.25, nil, 0.5]).median == 0.5)
    #expect(MinimalEpsilon(perImage: [0.25, nil]).median == nil)
    #expect(MinimalEpsilon(perImage: [0.25, 0.75]).median == 0.5)
    #expect(MinimalEpsilon(perImage: []).median == nil)
  }

  @Test func `every size falls into one bin`() {
    let sizes = [0, 0.124, 0.125, 0.49, 0.5, 0.51, nil]
    let found = MinimalEpsilon(perImage: sizes)
    #expect(found.histogram(bins: 4, upTo: 0.5) == [2, 1, 0, 2])
    #expect(found.histogram(bins: 1, upTo: 1) == [6])
  }
}

/// Returns images that somebody has made.
struct Returned: Attack {
  var images: Tensor
  var bound = Bound.none

  func perturb(_ images: Tensor, goals: [Goal], asking model: NoAccess)
    -> Tensor
  {
    self.images
  }
}
