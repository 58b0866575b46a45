import Testing

@testable import Shared

/// Files that Pillow reads, too.
@Suite struct PNGFixtureTests {
  @Test(arguments: PictureFixtures.pictures)
  func `every kind and filter comes out as Pillow sees it`(
    file: String, levels: String
  ) throws {
    let image = try GrayImage(fixture(file))
    let expected = fixture(levels)
    #expect(image.width == 9 && image.height == 11)
    // Pillow composites colours before it makes them grey: rounding differs.
    for (level, other) in zip(image.levels, expected) {
      #expect(abs(Int(level) - Int(other)) <= 1)
    }
  }

  @Test(arguments: DepthFixtures.pictures + InterlacedFixtures.pictures)
  func `every depth comes out as Pillow sees it, interlaced too`(
    name: String, width: Int, height: Int, file: String, levels: String
  ) throws {
    let image = try GrayImage(fixture(file))
    let expected = fixture(levels)
    #expect(image.width == width && image.height == height)
    #expect(image.levels.count == expected.count)
    for (level, other) in zip(image.levels, expected) {
      #expect(abs(Int(level) - Int(other)) <= 1, "\(name)")
    }
  }
}
