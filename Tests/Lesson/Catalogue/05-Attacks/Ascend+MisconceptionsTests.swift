@testable import Lesson
@testable import Shared

/// Wrong answers to 6b as people write them, by the name of the mistake.
extension AscendTests {
  var directionMistakes: [String: Walk] {
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
      "moved where the gradient is 0": {
        start, x0, labels, model, epsilon, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          let g = model.inputGradient(of: x, labels: labels)
          x = box(x + g.map { $0 >= 0 ? 1 : -1 } * stepSize, x0, epsilon)
        }
        return x
      },
      "start ignored": { _, x0, labels, model, epsilon, stepSize, steps in
        walk(x0, x0, labels, model, epsilon, stepSize, steps)
      },
      "ε as step size": { start, x0, labels, model, epsilon, _, steps in
        walk(start, x0, labels, model, epsilon, epsilon, steps)
      },
      "one step too many": { start, x0, labels, model, e, stepSize, steps in
        var x = start
        for _ in 0...steps { x = walk(x, x0, labels, model, e, stepSize, 1) }
        return x
      },
      "one step too few": { start, x0, labels, model, e, stepSize, steps in
        var x = start
        for _ in 1..<steps {
          x = walk(x, x0, labels, model, e, stepSize, 1)
        }
        return x
      },
      "not a number": { start, x0, labels, model, epsilon, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          let g = model.inputGradient(of: x, labels: labels)
          x = (x + g.map { $0 / abs($0) } * stepSize).combined(with: x0) {
            min(max($0, max($1 - epsilon, 0)), min($1 + epsilon, 1))
          }
        }
        return x
      },
      "answers instead of labels": {
        start, x0, _, model, epsilon, stepSize, steps in
        let answers = predictions(model.logits(of: x0))
        return walk(start, x0, answers, model, epsilon, stepSize, steps)
      },
    ]
  }

  var boxMistakes: [String: Walk] {
    [
      "projected only at the end": {
        start, x0, labels, model, epsilon, stepSize, steps in
        var x = start
        for _ in 0..<steps {
          x = x + signs(model.inputGradient(of: x, labels: labels)) * stepSize
        }
        return box(x, x0, epsilon)
      },
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
