import Foundation
import Synchronization
import Testing

@testable import Lesson
@testable import Shared

/// Two waves over two pixels: hills that make an attack overshoot and look back.
struct Hill: Sendable {
  private let waves: [(a: Double, b: Double, phase: Double)]

  /// Whose logits are 10 and the two pixels: the answer is always 0.
  static let model: Sequential = [
    "flatten": Flatten(),
    "pixels": Linear(
      weight: Tensor(shape: [3, 2], scalars: [0, 0, 1, 0, 0, 1]),
      bias: Tensor([10, 0, 0])),
  ]

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    waves = (0..<2).map { _ in
      (
        Double(generator.uniform(within: 12)),
        Double(generator.uniform(within: 12)),
        Double(generator.uniform(within: 3))
      )
    }
  }

  func callAsFunction(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    waves.reduce((0, [0, 0])) { sum, wave in
      let angle = wave.a * x[0] + wave.b * x[1] + wave.phase
      return (
        sum.0 + sin(angle),
        [sum.1[0] + wave.a * cos(angle), sum.1[1] + wave.b * cos(angle)]
      )
    }
  }
}

/// The points about which an attack asks.
final class Visited: Sendable {
  private let list = Mutex<[[Double]]>([])

  var points: [[Double]] { list.withLock { $0 } }

  func loss(_ hill: Hill) -> AttackLoss {
    AttackLoss("hill") { [self] logits, _ in
      let point = logits.dropFirst().map(Double.init)
      list.withLock { $0.append(point) }
      let (value, gradient) = hill(point)
      return (value, [0] + gradient.map { Float($0) })
    }
  }
}

/// Algorithm 1 as the paper has it, in double precision and with everything
/// kept.
struct Algorithm1 {
  var asked: [[Double]]
  var best: [Double]
  var looks: [Look] = []

  /// What is found at a checkpoint: progress, or which condition is met.
  enum Look: CaseIterable { case progress, condition1, onlyCondition2 }

  /// 60 steps in a ball of 0.3.
  init(
    _ f: Hill, _ norm: Norm, _ alpha: Double, _ rho: Double, _ image: [Float],
    _ start: [Float]
  ) {
    let image = image.map(Double.init)
    func length(_ v: [Double]) -> Double {
      v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    func project(_ x: [Double]) -> [Double] {
      let moves = zip(x, image).map(-)
      let factor = min(1, 0.3 / length(moves))
      return zip(image, moves).map { pixel, move in
        let kept = norm == .maximum ? min(max(move, -0.3), 0.3) : factor * move
        return min(max(pixel + kept, 0), 1)
      }
    }
    func direction(_ g: [Double]) -> [Double] {
      norm == .maximum
        ? g.map { $0 > 0 ? 1 : -1 } : g.map { $0 / length(g) }
    }
    // x(k). Where a way back to the best point replaces one, `asked` keeps it.
    var x = [start.map(Double.init)]
    asked = x
    var stepSize = [0.6]
    var highest = [f(x[0]).value]
    best = x[0]
    var rises: [Bool] = []
    // 0.22 and so on, of 60.
    let checkpoints = [0, 14, 25, 35, 42, 48, 53, 56, 60]
    for k in 0..<60 {
      let z = project(
        zip(x[k], direction(f(x[k]).gradient)).map { $0 + stepSize[k] * $1 })
      let next = project(
        k == 0
          ? z
          : (0..<2).map { i in
            x[k][i] + alpha * (z[i] - x[k][i])
              + (1 - alpha) * (x[k][i] - x[k - 1][i])
          })
      asked.append(next)
      x.append(next)
      rises.append(f(next).value > f(x[k]).value)
      if f(next).value > highest[k] { best = next }
      highest.append(max(highest[k], f(next).value))
      stepSize.append(stepSize[k])
      guard let j = checkpoints.firstIndex(of: k + 1) else { continue }
      let (from, to) = (checkpoints[j - 1], checkpoints[j])
      let one = Double(rises[from..<to].count { $0 }) < rho * Double(to - from)
      let two =
        (looks.last ?? .progress) == .progress && highest[from] == highest[to]
      looks.append(one ? .condition1 : two ? .onlyCondition2 : .progress)
      if one || two {
        stepSize[k + 1] /= 2
        x[k + 1] = best
      }
    }
  }
}
