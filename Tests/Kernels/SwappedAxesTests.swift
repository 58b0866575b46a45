import Testing

@testable import Shared

extension Kernels {
  @Suite struct SwappedAxesTests {
    /// Whole squares of four, a rest on one side, on both, and less than one.
    @Test(arguments: [(8, 12), (49, 64), (5, 8), (7, 6), (3, 2), (1, 9)])
    func `every number finds its place`(_ outer: Int, _ inner: Int) {
      let source = (0..<2 * outer * inner).map(Float.init)
      let swapped = swappedAxes(source, count: 2, outer, inner)
      let expected = (0..<2).flatMap { image in
        (0..<inner).flatMap { i in
          (0..<outer).map { o in
            source[image * outer * inner + o * inner + i]
          }
        }
      }
      #expect(swapped == expected)
      #expect(swappedAxes(swapped, count: 2, inner, outer) == source)
    }
  }
}
