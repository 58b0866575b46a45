import Foundation
import Testing

@testable import Lesson
@testable import Shared

private typealias Draw = @Sendable (Tensor, Float, UInt64) -> Tensor

/// With ε as a plain number of pixels.
private func inPixels(_ draw: @escaping Draw) -> PGD.RandomStart {
  { draw($0, $1.pixels, $2) }
}

@Suite struct RandomStartTests {
  @Test func `every solution of 6c passes`() throws {
    #expect(Exercise.randomStart(randomStart).verdict() == .solved)
    let others: [Draw] = [
      { images, epsilon, seed in
        // Noise first, in another order and from uniform numbers in 0..<1.
        var generator = SeededGenerator(seed: seed &+ 5)
        var moved = images
        for i in images.scalars.indices.reversed() {
          let noise = epsilon * (2 * generator.uniform() - 1)
          let low = max(0, images.scalars[i] - epsilon)
          let high = min(1, images.scalars[i] + epsilon)
          moved.scalars[i] = max(low, min(high, images.scalars[i] + noise))
        }
        return moved
      }
    ]
    for other in others {
      #expect(Exercise.randomStart(inPixels(other)).verdict() == .solved)
    }
  }

  @Test func `each mistake of 6c has its name`() throws {
    let mistakes: [String: Draw] = [
      "another shape": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return Tensor(
          images.scalars.map {
            min(max($0 + generator.uniform(within: epsilon), 0), 1)
          })
      },
      "no random start": { images, _, _ in images },
      "left the box": { images, _, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map { _ in generator.uniform() }
      },
      "left 0...1": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map { $0 + generator.uniform(within: epsilon) }
      },
      "not repeatable": { images, epsilon, _ in
        images.map { min(max($0 + .random(in: -epsilon...epsilon), 0), 1) }
      },
      "seed ignored": { images, epsilon, _ in
        var generator = SeededGenerator(seed: 0)
        return images.map {
          min(max($0 + generator.uniform(within: epsilon), 0), 1)
        }
      },
      "same offset everywhere": { images, epsilon, seed in
        images.map { pixel in
          var generator = SeededGenerator(seed: seed)
          return min(max(pixel + generator.uniform(within: epsilon), 0), 1)
        }
      },
      "corners only": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map {
          min(max($0 + (generator.uniform() < 0.5 ? -epsilon : epsilon), 0), 1)
        }
      },
      "box not filled": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map {
          min(max($0 + (generator.uniform() - 0.5) * epsilon, 0), 1)
        }
      },
      "not a number": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map {
          min(max($0 + generator.uniform(within: epsilon) / 0 * 0, 0), 1)
        }
      },
      "not equally likely": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map {
          min(max($0 + epsilon * cos(.pi * generator.uniform()), 0), 1)
        }
      },
      "only upward": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map { min(max($0 + generator.uniform() * epsilon, 0), 1) }
      },
    ]
    for (name, mistake) in mistakes.merging(dependent, uniquingKeysWith: { $1 })
    {
      let found = graded(.randomStart(inPixels(mistake)))
      #expect(found == name)
    }
    #expect(
      Set(mistakes.keys).union(dependent.keys)
        == Set(
          Exercise.randomStart { images, _, _ in images }.misconceptionNames))
  }

  private var dependent: [String: Draw] {
    [
      "numbers used twice": { images, epsilon, seed in
        // The same noise for every image.
        Tensor(
          concatenating: (0..<images.shape[0]).map { image in
            var generator = SeededGenerator(seed: seed)
            return images.rows(image..<image + 1).map {
              min(max($0 + generator.uniform(within: epsilon), 0), 1)
            }
          })
      },
      "a pixel left behind": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        var start = images
        for i in 1..<images.count {
          let moved = images.scalars[i] + generator.uniform(within: epsilon)
          start.scalars[i] = min(max(moved, 0), 1)
        }
        return start
      },
      "black or white pixels stay": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map {
          $0 == 0
            ? 0 : min(max($0 + generator.uniform(within: epsilon), 0), 1)
        }
      },
      "drawn again or reflected": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map {
          let moved = abs($0 + generator.uniform(within: epsilon))
          return moved > 1 ? 2 - moved : moved
        }
      },
    ]
  }

  @Test func `6c: trivial answers are refused`() throws {
    #expect(
      graded(.randomStart { x, _, _ in Tensor(shape: x.shape) })
        == "left the box")
    // One number for each image is still one offset for its pixels.
    #expect(
      graded(
        .randomStart { images, epsilon, seed in
          var generator = SeededGenerator(seed: seed)
          return Tensor(
            concatenating: (0..<images.shape[0]).map {
              let offset = generator.uniform(within: epsilon.pixels)
              return images.rows($0..<$0 + 1).map {
                min(max($0 + offset, 0), 1)
              }
            })
        }) == "same offset everywhere")
  }
}
