import Testing

@testable import Lesson
@testable import Shared

@Suite struct StandardizedPixelTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.standardizedPixel(standardized)) == "solved")
    #expect(
      graded(
        .standardizedPixel { byte, mean, deviation in
          Float(byte) * (1 / (255 * deviation)) - mean / deviation
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.standardizedPixel { _, _, _ in 0 }) == "refused")
    #expect(
      graded(.standardizedPixel { byte, _, _ in Float(byte) })
        == "refused")
    #expect(graded(.standardizedPixel { _, _, _ in .nan }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    expectDiagnoses([
      "not divided by 255": .standardizedPixel { byte, mean, deviation in
        (Float(byte) - mean) / deviation
      },
      "mean not subtracted": .standardizedPixel { byte, mean, deviation in
        Float(byte) / 255 / deviation
      },
      "multiplied by the standard deviation": .standardizedPixel {
        byte, mean, deviation in
        deviation * (Float(byte) / 255 - mean)
      },
      "divided by the variance": .standardizedPixel { byte, mean, deviation in
        let centered = Float(byte) / 255 - mean
        return centered / deviation / deviation
      },
      "only the mean divided": .standardizedPixel { byte, mean, deviation in
        Float(byte) / 255 - mean / deviation
      },
      "whole-number division": .standardizedPixel { byte, mean, deviation in
        let pixel = byte / 255
        return (Float(pixel) - mean) / deviation
      },
    ])
  }
}
