import Testing

@testable import Shared

@Suite struct IntervalBoundsTests {
  /// Pixels and ε of all sizes, and pixels that lie ε from black or white but
  /// for a bit or two.
  private static let cases: [(pixel: Float, epsilon: Float)] = {
    var generator = SeededGenerator(seed: 1)
    var cases: [(pixel: Float, epsilon: Float)] = [
      (0, 0), (1, 0), (0.5, 0), (0, 1), (1, 1), (0.2, 0.1), (1, 0.3),
    ]
    for _ in 0..<200 {
      let epsilon = generator.uniform() * generator.uniform()
      let scale = 1 / Float(1 << Int(generator.next() % 20))
      cases.append((pixel: generator.uniform() * scale, epsilon: epsilon))
      for pixel in [epsilon, 1 - epsilon] {
        cases += [pixel.nextUp, pixel.nextUp.nextUp, pixel, pixel.nextDown]
          .filter { (0...1) ~= $0 }
          .map { (pixel: $0, epsilon: epsilon) }
      }
    }
    return cases
  }()

  @Test func `nothing outside is allowed to an attack`() {
    for (pixel, epsilon) in Self.cases {
      let image = Tensor(shape: [1, 1, 1, 1], scalars: [pixel])
      let box = IntervalBounds(around: image, .pixels(epsilon))
      let (lower, upper) = (box.lower.scalars[0], box.upper.scalars[0])
      func isAllowed(_ changed: Float) -> Bool {
        Epsilon.pixels(epsilon).isAllowed(
          Tensor(shape: image.shape, scalars: [changed]), from: image)
      }
      let text = "\(pixel) ± \(epsilon)"
      // What is allowed has no gaps, so the next number decides for all.
      #expect(!isAllowed(lower.nextDown), "\(text)")
      #expect(!isAllowed(upper.nextUp), "\(text)")
      #expect(0 <= lower && lower <= pixel, "\(text)")
      #expect(pixel <= upper && upper <= 1, "\(text)")
      let reach = Double(epsilon) + 0x1p-22
      #expect(Double(pixel) - Double(lower) <= reach, "\(text)")
      #expect(Double(upper) - Double(pixel) <= reach, "\(text)")
    }
  }

  @Test func `a rising layer takes ends to ends`() {
    let box = IntervalBounds(
      lower: Tensor([-2, -1, 1, -.infinity]),
      upper: Tensor([-1, 3, 4, .infinity]))
    let result = box.mapped(by: ReLU())
    #expect(result.lower == Tensor([0, 0, 1, 0]))
    #expect(result.upper == Tensor([0, 3, 4, .infinity]))
  }
}
