import Testing

@testable import Shared

@Suite struct GaussianNoiseTests {
  @Test func `noise has its mean, its size, and no end at black and white`() {
    let images = Tensor(shape: [50, 20, 20, 1], repeating: 0.25)
    let noise = images.withGaussianNoise(0.5, seed: 1).map { $0 - 0.25 }
    let count = Double(noise.count)
    // Five standard deviations of each estimate.
    #expect(abs(noise.mean) < 5 * 0.5 / count.squareRoot())
    let variance = noise.norm * noise.norm / count
    #expect(abs(variance / 0.25 - 1) < 5 * (2 / count).squareRoot())
    // 4.55 % lie beyond two standard deviations.
    let far = noise.scalars.count { abs($0) > 1 }
    #expect(abs(Double(far) / count - 0.0455) < 0.008)
    #expect(noise.scalars.contains { $0 < -0.25 })
    #expect(noise.scalars.contains { $0 > 0.75 })
  }

  @Test func `every image has noise of its own`() {
    let images = Tensor(shape: [2, 40, 50, 1])
    let noise = images.withGaussianNoise(1, seed: 2)
    let correlation =
      zip(noise.row(0), noise.row(1)).reduce(0) {
        $0 + Double($1.0) * Double($1.1)
      } / 2000
    // Five standard deviations.
    #expect(abs(correlation) < 5 / 2000.0.squareRoot())
  }

  @Test func `it depends on seed and number, not on neighbors or workers`() {
    let images = Sample.uniform([5, 4, 4, 1], seed: 3)
    let noise = images.withGaussianNoise(0.3, seed: 4)
    #expect(noise != images.withGaussianNoise(0.3, seed: 5))
    #expect(
      images.rows(0..<2).withGaussianNoise(0.3, seed: 4) == noise.rows(0..<2))
    for workers in [1, 2, 3] {
      Workers.$count.withValue(workers) {
        #expect(images.withGaussianNoise(0.3, seed: 4) == noise)
      }
    }
    #expect(images.withGaussianNoise(0, seed: 4) == images)
  }
}
