import Testing

@testable import Shared

@Suite struct PromiseTests {
  /// Two images of four pixels.
  private let images = Tensor(
    shape: [2, 2, 2, 1], scalars: [0, 0.5, 1, 0.25, 0, 0, 1, 1])

  private func broken(
    _ change: (inout Tensor) -> Void, after: ((inout Tensor) -> Void)? = nil,
    bound: Bound = .maximum(.pixels(0.125))
  ) -> [Promise: Int] {
    var (changed, after_) = (images, images)
    change(&changed)
    after?(&after_)
    return Dictionary(
      uniqueKeysWithValues: Promise.broken(
        changed, from: images, after: after_, bound: bound
      ).map { ($0.promise, $0.images) })
  }

  @Test func `what is kept is not listed`() {
    #expect(broken { _ in }.isEmpty)
    #expect(broken { $0.scalars[1] = 0.625 }.isEmpty)
    #expect(broken({ $0.scalars[1] = 0 }, bound: .none).isEmpty)
  }

  @Test func `each promise is broken by itself`() {
    #expect(broken { $0 = $0.rows([0]) } == [.shape: 2])
    #expect(broken { $0 = $0.reshaped(to: [2, 1, 4, 1]) } == [.shape: 2])
    #expect(broken { $0.scalars[5] = .nan } == [.finite: 1])
    #expect(broken { $0.scalars[5] = -.infinity } == [.finite: 1])
    #expect(broken { $0.scalars[0] = -0.01 } == [.range: 1])
    #expect(broken { $0.scalars[6] = 1.01 } == [.range: 1])
    #expect(broken { $0.scalars[1] = 0.75 } == [.bound: 1])
    #expect(
      broken({ _ in }, after: { $0.scalars[7] = 0 }) == [.inputUntouched: 1])
  }

  @Test func `images are counted, not pixels`() {
    let changed = broken { images in
      for index in images.scalars.indices { images.scalars[index] += 1.5 }
    }
    #expect(changed == [.range: 2, .bound: 2])
  }

  @Test func `a half broken batch shows all that is wrong with it`() {
    let found = broken(
      {
        $0.scalars[0] = .nan
        $0.scalars[4] = -1
      }, after: { $0.scalars[4] = -1 })
    #expect(
      found == [.finite: 1, .range: 1, .bound: 1, .inputUntouched: 1])
    let short = broken(
      { $0 = $0.rows([0]) }, after: { $0.scalars[0] = 1 })
    #expect(short == [.shape: 2, .inputUntouched: 1])
  }

  @Test func `each has a sentence of its own`() {
    #expect(Set(Promise.allCases.map(\.whatItMeans)).count == 5)
  }
}
