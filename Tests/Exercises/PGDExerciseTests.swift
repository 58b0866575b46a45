import Testing

@testable import Shared

private typealias Pixel = @Sendable (Float, Float, Float) throws -> Float
private typealias Walk =
  @Sendable (Tensor, Tensor, [Int], Sequential, Float, Float, Int) throws ->
  Tensor
private typealias Draw = @Sendable (Tensor, Float, UInt64) throws -> Tensor

@Suite struct PGDExerciseTests {
  // MARK: 6a

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
      #expect(try Exercise.projectedPixel(other).verdict() == .solved)
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
      let found = try graded(.projectedPixel(mistake))
      #expect(found == name)
    }
    #expect(
      Set(mistakes.keys)
        == Set(Exercise.projectedPixel { _, _, _ in 0 }.misconceptionNames))
  }

  @Test func `6a unsolved, and trivial answers`() throws {
    #expect(
      try Exercise.projectedPixel { _, _, _ in throw Unsolved() }.verdict()
        == .unsolved)
    let trivial: [Pixel] = [
      { _, _, _ in 0 }, { candidate, _, _ in candidate },
      { _, pixel, _ in pixel }, { _, _, _ in .nan },
    ]
    for answer in trivial {
      #expect(try graded(.projectedPixel(answer)) != "solved")
    }
  }

  // MARK: 6b

  @Test func `every solution of 6b passes`() throws {
    let others: [Walk] = [
      ascend,
      { start, images, labels, model, epsilon, stepSize, steps in
        // In terms of the change from the original.
        var delta = start - images
        for _ in 0..<steps {
          let slope = model.inputGradient(of: images + delta, labels: labels)
          let direction = slope.map { $0 == 0 ? 0 : $0 < 0 ? -1 : 1 }
          delta = (delta + direction * stepSize).map {
            max(-epsilon, min(epsilon, $0))
          }
          delta = (images + delta).map { min(1, max(0, $0)) } - images
        }
        return images + delta
      },
      { start, images, labels, model, epsilon, stepSize, steps in
        // Image by image, and the slope by hand.
        let parts = labels.indices.map { n in
          let image = images.rows(n..<n + 1)
          var x = start.rows(n..<n + 1)
          for _ in 0..<steps {
            let (logits, cache) = model.forward(x, mode: .inference)
            let loss = softmaxCrossEntropy(logits: logits, labels: [labels[n]])
            let slope = model.inputGradient(loss.gradient, cache: cache)
            x = x.combined(with: slope) {
              $1 > 0 ? $0 + stepSize : $1 < 0 ? $0 - stepSize : $0
            }
            x = x.combined(with: image) {
              min(max($0, $1 - epsilon), $1 + epsilon)
            }
            x = x.map { min(max($0, 0), 1) }
          }
          return x
        }
        return Tensor(concatenating: parts)
      },
    ]
    for other in others {
      #expect(try Exercise.ascend(other).verdict() == .solved)
    }
  }

  @Test func `each mistake of 6b has its name`() throws {
    let mistakes = directionMistakes.merging(boxMistakes) { first, _ in first }
    for (name, mistake) in mistakes {
      let found = try graded(.ascend(mistake))
      #expect(found == name)
    }
    let names = Exercise.ascend { start, _, _, _, _, _, _ in start }
      .misconceptionNames
    #expect(Set(mistakes.keys) == Set(names))
  }

  private var directionMistakes: [String: Walk] {
    [
      "wrong sign": { start, x0, labels, model, epsilon, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          let g = model.inputGradient(of: x, labels: labels)
          x = box(x - signs(g) * stepSize, x0, epsilon)
        }
        return x
      },
      "slope of the original": { start, x0, labels, model, e, stepSize, steps in
        var x = start
        let g = model.inputGradient(of: x0, labels: labels)
        for _ in 0..<steps { x = box(x + signs(g) * stepSize, x0, e) }
        return x
      },
      "slope taken once": { start, x0, labels, model, e, stepSize, steps in
        let g = model.inputGradient(of: start, labels: labels)
        return (0..<steps).reduce(start) { x, _ in
          box(x + signs(g) * stepSize, x0, e)
        }
      },
      "slope instead of its sign": { start, x0, labels, model, e, step, steps in
        var x = start
        for _ in 0..<steps {
          x = box(
            x + model.inputGradient(of: x, labels: labels) * step, x0, e)
        }
        return x
      },
      "start ignored": { _, x0, labels, model, epsilon, stepSize, steps in
        walk(x0, x0, labels, model, epsilon, stepSize, steps)
      },
      "ε as step size": { start, x0, labels, model, epsilon, _, steps in
        walk(start, x0, labels, model, epsilon, epsilon, steps)
      },
      "one step too few": { start, x0, labels, model, e, stepSize, steps in
        var x = start
        for _ in 1..<steps {
          x = walk(x, x0, labels, model, e, stepSize, 1)
        }
        return x
      },
      "not uphill": { start, x0, _, model, epsilon, stepSize, steps in
        // The model's own answers in place of the labels.
        let answers = predictions(model.logits(of: x0))
        return walk(start, x0, answers, model, epsilon, stepSize, steps)
      },
    ]
  }

  private var boxMistakes: [String: Walk] {
    [
      "no projection": { start, _, labels, model, _, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          let g = model.inputGradient(of: x, labels: labels)
          x = (x + signs(g) * stepSize).map { min(1, max(0, $0)) }
        }
        return x
      },
      "box drifts": { start, _, labels, model, epsilon, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          let g = model.inputGradient(of: x, labels: labels)
          x = box(x + signs(g) * stepSize, x, epsilon)
        }
        return x
      },
      "projected too early": { start, x0, labels, model, e, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          x = box(x, x0, e)
          x += signs(model.inputGradient(of: x, labels: labels)) * stepSize
        }
        return x
      },
      "ε divided by 0.3081": { start, x0, labels, model, e, stepSize, steps in
        walk(start, x0, labels, model, e / 0.3081, stepSize, steps)
      },
      "ε multiplied by 0.3081": { start, x0, labels, model, e, step, steps in
        walk(start, x0, labels, model, e * 0.3081, step, steps)
      },
      "left the box": { start, _, labels, model, epsilon, stepSize, steps in
        // A box around the start.
        walk(start, start, labels, model, epsilon, stepSize, steps)
      },
      "left 0...1": { start, x0, labels, model, epsilon, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          let g = model.inputGradient(of: x, labels: labels)
          x = (x + signs(g) * stepSize).combined(with: x0) {
            $1 + min(epsilon, max(-epsilon, $0 - $1))
          }
        }
        return x
      },
    ]
  }

  @Test func `6b unsolved, and trivial answers`() throws {
    #expect(
      try Exercise.ascend { _, _, _, _, _, _, _ in throw Unsolved() }.verdict()
        == .unsolved)
    let trivial: [Walk] = [
      { start, _, _, _, _, _, _ in start }, { _, x0, _, _, _, _, _ in x0 },
      { _, x0, _, _, _, _, _ in Tensor(shape: x0.shape) },
      { start, _, _, _, _, _, _ in start.reshaped(to: [start.count]) },
    ]
    for answer in trivial {
      #expect(try graded(.ascend(answer)) != "solved")
    }
  }

  // MARK: 6c

  @Test func `every solution of 6c passes`() throws {
    let others: [Draw] = [
      randomStart, StepwisePGD.drawing(),
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
      },
      { images, epsilon, seed in
        // A point between both ends of what is allowed.
        var generator = SeededGenerator(seed: seed)
        return images.map { pixel in
          let (low, high) = (max(0, pixel - epsilon), min(1, pixel + epsilon))
          return low + generator.uniform() * (high - low)
        }
      },
    ]
    for other in others {
      #expect(try Exercise.randomStart(other).verdict() == .solved)
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
      "only upward": { images, epsilon, seed in
        var generator = SeededGenerator(seed: seed)
        return images.map { min(max($0 + generator.uniform() * epsilon, 0), 1) }
      },
    ]
    for (name, mistake) in mistakes {
      let found = try graded(.randomStart(mistake))
      #expect(found == name)
    }
    #expect(
      Set(mistakes.keys)
        == Set(
          Exercise.randomStart { images, _, _ in images }.misconceptionNames))
  }

  @Test func `6c unsolved, and trivial answers`() throws {
    #expect(
      try Exercise.randomStart { _, _, _ in throw Unsolved() }.verdict()
        == .unsolved)
    #expect(
      try graded(.randomStart { x, _, _ in Tensor(shape: x.shape) })
        == "left the box")
    // One number for each image is still one offset for its pixels.
    #expect(
      try graded(
        .randomStart { images, epsilon, seed in
          var generator = SeededGenerator(seed: seed)
          return Tensor(
            concatenating: (0..<images.shape[0]).map {
              let offset = generator.uniform(within: epsilon)
              return images.rows($0..<$0 + 1).map {
                min(max($0 + offset, 0), 1)
              }
            })
        }) == "same offset everywhere")
  }
}

private func signs(_ tensor: Tensor) -> Tensor {
  tensor.map { $0 > 0 ? 1 : ($0 < 0 ? -1 : 0) }
}

private func box(_ x: Tensor, _ around: Tensor, _ epsilon: Float) -> Tensor {
  x.combined(with: around) {
    max(0, min(1, max($1 - epsilon, min($1 + epsilon, $0))))
  }
}

private func walk(
  _ start: Tensor, _ around: Tensor, _ labels: [Int], _ model: Sequential,
  _ epsilon: Float, _ stepSize: Float, _ steps: Int
) -> Tensor {
  var x = start
  for _ in 0..<steps {
    let g = model.inputGradient(of: x, labels: labels)
    x = box(x + signs(g) * stepSize, around, epsilon)
  }
  return x
}
