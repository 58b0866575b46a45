import Testing

@testable import Shared

@Suite struct BatchOrderTests {
  /// A hundred images of one pixel; image n has the gray value n.
  let set = ImageSet(
    pixels: Array(0..<100), labels: (0..<100).map { $0 % 10 }, size: (1, 1))

  private func order(seed: UInt64 = 1, epoch: Int = 0, size: Int = 32) -> [Int]
  {
    set.batches(of: size, seed: seed, epoch: epoch).flatMap { batch in
      batch.images.scalars.map { Int(($0 * 255).rounded()) }
    }
  }

  @Test(arguments: [1, 7, 32, 100, 1000])
  func `an epoch shows every image once`(_ size: Int) {
    #expect(order(size: size).sorted() == Array(0..<100))
    #expect(order(size: size) != Array(0..<100))
  }

  @Test func `images keep their labels`() {
    for batch in set.batches(of: 32, seed: 1, epoch: 0) {
      for (pixel, label) in zip(batch.images.scalars, batch.labels) {
        #expect(Int((pixel * 255).rounded()) % 10 == label)
      }
    }
  }

  @Test func `only the last batch may be smaller`() {
    let batches = Array(set.batches(of: 32, seed: 1, epoch: 0))
    #expect(batches.map(\.count) == [32, 32, 32, 4])
    #expect(batches[3].images.shape == [4, 1, 1, 1])
    #expect(set.batches(of: 50, seed: 1, epoch: 0).map(\.count) == [50, 50])
  }

  @Test func `seed and epoch decide the order, and nothing else does`() {
    #expect(order(seed: 1, epoch: 2) == order(seed: 1, epoch: 2))
    #expect(order(seed: 1, epoch: 2) == order(seed: 1, epoch: 2, size: 9))
    #expect(order(seed: 1, epoch: 2) != order(seed: 1, epoch: 3))
    #expect(order(seed: 1, epoch: 2) != order(seed: 2, epoch: 2))
  }

  @Test(arguments: [0, 1, 30, 99])
  func `a split is disjoint and complete`(_ heldOut: Int) {
    let parts = set.split(holdingOut: heldOut, seed: 1)
    #expect(parts.validation.count == heldOut)
    #expect((parts.training + parts.validation).sorted() == Array(0..<100))
    #expect(parts.training == parts.training.sorted())
    #expect(parts.validation == parts.validation.sorted())
  }

  @Test func `a twelfth is held out`() {
    #expect(ImageSet.heldOutCount(of: 60_000) == 5000)
    #expect(ImageSet.heldOutCount(of: 23) == 1)
    #expect(ImageSet.heldOutCount(of: 1) == 0)
  }

  @Test func `the seed decides a split`() {
    func validation(_ seed: UInt64) -> [Int] {
      set.split(holdingOut: 30, seed: seed).validation
    }
    #expect(validation(1) == validation(1))
    #expect(validation(1) != validation(2))
    #expect(validation(1) != Array(0..<30))
  }

  @Test func `holding out everything is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let set = ImageSet(pixels: [1, 2], labels: [1, 2], size: (1, 1))
      _ = set.split(holdingOut: 2, seed: 1)
    }
    expectMessage(of: result, contains: "2 of 2 images")
  }
}
