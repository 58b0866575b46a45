import Testing

@testable import Lesson
@testable import Shared

private typealias Pixel = @Sendable (Float, Float, Float) -> Float

@Suite struct ProjectedPixelTests {
  @Test func `every solution of 6a passes`() throws {
    let others: [Pixel] = [
      projectedPixel,
      { candidate, pixel, epsilon in
        // As a change of the pixel.
        var change = candidate - pixel
        if change > epsilon { change = epsilon }
        if change < -epsilon { change = -epsilon }
        let moved = pixel + change
        return moved < 0 ? 0 : moved > 1 ? 1 : moved
      },
      { candidate, pixel, epsilon in
        // The middle one of three numbers.
        let ends = [max(0, pixel - epsilon), min(1, pixel + epsilon)]
        return (ends + [candidate]).sorted()[1]
      },
    ]
    for other in others {
      #expect(Exercise.projectedPixel(other).verdict() == .solved)
    }
  }

  @Test func `each mistake of 6a has its name`() throws {
    let mistakes: [String: Pixel] = [
      "no projection": { candidate, _, _ in
        if candidate < 0 { return 0 }
        return candidate > 1 ? 1 : candidate
      },
      "left 0...1": { candidate, pixel, epsilon in
        pixel + min(epsilon, max(-epsilon, candidate - pixel))
      },
      "box around 0": { candidate, _, epsilon in
        candidate > epsilon ? epsilon : max(candidate, -epsilon)
      },
      "normalized range": { candidate, pixel, epsilon in
        let inBall = pixel + max(min(candidate - pixel, epsilon), -epsilon)
        return min(2.8215, max(-0.4242, inBall))
      },
    ]
    for (name, mistake) in mistakes {
      let found = graded(.projectedPixel(mistake))
      #expect(found == name)
    }
    #expect(
      Set(mistakes.keys)
        == Set(Exercise.projectedPixel { _, _, _ in 0 }.misconceptionNames))
  }

  @Test func `6a: trivial answers are refused`() throws {
    let trivial: [Pixel] = [
      { _, _, _ in 0 }, { candidate, _, _ in candidate },
      { _, pixel, _ in pixel }, { _, _, _ in .nan },
    ]
    for answer in trivial {
      #expect(graded(.projectedPixel(answer)) != "solved")
    }
  }
}
