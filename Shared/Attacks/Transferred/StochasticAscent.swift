import Foundation

/// Climbs the mean loss of many images, seen in small batches.
///
/// It serves what is made once and then put on any image: a universal
/// perturbation, a patch. Each step goes by the signs of a slope that some of
/// the images give, and so by a slightly wrong one; the steps grow smaller, so
/// that the errors cancel out in the end.
struct StochasticAscent {
  private let images: Tensor
  private let goals: [Goal]
  private let steps: Int
  private var generator: SeededGenerator

  /// - Parameters:
  ///   - batch: The images to learn from, with their right classes.
  ///   - target: The class that is wanted, whose own images are left out; nil
  ///     for any wrong one.
  ///   - steps: How many.
  ///   - seed: Decides which images each of them sees.
  init(over batch: Batch, target: Int?, steps: Int, seed: UInt64) {
    let rows = batch.labels.indices.filter { batch.labels[$0] != target }
    precondition(
      !rows.isEmpty,
      "an attack learns from at least one image that is not of its target")
    precondition(steps > 0, "an ascent takes at least one step, got \(steps)")
    images = batch.images.rows(rows)
    goals = rows.map { row in
      let label = batch.labels[row]
      return target.map { .reach($0, from: label) } ?? .avoid(label)
    }
    self.steps = steps
    generator = SeededGenerator(seed: derivedSeed(seed, .shuffle))
  }

  /// Where the climb ends.
  ///
  /// - Parameters:
  ///   - start: Where it begins.
  ///   - range: What each number may be.
  ///   - slopes: From some images, their goals and where the climb is to the
  ///     slope of each image's loss there, one a row.
  /// - Returns: The numbers found, in the shape of `start`.
  mutating func climb(
    from start: Tensor, within range: ClosedRange<Float>,
    slopes: (
      _ images: Tensor, _ goals: [Goal], _ current: Tensor,
      _ generator: inout SeededGenerator
    ) -> Tensor
  ) -> Tensor {
    let reach = (range.upperBound - range.lowerBound) / 2
    // Few steps must be large ones to get anywhere.
    let first = reach * max(0.2, 2 / Float(steps + 1))
    var current = start
    for step in 0..<steps {
      let drawn = goals.indices.shuffled(using: &generator).prefix(100)
      let slopes = slopes(
        images.rows(Array(drawn)), drawn.map { goals[$0] }, current, &generator)
      // A sum has the sign of the mean.
      var sum = Tensor(shape: start.shape)
      addColumnSums(
        of: slopes.scalars, rows: drawn.count, columns: sum.count,
        to: &sum.scalars)
      let size = first * (1 - Float(step) / Float(steps))
      current = current.combined(with: sum) { value, slope in
        min(
          max(value + size * sign(slope), range.lowerBound), range.upperBound)
      }
    }
    return current
  }
}

extension AttackLoss {
  /// The loss of training, up to that of a guess: log of the number of classes.
  ///
  /// Beyond, the right class is less probable than some other one for sure. An
  /// image that is lost shall count no further, or the ones that are lost the
  /// most would decide where everything goes. The limit is the idea of Shafahi
  /// et al. (2020), who choose it by hand. A target's loss has one already: its
  /// probability cannot exceed 1.
  static let crossEntropyUpToGuess = AttackLoss("cross-entropy up to a guess") {
    logits, goal in
    let (value, slope) = AttackLoss.crossEntropy(logits, goal)
    let limit = log(Double(logits.count))
    return value < limit ? (value, slope) : (limit, slope.map { _ in 0 })
  }
}

extension Sequential {
  /// ∂loss/∂pixel of every image, of a network in the attacker's own hands.
  func slope(of loss: AttackLoss, at images: Tensor, goals: [Goal]) -> Tensor {
    inputGradient(of: images) { logits, range in
      loss.slopes(logits, Array(goals[range])).gradient
    }
  }
}
