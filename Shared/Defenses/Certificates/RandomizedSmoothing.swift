/// A classifier made of a network: what the network answers most often if every
/// pixel gets normal noise.
///
///     g(x) = the class c with the largest P(f(x + δ) = c),  δ ~ N(0, σ² I)
///
/// If that class has a probability p > 1/2, then g gives the same answer to
/// every image that is nearer to x than
///
///     σ · Φ⁻¹(p)
///
/// in the Euclidean norm, whatever the network f is. Cohen, Rosenfeld and
/// Kolter, "Certified Adversarial Robustness via Randomized Smoothing", ICML
/// 2019, arXiv:1902.02918, theorem 1 with their choice 1 − p for the runner-up.
///
/// Nobody can compute p. It is estimated by counting, and so a certificate is
/// wrong with a probability of at most `alpha` for each image. That holds for
/// images that were chosen without knowledge of the seed, and as far as the
/// seeded noise is normal: it is cut off at 5.8 σ.
///
/// A radius in the Euclidean norm certifies nothing about the usual boxes of
/// the maximum norm. The corners of the box ε = 0.3 around 28 × 28 pixels lie
/// 0.3 · √784 = 8.4 from its center. The widest box inside a ball of radius r
/// has ε = r / √784: for r = 1 that is 0.036.
public struct RandomizedSmoothing: Sendable {
  /// The network that is asked; one that was trained with such noise.
  public let model: Sequential
  /// The standard deviation of the noise, in pixels.
  public let sigma: Float
  /// How many noisy copies choose the class of which `certify` estimates the
  /// probability: n₀.
  ///
  /// They must be others than those that estimate it, or the bound would be
  /// that of a class chosen for its luck.
  public let selectionCount: Int
  /// How many noisy copies estimate a probability: n.
  ///
  /// Even if all agree, the bound is α^(1/n), and the radius no more than σ
  /// times its quantile: 2.5 σ for 1,000 copies and 3.2 σ for 10,000 with
  /// α = 0.001.
  public let estimationCount: Int
  /// The probability with which an answer may be wrong, for each image: α.
  public let alpha: Double
  /// Decides the noise.
  public let seed: UInt64

  /// Smooths a network.
  public init(
    _ model: Sequential, sigma: Float, selectionCount: Int = 100,
    estimationCount: Int = 1000, alpha: Double = 0.001, seed: UInt64 = 0
  ) {
    precondition(
      sigma > 0 && sigma.isFinite, "σ is above 0 and finite, got \(sigma)")
    precondition(
      selectionCount > 0 && estimationCount > 0,
      "a vote takes at least one copy, got \(selectionCount) to select and "
        + "\(estimationCount) to estimate")
    precondition(
      alpha > 0 && alpha <= 0.5, "α lies in 0...0.5 and above 0, got \(alpha)")
    self.model = model
    self.sigma = sigma
    self.selectionCount = selectionCount
    self.estimationCount = estimationCount
    self.alpha = alpha
    self.seed = seed
  }

  /// Answers with a radius within which the answer stays, or abstains.
  ///
  /// Procedure CERTIFY of the paper. The noise is a function of the seed and of
  /// the image's own pixels, so the answer to an image does not depend on the
  /// others.
  ///
  /// - Parameter images: Shape `[N, H, W, C]`, pixels in 0...1.
  /// - Returns: N answers.
  public func certify(_ images: Tensor) -> [SmoothedAnswer] {
    ballots(for: images).map { ballot in
      let selection = ballot.votes(selectionCount, .selection)
      let candidate = ranked(selection)[0]
      let estimation = ballot.votes(estimationCount, .estimation)
      return SmoothedAnswer(
        candidate: candidate,
        votes: Proportion(estimation[candidate], of: estimationCount),
        sigma: sigma, alpha: alpha)
    }
  }

  /// Answers without a radius, from `estimationCount` noisy copies.
  ///
  /// Procedure PREDICT of the paper. The winner is the answer if the exact
  /// two-sided test of its lead over the runner-up has a p-value of at most α;
  /// then it is the class with the largest probability, but for the risk α. As
  /// that class need not have a probability above 1/2, there are images which
  /// have an answer and no certificate.
  ///
  /// - Parameter images: Shape `[N, H, W, C]`, pixels in 0...1.
  /// - Returns: N classes, nil where it abstains.
  public func predict(_ images: Tensor) -> [Int?] {
    ballots(for: images).map { ballot in
      let votes = ballot.votes(estimationCount, .estimation)
      let leaders = ranked(votes).prefix(2)
      let lead = Proportion(
        votes[leaders[0]], of: leaders.reduce(0) { $0 + votes[$1] })
      return lead.signTestPValue <= alpha ? leaders[0] : nil
    }
  }

  /// The passes of `certify`, as `WorkReport` counts them.
  public func passes(images: Int) -> Int {
    images * (selectionCount + estimationCount)
  }

  private func ballots(for images: Tensor) -> [Ballot] {
    let imageShape = Array(images.shape.dropFirst())
    let network = PreparedNetwork(
      model, imageShape: imageShape, hasGradients: false)
    return (0..<images.shape[0]).map { row in
      let image = images.row(row)
      return Ballot(
        network: network, image: Array(image), imageShape: imageShape,
        sigma: sigma, seed: derivedSeed(seed, .noise, pixels: image))
    }
  }

  /// The classes by their votes, the winner first; of equals the lower number.
  private func ranked(_ votes: [Int]) -> [Int] {
    votes.indices.sorted { (votes[$0], $1) > (votes[$1], $0) }
  }
}

/// One image, and who votes on it.
private struct Ballot: Sendable {
  let network: PreparedNetwork
  let image: [Float]
  let imageShape: [Int]
  let sigma: Float
  let seed: UInt64

  /// What noisy copies are wanted for; each purpose has its own.
  enum Purpose: Int {
    case selection, estimation
  }

  /// How many of `draws` noisy copies the network takes for each class.
  func votes(_ draws: Int, _ purpose: Purpose) -> [Int] {
    let shards = Workers.shards(of: draws, size: independentShardSize)
    let seed = derivedSeed(seed, .noise, purpose.rawValue)
    let parts = Workers.map(shards.count) { shard in
      let logits = network.forward(
        copies(shards[shard], seed: seed), mode: .inference
      ).output
      var counts = [Int](repeating: 0, count: logits.shape[1])
      for answer in predictions(logits) { counts[answer] += 1 }
      return counts
    }
    WorkReport.send(passes: draws)
    return parts[0].indices.map { index in
      parts.reduce(0) { $0 + $1[index] }
    }
  }

  private func copies(_ draws: Range<Int>, seed: UInt64) -> Tensor {
    var scalars: [Float] = []
    scalars.reserveCapacity(draws.count * image.count)
    for draw in draws {
      scalars += noisy(image, sigma, seed: derivedSeed(seed, .noise, draw))
    }
    return Tensor(shape: [draws.count] + imageShape, scalars: scalars)
  }
}
