import Testing

@testable import Lesson
@testable import Shared

@Suite struct StandardizedPixelMutantTests {
  @Test func `W2: changed results are refused`() {
    expectMutantsRefused(of: standardized, spoiledBy: Change.number) { mutant in
      .standardizedPixel { mutant($0, $1, $2) }
    }
  }

  @Test func `W2: every rule is asked for`() {
    expectRefused([
      "white is 255, not 256": .standardizedPixel { byte, mean, deviation in
        (Float(byte) / 256 - mean) / deviation
      },
      "a byte has no sign": .standardizedPixel { byte, mean, deviation in
        (Float(Int8(bitPattern: byte)) / 255 - mean) / deviation
      },
      "black is shifted, too": .standardizedPixel { byte, mean, deviation in
        byte == 0 ? 0 : (Float(byte) / 255 - mean) / deviation
      },
      "a result may be negative": .standardizedPixel { byte, mean, deviation in
        max(0, (Float(byte) / 255 - mean) / deviation)
      },
      "a result may exceed 1": .standardizedPixel { byte, mean, deviation in
        min(1, (Float(byte) / 255 - mean) / deviation)
      },
      "the mean is subtracted": .standardizedPixel { byte, mean, deviation in
        (Float(byte) / 255 + mean) / deviation
      },
      "shift before scale": .standardizedPixel { byte, mean, deviation in
        Float(byte) / 255 / deviation - mean
      },
    ])
  }
}
