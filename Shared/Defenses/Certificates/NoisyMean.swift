import Foundation

extension RandomizedSmoothing {
  /// A network that can be attacked in the place of the smoothed classifier.
  ///
  /// A vote has no slope. So its logits are the logarithms of the probabilities
  /// that the network gives on average to noisy copies; their cross-entropy is
  /// what the attack SmoothAdv raises: Salman et al., "Provably Robust Deep
  /// Learning via Adversarially Trained Smoothed Classifiers", NeurIPS 2019,
  /// arXiv:1906.04584. Every gradient attack takes it:
  ///
  ///     PGD(radius: 0.5, stepLength: 0.1, steps: 10).perturb(
  ///       images, labels: labels, against: smoothing.averaged(over: 16))
  ///
  /// Whether an attacked image has another answer is for `predict` to say.
  ///
  /// - Parameters:
  ///   - draws: How many noisy copies of each image; their noise stays the same
  ///     from one step of an attack to the next.
  ///   - seed: Decides the noise: the attacker's own.
  /// - Returns: A network of one layer, which takes `draws` passes for one.
  public func averaged(over draws: Int, seed: UInt64 = 0) -> Sequential {
    precondition(draws > 0, "a mean takes at least one copy, got \(draws)")
    return [
      "smoothed": NoisyMean(
        network: model, sigma: sigma, draws: draws, seed: seed)
    ]
  }
}

/// The logarithm of the mean of the probabilities that a network gives to noisy
/// copies of an image.
///
///     output[c] = log (1/m · Σ_d p_d[c]),  p_d = softmax(f(x + δ_d))
///
/// Everything is computed from the logarithms of p_d, which do not round to 0.
struct NoisyMean: Layer {
  let network: Sequential
  let sigma: Float
  let draws: Int
  let seed: UInt64

  /// What backward must remember.
  struct Cache: Sendable {
    var inputShape: [Int]
    var network: PreparedNetwork
    var draws: [Draw]
    /// As `forward` returned it, before rounding.
    var output: [Double]
  }

  /// A pass with one draw of the noise.
  struct Draw: Sendable {
    /// log p_d, row by row.
    var logProbabilities: [Double]
    var cache: [any Sendable]
  }

  /// The noise is a constant of the layer, the same for every image and every
  /// question, or the mean would have no gradient.
  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Cache) {
    let prepared = PreparedNetwork(
      network, imageShape: Array(input.shape.dropFirst()), hasGradients: true)
    var shape: [Int] = []
    let draws = (0..<draws).map { draw in
      let (logits, cache) = prepared.forward(
        shifted(input, draw), mode: .inference)
      shape = logits.shape
      return Draw(
        logProbabilities: logits.allRows.flatMap { logSoftmax($0) },
        cache: cache)
    }
    let output = (0..<shape.reduce(1, *)).map { i in
      logSumExp(draws.map { $0.logProbabilities[i] })
        - log(Double(draws.count))
    }
    return (
      Tensor(shape: shape, scalars: output.map { Float($0) }),
      Cache(
        inputShape: input.shape, network: prepared, draws: draws,
        output: output)
    )
  }

  /// With g the gradient of the output, each draw gets its share of it,
  /// a_d = g · p_d / Σ p, and passes it back through its softmax:
  /// a_d − p_d · Σ_c a_d[c].
  func inputGradient(_ outputGradient: Tensor, cache: Cache) -> Tensor {
    requireGradient(outputGradient, forInput: cache.inputShape)
    let classes = outputGradient.shape[1]
    var sum = Tensor(shape: cache.inputShape)
    for draw in cache.draws {
      var slope = outputGradient
      for row in 0..<outputGradient.shape[0] {
        let range = row * classes..<(row + 1) * classes
        let shares = range.map { i in
          Double(outputGradient.scalars[i])
            * exp(draw.logProbabilities[i] - cache.output[i])
            / Double(cache.draws.count)
        }
        let total = shares.reduce(0, +)
        for (i, share) in zip(range, shares) {
          slope.scalars[i] = Float(
            share - exp(draw.logProbabilities[i]) * total)
        }
      }
      sum += cache.network.inputGradient(slope, cache: draw.cache)
    }
    return sum
  }

  func outputShape(for inputShape: [Int]) -> [Int] {
    network.outputShape(for: inputShape)
  }

  func multiplyAdds(for inputShape: [Int]) -> Int {
    draws * network.multiplyAdds(for: inputShape)
  }

  /// Every image with the noise of one draw.
  private func shifted(_ images: Tensor, _ draw: Int) -> Tensor {
    let (pixels, size) = (images.scalars, images.rowCount)
    let noise = noisy(
      [Float](repeating: 0, count: size), sigma,
      seed: derivedSeed(seed, .noise, draw))
    return Tensor(
      shape: images.shape,
      scalars: uninitialized(pixels.count) { result in
        for i in pixels.indices { result[i] = pixels[i] + noise[i % size] }
      })
  }
}

/// log softmax of one row of logits.
private func logSoftmax(_ logits: [Float]) -> [Double] {
  let logits = logits.map { Double($0) }
  let total = logSumExp(logits)
  return logits.map { $0 - total }
}

/// log Σ exp(x), without overflow.
private func logSumExp(_ values: [Double]) -> Double {
  let largest = values.max() ?? 0
  return largest + log(values.reduce(0) { $0 + exp($1 - largest) })
}
