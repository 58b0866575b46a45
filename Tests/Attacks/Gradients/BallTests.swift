import Foundation
import Testing

@testable import Shared

@Suite struct BallTests {
  private static let norms: [Norm] = [.maximum, .euclidean]

  /// An image with black and white pixels in it, a ball around it and a point
  /// elsewhere; of all sizes.
  private struct Case {
    let ball: Ball
    let image: [Float]
    let moved: [Float]

    init(_ norm: Norm, using generator: inout SeededGenerator) {
      let radius = pow(10, 8 * generator.uniform() - 8)
      ball = Ball(norm: norm, radius: norm == .maximum ? radius : 2 * radius)
      let scale = pow(10, 10 * generator.uniform() - 9)
      let count = Int.random(in: 1...40, using: &generator)
      image = (0..<count).map { _ in
        min(max(generator.uniform(within: 1) + 0.5, 0), 1)
      }
      moved = image.map { $0 + generator.uniform(within: scale) }
    }
  }

  @Test(arguments: norms)
  func `no point leaves its ball, by not even one bit`(norm: Norm) {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<5000 {
      let random = Case(norm, using: &generator)
      let result = random.ball.projected(random.moved, around: random.image)
      #expect(
        random.ball.bound.isKept(Tensor(result), from: Tensor(random.image))
          && result.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test(arguments: norms)
  func `what is allowed stays as it is`(norm: Norm) {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<5000 {
      let random = Case(norm, using: &generator)
      let once = random.ball.projected(random.moved, around: random.image)
      #expect(random.ball.projected(once, around: random.image) == once)
    }
  }

  @Test func `in the maximum norm each pixel goes to the nearest value`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let random = Case(.maximum, using: &generator)
      let radius = Double(random.ball.radius)
      let result = random.ball.projected(random.moved, around: random.image)
      for (i, value) in result.enumerated() {
        let pixel = Double(random.image[i])
        let nearest = min(
          max(Double(random.moved[i]), pixel - radius, 0), pixel + radius, 1)
        #expect(abs(Double(value) - nearest) < 1.2e-7)
      }
    }
  }

  @Test func `in the Euclidean norm it goes straight back to the sphere`() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<2000 {
      let radius = 0.45 * generator.uniform() + 0.01
      let image = (0..<20).map { _ in Float(0.5) }
      let moved = image.map { $0 + generator.uniform(within: 0.5) }
      let factor = min(1, Double(radius) / distance(moved, image))
      let result = Ball(norm: .euclidean, radius: radius)
        .projected(moved, around: image)
      for (value, moved) in zip(result, moved) {
        let expected = 0.5 + factor * (Double(moved) - 0.5)
        #expect(abs(Double(value) - expected) < 2e-7)
      }
    }
    // 0.6 and 0.8 of the way, and nothing below black.
    let corner = Ball(norm: .euclidean, radius: 0.5)
      .projected([-0.6, 0.9], around: [0, 0.1])
    #expect(corner[0] == 0)
    #expect(abs(corner[1] - 0.5) < 1e-6)
  }

  @Test(arguments: norms)
  func `many images are as one after the other`(norm: Norm) {
    let images = Sample.batch(5, height: 6, width: 6, seed: 5).images
    let moved = images + Sample.uniform([5, 6, 6, 1], seed: 6)
    let ball = Ball(norm: norm, radius: 0.3)
    let together = ball.projected(moved, around: images)
    #expect(together.shape == images.shape)
    for row in 0..<5 {
      #expect(
        ball.projected(Array(moved.row(row)), around: Array(images.row(row)))
          == Array(together.row(row)))
    }
    let gradient = Sample.uniform([5, 6, 6, 1], seed: 7)
    let stepped = ball.stepped(images, along: gradient, by: 0.25)
    for row in 0..<5 {
      let direction = ball.direction(of: Array(gradient.row(row)))
      #expect(
        zip(images.row(row), direction).map { $0 + 0.25 * $1 }
          == Array(stepped.row(row)))
    }
  }

  @Test func `the direction is the signs or the gradient of length 1`() {
    let box = Ball(norm: .maximum, radius: 1)
    let ball = Ball(norm: .euclidean, radius: 1)
    #expect(box.direction(of: [3, -4, 0]) == [1, -1, 0])
    #expect(ball.direction(of: [3, -4, 0]) == [0.6, -0.8, 0])
    #expect(box.direction(of: [0, 0]) == [0, 0])
    #expect(ball.direction(of: [0, 0]) == [0, 0])
    // Far too small to be squared as they are.
    #expect(ball.direction(of: [3e-30, 4e-30]) == [0.6, 0.8])
  }

  @Test func `a point that is nowhere goes back to the image`() {
    let ball = Ball(norm: .euclidean, radius: 0.1)
    for nowhere: Float in [.nan, .infinity, -.infinity] {
      #expect(
        ball.projected([nowhere, 0.7], around: [0.5, 0.6]) == [0.5, 0.6])
    }
  }

  @Test func `starts in a box are uniform`() {
    let images = Tensor(shape: [3000, 1, 4, 1], repeating: 0.5)
    let box = Ball(norm: .maximum, radius: 0.25)
    let starts = box.randomStart(around: images, seed: 1, onSurface: false)
    expectUniform(starts.scalars.map { ($0 - 0.5) / 0.25 })
  }

  @Test func `starts on a box are uniform on its eight faces`() {
    let images = Tensor(shape: [3000, 1, 4, 1], repeating: 0.5)
    let box = Ball(norm: .maximum, radius: 0.25)
    let starts = box.randomStart(around: images, seed: 2, onSurface: true)
    var (faces, others): ([Float], [Float]) = ([], [])
    for start in starts.allRows.map({ $0.map { ($0 - 0.5) / 0.25 } }) {
      let largest = start.indices.reduce(0) {
        abs(start[$1]) > abs(start[$0]) ? $1 : $0
      }
      #expect(abs(abs(start[largest]) - 1) < 1e-6)
      let face = 2 * largest + (start[largest] > 0 ? 1 : 0)
      faces.append((Float(face) + 0.5) / 4 - 1)
      others += start.indices.filter { $0 != largest }.map { start[$0] }
    }
    expectUniform(faces, bins: 8)
    expectUniform(others)
  }

  @Test(arguments: [true, false])
  func `starts in a ball are uniform`(onSurface: Bool) {
    let images = Tensor(shape: [4000, 1, 3, 1], repeating: 0.5)
    let ball = Ball(norm: .euclidean, radius: 0.4)
    let starts = ball.randomStart(
      around: images, seed: 3, onSurface: onSurface
    ).allRows.map { $0.map { ($0 - 0.5) / 0.4 } }
    let lengths = starts.map(lengthOf)
    if onSurface {
      #expect(lengths.allSatisfy { abs($0 - 1) < 1e-6 })
    } else {
      // The volume within a radius grows with its third power.
      expectUniform(lengths.map { Float(2 * pow($0, 3) - 1) })
    }
    // On a sphere, equal slices along an axis have equal areas (Archimedes).
    for axis in 0..<3 {
      expectUniform(zip(starts, lengths).map { $0[axis] / Float($1) })
    }
  }

  @Test(arguments: norms)
  func `a start depends on the seed and stays an image`(norm: Norm) {
    let images = Sample.batch(4, seed: 8).images
    let ball = Ball(norm: norm, radius: 0.5)
    func start(_ seed: UInt64) -> Tensor {
      ball.randomStart(around: images, seed: seed, onSurface: true)
    }
    #expect(start(1) == start(1))
    #expect(start(1) != start(2))
    #expect(start(1).row(0) != start(1).row(1))
    #expect(
      Promise.broken(
        start(1), from: images, after: images, bound: ball.bound
      ).isEmpty)
  }

  /// Expects numbers in −1...1 to fill equal bins equally: Pearson's χ², of
  /// which four times the square root of its own spread is far out.
  private func expectUniform(
    _ values: [Float], bins: Int = 10,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var counts = [Int](repeating: 0, count: bins)
    for value in values {
      counts[min(max(Int((value + 1) / 2 * Float(bins)), 0), bins - 1)] += 1
    }
    let expected = Double(values.count) / Double(bins)
    let square = counts.reduce(0) {
      $0 + pow(Double($1) - expected, 2) / expected
    }
    let freedom = Double(bins - 1)
    #expect(
      square < freedom + 4 * (2 * freedom).squareRoot(), "\(counts)",
      sourceLocation: sourceLocation)
  }
}
