import Foundation
import Testing

@testable import Shared

@Suite struct GaussianBlurTests {
  /// Straight from the formula, in two dimensions at once.
  private func slowly(_ images: ExactTensor, sigma: Double) -> ExactTensor {
    let (height, width) = (images.shape[1], images.shape[2])
    let reach = Int(3 * sigma)
    func weight(_ i: Int, _ j: Int) -> Double {
      exp(-Double(i * i + j * j) / (2 * sigma * sigma))
    }
    var all = 0.0
    for i in -reach...reach {
      for j in -reach...reach { all += weight(i, j) }
    }
    var result = ExactTensor(zeros: images.shape)
    for n in 0..<images.shape[0] {
      for y in 0..<height {
        for x in 0..<width {
          for c in 0..<images.shape[3] {
            for i in max(-reach, -y)...min(reach, height - 1 - y) {
              for j in max(-reach, -x)...min(reach, width - 1 - x) {
                result[n, y, x, c] +=
                  weight(i, j) / all * images[n, y + i, x + j, c]
              }
            }
          }
        }
      }
    }
    return result
  }

  @Test(arguments: [0.3, 0.5, 1, 1.5, 4])
  func `every pixel is the mean that the formula gives`(sigma: Double) {
    let images = Sample.uniform([2, 6, 9, 2], seed: 1).map(abs)
    expectClose(
      GaussianBlur(sigma: sigma).changed(images),
      slowly(ExactTensor(images), sigma: sigma), relative: 1e-5)
  }

  @Test func `a white pixel spreads and loses nothing`() {
    var image = Tensor(shape: [1, 11, 11, 1])
    image[0, 5, 5, 0] = 1
    let blurred = GaussianBlur(sigma: 1).changed(image)
    #expect(abs(blurred.sum - 1) < 1e-6)
    // 1 + 2 (e^−0.5 + e^−2 + e^−4.5) = 2.50596, squared.
    #expect(abs(blurred[0, 5, 5, 0] - 1 / 6.2798) < 1e-4)
    #expect(blurred[0, 5, 8, 0] > 0)
    #expect(blurred[0, 5, 9, 0] == 0)
    #expect(blurred[0, 3, 5, 0] == blurred[0, 7, 5, 0])
    #expect(abs(blurred[0, 3, 6, 0] - blurred[0, 6, 3, 0]) < 1e-7)
  }

  @Test func `an even ground stays as it is, except near the edge`() {
    for level in [0.5, 1] as [Float] {
      let even = Tensor(shape: [1, 12, 12, 1], repeating: level)
      let blurred = GaussianBlur(sigma: 1.5).changed(even)
      #expect(blurred.scalars.allSatisfy { (0...1) ~= $0 })
      for y in 4...7 {
        for x in 4...7 {
          #expect(abs(blurred[0, y, x, 0] - level) < 1e-6)
        }
      }
      #expect(blurred[0, 0, 6, 0] < 0.9 * level)
    }
  }

  @Test func `a width that is none is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = GaussianBlur(sigma: 0)
    }
    expectMessage(of: result, contains: "above 0")
  }
}
