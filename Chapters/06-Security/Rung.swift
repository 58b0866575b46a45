import Lesson
import Shared

/// One network at one ε, from the weakest measure to the strongest, all on the
/// same images.
struct Rung: Encodable, Sendable {
  var network: String
  var epsilon: Epsilon
  /// Without a change, under random signs, FGSM and PGD, each counted with all
  /// before it.
  var standing: [[Bool]]
  /// Under several attacks as well.
  var worst: [Bool]?
  var certified: [Bool]?

  /// The columns of the table.
  static let names = ["clean", "random", "FGSM", "PGD", "worst", "certified"]

  /// One a column; nil where nothing was measured.
  var shares: [Proportion?] {
    (standing + [worst, certified]).map { stands in
      stands.map { Proportion($0.count { $0 }, of: $0.count) }
    }
  }

  /// Which images no attack has turned.
  var standingAfterAll: [Bool] { worst ?? standing[standing.count - 1] }

  private enum CodingKeys: CodingKey { case network, epsilon, shares }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(network, forKey: .network)
    try container.encode(epsilon.pixels, forKey: .epsilon)
    try container.encode(shares, forKey: .shares)
  }
}

extension Lab {
  /// Attacks a network with all there is.
  func rung(_ name: String, _ network: Sequential, _ epsilon: Epsilon) -> Rung {
    func stands(_ images: Tensor) -> [Bool] {
      zip(predictions(network.logits(of: images)), few.labels).map(==)
    }
    let attacked = weakerAttacks(epsilon).map {
      stands($0.perturb(few.images, labels: few.labels, against: network))
    }
    let standing = falling([stands(few.images)] + attacked)
    // At 0.3 an earlier part has attacked some networks already.
    let known = epsilon == strongest ? standingAfterAll[name] : nil
    let worst =
      known
      ?? WorstCaseRun(worstCase(epsilon), on: few, against: network).stands
    return Rung(
      network: name, epsilon: epsilon, standing: standing,
      worst: falling(standing + [worst]).last,
      certified: certified(network, few, epsilon))
  }

  /// The smoothed classifier: attacked through the mean of its answers to
  /// noise, and certified in the box that its balls contain.
  func smoothedRung(_ epsilon: Epsilon) -> Rung? {
    guard let smoothing = smoothing(copies: copiesOnLadder) else { return nil }
    let mean = smoothing.averaged(over: page.full(8, quick: 2))
    func stands(_ images: Tensor) -> [Bool] {
      zip(smoothing.predict(images), few.labels).map { $0 == $1 }
    }
    let attacked = weakerAttacks(epsilon).map {
      stands($0.perturb(few.images, labels: few.labels, against: mean))
    }
    if smoothed?.labels != few.labels {
      smoothed = SmoothedRun(smoothing, on: few)
    }
    let pixels = MNIST.imageShape.reduce(1, *)
    let corner = Double(epsilon.pixels) * Double(pixels).squareRoot()
    return Rung(
      network: "smoothed", epsilon: epsilon,
      standing: falling([stands(few.images)] + attacked),
      certified: smoothed.map { run in
        zip(run.answers, run.labels).map {
          $0.label == $1 && ($0.radius ?? 0) > corner
        }
      })
  }

  /// Passes of all rungs at one ε, at most.
  func passesOfRungs(networks: Int) -> Int {
    let ofNetworks = networks * worstCase(strongest).passesAtMost / 2
    // Four votes, and two attacks by gradients.
    let ofSmoothed =
      defenses["noise-0.5"] == nil
      ? 0 : 4 * copiesOnLadder + 3 * (1 + stepsOnLadder)
    return few.count * (ofNetworks + ofSmoothed)
  }

  private var copiesOnLadder: Int { page.full(200, quick: 50) }
  var stepsOnLadder: Int { page.full(20, quick: 5) }

  /// The attacks before the set.
  private func weakerAttacks(_ epsilon: Epsilon) -> [any Attack] {
    [
      RandomSigns(epsilon: epsilon, seed: page.options.seed),
      FGSM(epsilon: epsilon),
      PGD(
        epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 8),
        steps: stepsOnLadder, seed: page.options.seed),
    ]
  }
}

/// What is left after each of several attacks, counted with those before it.
private func falling(_ stands: [[Bool]]) -> [[Bool]] {
  stands.dropFirst().reduce(into: [stands[0]]) { all, now in
    all.append(zip(all[all.count - 1], now).map { $0 && $1 })
  }
}
