import Testing

@testable import Shared

@Suite struct OrientationTests {
  /// 0 1 2 above 3 4 5, as Pillow 12 puts it right.
  @Test(arguments: [
    (1, 3, [0, 1, 2, 3, 4, 5]), (2, 3, [2, 1, 0, 5, 4, 3]),
    (3, 3, [5, 4, 3, 2, 1, 0]), (4, 3, [3, 4, 5, 0, 1, 2]),
    (5, 2, [0, 3, 1, 4, 2, 5]), (6, 2, [3, 0, 4, 1, 5, 2]),
    (7, 2, [5, 2, 4, 1, 3, 0]), (8, 2, [2, 5, 1, 4, 0, 3]),
  ])
  func `a picture is turned as the camera was held`(
    number: UInt8, width: Int, levels: [UInt8]
  ) throws {
    let picture = GrayImage(width: 3, height: 2, levels: [0, 1, 2, 3, 4, 5])
    let orientation = try #require(Orientation(rawValue: number))
    #expect(
      picture.turned(from: orientation)
        == GrayImage(width: width, height: 6 / width, levels: levels))
  }

  /// As Pillow writes it, and the same the other way round.
  private let big: [UInt8] =
    Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1] + [1, 18, 0, 3, 0, 0, 0, 1]
    + [0, 6, 0, 0] + [0, 0, 0, 0]
  private let little: [UInt8] =
    Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0] + [18, 1, 3, 0, 1, 0, 0, 0]
    + [6, 0, 0, 0] + [0, 0, 0, 0]

  @Test func `the tag is read in both orders of bytes`() {
    #expect(Orientation(exif: big) == .left)
    #expect(Orientation(exif: little) == .left)
    #expect(Orientation(exif: Array("Exif\0\0".utf8) + big) == .left)
  }

  @Test func `the tag may come after others`() {
    var two = big
    two[9] = 2
    two.insert(contentsOf: [1, 15, 0, 2, 0, 0, 0, 1, 0, 8, 0, 0], at: 10)
    #expect(Orientation(exif: two) == .left)
  }

  @Test func `damaged data leave the picture upright`() {
    for length in 0..<20 {
      #expect(Orientation(exif: Array(big.prefix(length))) == .upright)
    }
    for position in big.indices {
      for value in [0, 1, 9, 127, 128, 255] as [UInt8] {
        var damaged = big
        damaged[position] = value
        _ = Orientation(exif: damaged)
      }
    }
    #expect(Orientation(exif: Array(repeating: 255, count: 40)) == .upright)
  }
}
