import Foundation
import Testing

@testable import Shared

@Suite struct RotationTests {
  @Test func `by nothing it is the identity, to the bit`() {
    for (height, width) in [(5, 7), (28, 28)] {
      let images = Sample.batch(3, height: height, width: width, seed: 1).images
      #expect(Rotation(degrees: 0).changed(images) == images)
    }
  }

  @Test func `a right angle turns counterclockwise`() {
    let image = Tensor(
      shape: [1, 3, 3, 1], scalars: (1...9).map { Float($0) / 10 })
    let turned = Rotation(degrees: 90).changed(image)
    expectClose(
      turned.scalars.map { 10 * Double($0) }, [3, 6, 9, 2, 5, 8, 1, 4, 7],
      relative: 1e-6)
    let back = Rotation(degrees: -90).changed(turned)
    expectClose(back, ExactTensor(image), relative: 1e-6)
  }

  @Test(arguments: [5, 8]) func `four right angles are none`(side: Int) {
    let images = Sample.batch(2, height: side, width: side, seed: 2).images
    let rotation = Rotation(degrees: 90)
    let turned = (0..<4).reduce(images) { images, _ in
      rotation.changed(images)
    }
    expectClose(turned, ExactTensor(images), relative: 1e-6)
    #expect(turned != rotation.changed(images))
  }

  @Test func `what is on the right moves up`() {
    var image = Tensor(shape: [1, 9, 9, 1])
    image[0, 4, 7, 0] = 1
    func row(_ degrees: Double) -> Double {
      let turned = Rotation(degrees: degrees).changed(image)
      let moment = (0..<81).reduce(0.0) {
        $0 + Double(turned.scalars[$1]) * Double($1 / 9)
      }
      return moment / turned.sum
    }
    #expect(row(30) < 3)
    #expect(row(-30) > 5)
  }

  /// From angles and distances, every old pixel with the weight of a tent.
  private func slowly(_ images: ExactTensor, degrees: Double) -> ExactTensor {
    let (height, width) = (images.shape[1], images.shape[2])
    let center = (y: Double(height - 1) / 2, x: Double(width - 1) / 2)
    var result = ExactTensor(zeros: images.shape)
    for n in 0..<images.shape[0] {
      for y in 0..<height {
        for x in 0..<width {
          let (up, right) = (center.y - Double(y), Double(x) - center.x)
          let distance = (up * up + right * right).squareRoot()
          let angle = atan2(up, right) - degrees * .pi / 180
          let row = center.y - distance * sin(angle)
          let column = center.x + distance * cos(angle)
          for c in 0..<images.shape[3] {
            var sum = 0.0
            for i in 0..<height {
              let down = max(0, 1 - abs(row - Double(i)))
              for j in 0..<width {
                let across = max(0, 1 - abs(column - Double(j)))
                sum += down * across * images[n, i, j, c]
              }
            }
            result[n, y, x, c] = sum
          }
        }
      }
    }
    return result
  }

  @Test(arguments: [7.0, 30, -45, 123, 360])
  func `every pixel is the blend that the slow way gives`(degrees: Double) {
    let images = Sample.uniform([2, 6, 9, 2], seed: 3).map(abs)
    expectClose(
      Rotation(degrees: degrees).changed(images),
      slowly(ExactTensor(images), degrees: degrees), relative: 1e-5)
  }

  @Test func `white stays white inside and never exceeds it`() {
    let white = Tensor(shape: [1, 15, 15, 1], repeating: 1)
    for degrees in stride(from: -40.0, through: 40, by: 3.7) {
      let turned = Rotation(degrees: degrees).changed(white)
      #expect(turned.scalars.allSatisfy { (0...1) ~= $0 })
      #expect(abs(turned[0, 7, 3, 0] - 1) < 1e-6)
    }
    // The corners come from outside.
    #expect(Rotation(degrees: 45).changed(white)[0, 0, 0, 0] == 0)
  }

  @Test func `an angle that is no number is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Rotation(degrees: .nan)
    }
    expectMessage(of: result, contains: "finite angle")
  }
}
