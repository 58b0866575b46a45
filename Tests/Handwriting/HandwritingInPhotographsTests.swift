import Testing

@testable import Shared

/// What photographs and drawing programs do to a digit.
@Suite struct HandwritingInPhotographsTests {
  @Test func `a sheet on a desk is not taken for ink`() throws {
    for tilt in [0.0, 0.08] {
      let photo = try Handwriting(
        picture(width: 300, height: 320) { x, y in
          if (140..<152).contains(x) && (120..<200).contains(y) { return 30 }
          let (u, v) = (Double(x) + tilt * Double(y), Double(y))
          let isSheet = (60..<240).contains(u) && (50..<270).contains(v)
          return isSheet ? 220 : 90
        })
      #expect(photo.isInverted)
      #expect(photo.box == (140..<152, 120..<200))
      #expect(photo.remarks.count == 1)
      #expect(photo.remarks.first?.contains("sheet on a desk") == true)
    }
  }

  @Test func `a filled zero is still a digit`() throws {
    let zero = try Handwriting(
      picture(width: 200, height: 200) { x, y in
        let (u, v) = (Double(x - 100) / 60, Double(y - 100) / 80)
        return u * u + v * v < 1 && u * u + v * v > 0.4 ? 0 : 255
      })
    #expect(zero.box.rows.count > 155 && zero.remarks.isEmpty)
  }

  @Test func `ink that reaches the border gets a remark`() throws {
    let ruled = try Handwriting(
      bar(paper: { _, y in y % 15 == 5 ? 150 : 250 }, ink: 10))
    #expect(ruled.remarks.contains { $0.contains("a ruled line") })
    let plain = try Handwriting(bar(paper: { _, _ in 250 }, ink: 10))
    #expect(plain.remarks.isEmpty)
  }

  @Test func `two digits in one picture get a remark`() throws {
    let two = try Handwriting(
      picture(width: 120, height: 90) { x, y in
        let isInk = (30..<38).contains(x) || (60..<68).contains(x)
        return isInk && (20..<60).contains(y) ? 0 : 255
      })
    #expect(two.remarks.contains { $0.contains("Two pieces of ink") })
  }

  @Test func `a digit of 60 pixels is found in 2000 x 2000`() throws {
    let tiny = try Handwriting(
      picture(width: 2000, height: 2000) { x, y in
        (1500..<1508).contains(x) && (700..<760).contains(y) ? 20 : 240
      })
    #expect(tiny.box == (1500..<1508, 700..<760))
    #expect(tiny.image.scalars.count { $0 > 0.9 } >= 40)
  }

  @Test func `a picture of MNIST's size keeps every pixel`() throws {
    let test = try MNIST().test
    let digit = Array(test.pixels[..<784])
    // The changes of an attack: 51 levels up or down.
    let attacked = digit.enumerated().map { index, level in
      index * 7 % 3 == 0 ? level / 2 : UInt8(min(Int(level) + 51, 255))
    }
    let light = try Handwriting(
      GrayImage(width: 28, height: 28, levels: attacked))
    #expect(light.isAsItWas && !light.isInverted)
    #expect(light.image.scalars == attacked.map { Float($0) / 255 })
    let dark = try Handwriting(
      GrayImage(width: 28, height: 28, levels: digit.map { 255 - $0 }))
    #expect(dark.isInverted)
    #expect(dark.image.scalars == digit.map { Float($0) / 255 })
  }
}
