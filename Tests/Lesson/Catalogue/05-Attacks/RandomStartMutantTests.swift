import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct RandomStartMutantTests {
  @Test func `6c: changed results are refused`() {
    // A hundredth more is another right start where the box has room for it.
    let changes = Change.tensor.filter { !$0.name.contains("hundredth") }
    expectMutantsRefused(of: randomStart, spoiledBy: changes) { mutant in
      .randomStart { mutant($0, $1, $2) }
    }
  }

  @Test func `6c: every rule of place is asked for`() {
    expectRefused([
      "the first pixel moves": start { index, _, _ in index > 0 },
      "the last pixel moves": start { index, images, _ in
        index < images.count - 1
      },
      "every pixel moves, not every second": start { index, _, _ in
        index % 2 == 0
      },
      "every image moves": start { index, images, _ in
        index < images.count - images.rowCount
      },
      "white pixels move": start { _, _, pixel in pixel < 1 },
      "gray pixels move": start { _, _, pixel in pixel == 0 || pixel == 1 },
      "put back to 0, not reflected": noisy {
        $0.uniform(within: $1)
      } back: {
        min(abs($0), 1)
      },
      "put back to 1, not reflected": noisy {
        $0.uniform(within: $1)
      } back: {
        max($0 > 1 ? 2 - $0 : $0, 0)
      },
      "not below 0": noisy {
        $0.uniform(within: $1)
      } back: {
        min($0, 1)
      },
      "not above 1": noisy {
        $0.uniform(within: $1)
      } back: {
        max($0, 0)
      },
    ])
  }

  @Test func `6c: every rule of chance is asked for`() {
    expectRefused([
      "the ends are as likely": noisy { generator, epsilon in
        let size = (-2 * log(1 - generator.uniform())).squareRoot()
        let normal = size * cos(2 * .pi * generator.uniform())
        return min(max(normal * epsilon / 2, -epsilon), epsilon)
      },
      "the middle is as likely": noisy { generator, epsilon in
        epsilon * cos(.pi * generator.uniform())
      },
      "one side is as likely": noisy { generator, epsilon in
        epsilon * (1.5 * generator.uniform() - 0.5)
      },
      "up to ε": noisy { generator, epsilon in
        generator.uniform(within: 0.8 * epsilon)
      },
      "anywhere, not on a few steps": noisy { generator, epsilon in
        (generator.uniform(within: 1) * 20).rounded() / 20 * epsilon
      },
      "every bit of the seed": .randomStart { images, epsilon, seed in
        randomStart(images: images, epsilon: epsilon, seed: seed & 1)
      },
      "a seed of more than 32 bits": .randomStart { images, epsilon, seed in
        randomStart(
          images: images, epsilon: epsilon,
          seed: UInt64(UInt32(truncatingIfNeeded: seed)))
      },
    ])
  }
}

/// A right start in which only some pixels move.
private func start(
  moving moves: @escaping @Sendable (Int, Tensor, Float) -> Bool
) -> Exercise<PGD.RandomStart> {
  .randomStart { images, epsilon, seed in
    var start = randomStart(images: images, epsilon: epsilon, seed: seed)
    for (index, pixel) in images.scalars.enumerated()
    where !moves(index, images, pixel) { start.scalars[index] = pixel }
    return start
  }
}

/// A start with other numbers, or with another way back into 0...1.
private func noisy(
  _ draw: @escaping @Sendable (inout SeededGenerator, Float) -> Float,
  back: @escaping @Sendable (Float) -> Float = { min(max($0, 0), 1) }
) -> Exercise<PGD.RandomStart> {
  .randomStart { images, epsilon, seed in
    var generator = SeededGenerator(seed: seed)
    return images.map { back($0 + draw(&generator, epsilon.pixels)) }
  }
}
