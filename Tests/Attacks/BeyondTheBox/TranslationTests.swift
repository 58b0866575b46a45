import Testing

@testable import Shared

@Suite struct TranslationTests {
  private let image = Tensor(
    shape: [1, 2, 3, 1], scalars: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])

  private func shifted(_ rows: Int, _ columns: Int) -> [Float] {
    Translation(rows: rows, columns: columns).changed(image).scalars
  }

  @Test func `down, up, right and left by hand`() {
    #expect(shifted(0, 0) == image.scalars)
    #expect(shifted(1, 0) == [0, 0, 0, 0.1, 0.2, 0.3])
    #expect(shifted(-1, 0) == [0.4, 0.5, 0.6, 0, 0, 0])
    #expect(shifted(0, 1) == [0, 0.1, 0.2, 0, 0.4, 0.5])
    #expect(shifted(0, -2) == [0.3, 0, 0, 0.6, 0, 0])
    #expect(shifted(1, -1) == [0, 0, 0, 0.2, 0.3, 0])
  }

  @Test(arguments: [(2, 0), (-2, 0), (0, 3), (0, -3), (5, 7), (-9, 9)])
  func `beyond the edge nothing is left`(rows: Int, columns: Int) {
    #expect(shifted(rows, columns).allSatisfy { $0 == 0 })
  }

  @Test(arguments: [(1, 2), (-3, 1), (0, -4), (4, 0)])
  func `every pixel comes from where it was`(rows: Int, columns: Int) {
    let images = Sample.uniform([3, 6, 5, 2], seed: 1).map(abs)
    let result = Translation(rows: rows, columns: columns).changed(images)
    for n in 0..<3 {
      for y in 0..<6 {
        for x in 0..<5 {
          let (oldY, oldX) = (y - rows, x - columns)
          let isInside = (0..<6).contains(oldY) && (0..<5).contains(oldX)
          for c in 0..<2 {
            let expected = isInside ? images[n, oldY, oldX, c] : 0
            #expect(result[n, y, x, c] == expected)
          }
        }
      }
    }
  }
}
