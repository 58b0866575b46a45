import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct HandwritingTests {
  @Test func `a bar becomes a bar of 20 pixels in the middle`() throws {
    let dark = try Handwriting(bar(paper: { _, _ in 255 }, ink: 0))
    #expect(dark.isInverted)
    #expect(dark.box == (30..<38, 20..<60))
    #expect(dark.scale == 0.5)
    // 4 × 20 pixels of ink; the pixel after the middle has index 14.
    for y in 0..<28 {
      for x in 0..<28 {
        let isInk = (12..<16).contains(x) && (4..<24).contains(y)
        #expect(abs(dark.image[0, y, x, 0] - (isInk ? 1 : 0)) < 1e-5)
      }
    }
    let light = try Handwriting(bar(paper: { _, _ in 0 }, ink: 255))
    #expect(!light.isInverted)
    #expect(light.image.maximumDifference(from: dark.image) < 1e-5)
  }

  @Test func `light that falls off is taken out`() throws {
    let even = try Handwriting(bar(paper: { _, _ in 255 }, ink: 0))
    let uneven = try Handwriting(
      bar(paper: { x, y in 120 + Double(x) + 0.4 * Double(y) }, ink: 20))
    #expect(uneven.isInverted && uneven.box == even.box)
    // Where less light falls, black is less far below the paper.
    #expect(uneven.image.maximumDifference(from: even.image) < 0.2)
    let gray = try Handwriting(bar(paper: { _, _ in 90 }, ink: 10))
    #expect(gray.isInverted && gray.box == even.box)
  }

  @Test func `noise and specks do not widen the box`() throws {
    var generator = SeededGenerator(seed: 3)
    let noisy = try Handwriting(
      bar(
        paper: { x, y in
          x < 27 && (x * 31 + y * 17) % 211 == 0
            ? 0 : 200 + Double(generator.uniform(within: 12))
        }, ink: 10))
    #expect(noisy.box == (30..<38, 20..<60))
  }

  @Test func `ink at the border is not taken for paper`() throws {
    let touching = try Handwriting(
      picture(width: 90, height: 80) { x, y in
        (30..<38).contains(x) && y < 60 || x >= 30 && (20..<30).contains(y)
          ? 10 : 150 + Double(x)
      })
    #expect(touching.isInverted)
    #expect(touching.box == (30..<90, 0..<60))
  }

  @Test func `a wide faint shadow does not outweigh the digit`() throws {
    let shaded = try Handwriting(
      picture(width: 300, height: 300) { x, y in
        if (20..<28).contains(x) && (20..<60).contains(y) { return 0 }
        return (60..<290).contains(x) && (10..<290).contains(y) ? 230 : 255
      })
    #expect(shaded.box == (20..<28, 20..<60))
  }

  @Test func `a large picture keeps its own coordinates`() throws {
    let large = try Handwriting(
      picture(width: 3000, height: 2000) { x, y in
        (900..<1200).contains(x) && (600..<1200).contains(y) ? 0 : 230
      })
    #expect(large.pictureSize == (3000, 2000))
    #expect(large.box == (900..<1200, 600..<1200))
    #expect(abs(large.scale - 1 / 30) < 1e-9)
  }

  @Test func `what holds no clear digit gets one sentence`() {
    var generator = SeededGenerator(seed: 9)
    let noise = picture(width: 60, height: 60) { _, _ in
      128 + Double(generator.uniform(within: 127))
    }
    expectError(noise, "no clear ink")
    expectError(picture(width: 50, height: 50) { _, _ in 255 }, "no clear ink")
    expectError(picture(width: 1, height: 1) { _, _ in 0 }, "no clear ink")
    expectError(
      picture(width: 90, height: 60) { x, _ in Double(x) * 2 }, "no clear ink")
    expectError(
      picture(width: 60, height: 60) { x, y in
        (30..<33).contains(x) && (30..<34).contains(y) ? 0 : 255
      }, "3 × 4 pixels")
    expectError(
      picture(width: 60, height: 60) { x, y in
        (2..<58).contains(x) && (2..<58).contains(y) ? 255 : 0
      }, "87 % of the picture")
  }

  @Test func `digits of MNIST come out as they went in`() throws {
    let mnist = try MNIST()
    let test = mnist.test.prefix(1000)
    let batch = test.first(1000)
    var (same, enlarged): ([Tensor], [Tensor]) = ([], [])
    var remarks = 0
    for index in 0..<1000 {
      let digit = Array(test.pixels[index * 784..<(index + 1) * 784])
      let asItIs = GrayImage(width: 28, height: 28, levels: digit)
      same.append(try Handwriting(asItIs).image)
      // Seven times as large, dark on light, away from the middle.
      let canvas = picture(width: 320, height: 260) { x, y in
        let (column, row) = ((x - 31) / 7, (y - 40) / 7)
        let isInside = x >= 31 && y >= 40 && column < 28 && row < 28
        return isInside ? 255 - Double(digit[row * 28 + column]) : 255
      }
      let handwriting = try Handwriting(canvas)
      enlarged.append(handwriting.image)
      remarks += handwriting.remarks.count
    }
    // Five of the thousand are written in two strokes far apart.
    #expect(remarks <= 10, "\(remarks)")
    let model = try TrainedModel(
      in: Workspace(
        output: URL(fileURLWithPath: "/nonexistent"), isQuick: false),
      data: mnist, flags: ""
    ).model
    let direct = model.evaluate(on: batch.images, labels: batch.labels)
    for images in [same, enlarged] {
      let images = Tensor(concatenating: images)
      let round = model.evaluate(on: images, labels: batch.labels)
      // Both were 992 of 1,000; other CPUs may flip an image or two.
      #expect(
        abs(round.accuracy.successes - direct.accuracy.successes) <= 3)
      // Rows and columns fainter than 0.2 may be cut from the box, no more.
      let close = (0..<1000).count { index in
        images.rows(index..<index + 1).maximumDifference(
          from: batch.images.rows(index..<index + 1)) <= 0.2
      }
      #expect(close >= 980, "\(close)")
    }
  }

  private func expectError(_ image: GrayImage, _ text: String) {
    let error = #expect(throws: TutorialError.self) { try Handwriting(image) }
    let message = error?.description ?? ""
    #expect(message.contains(text), "\(message)")
  }
}

extension Tensor {
  fileprivate func maximumDifference(from other: Tensor) -> Float {
    (self - other).maximumMagnitude
  }
}
