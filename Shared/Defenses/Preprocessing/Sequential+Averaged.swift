extension Sequential {
  /// What a model with a random layer answers on average: the mean of its
  /// logits over `count` draws.
  ///
  /// Any gradient attack on it follows the gradient of that mean: expectation
  /// over transformation, Athalye et al., "Synthesizing Robust Adversarial
  /// Examples", ICML 2018, arXiv:1707.07397. The draws are the attacker's own
  /// and others at every step, since an image that was moved is another one.
  /// The attack is then carried over:
  ///
  ///     let mean = honest.averaged(over: 30, seed: 1)
  ///     AttackRun(Transfer(attack, from: [mean]), on: batch, against: honest)
  ///
  /// A pass of it takes as long as `count` passes of the model, and is counted
  /// as one.
  ///
  /// - Parameters:
  ///   - count: How many draws.
  ///   - seed: Decides them. Draw i is that of the layer with the seed
  ///     `derivedSeed(seed, .query, i)`.
  /// - Returns: A model for the same images with as many logits.
  public func averaged(over count: Int, seed: UInt64) -> Sequential {
    let random = layers.enumerated().compactMap { index, named in
      (named.layer as? any RandomLayer).map { (index: index, layer: $0) }
    }
    precondition(
      count > 0 && random.count == 1,
      "a mean takes at least one draw of exactly one random layer, got "
        + "\(count) of \(random.count)")
    let (index, layer) = random[0]
    let draws = (0..<count).map { draw -> any RandomLayer in
      var drawn = layer
      drawn.seed = derivedSeed(seed, .query, draw)
      return drawn
    }
    var averaged = self
    averaged.layers[index].layer = Draws(layers: draws)
    averaged.layers.append(
      (name: "meanOfDraws", layer: MeanOfDraws(count: count)))
    return averaged
  }
}

/// Several draws of a random layer: all images of the first, then all of the
/// second, and so on.
///
/// The layers behind it see a batch that many times as large.
private struct Draws: Layer {
  let layers: [any RandomLayer]

  /// The cache holds each draw's own, in order.
  func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: [any Sendable])
  {
    let results = layers.map { $0.erasedForward(input, mode: mode) }
    return (
      Tensor(concatenating: results.map(\.output)), results.map(\.cache)
    )
  }

  /// An image collects from all its draws.
  func inputGradient(_ outputGradient: Tensor, cache: [any Sendable])
    -> Tensor
  {
    let parts = outputGradient.parts(layers.count)
    let gradients = layers.indices.map { draw in
      layers[draw].erasedInputGradient(parts[draw], cache: cache[draw])
    }
    return gradients.dropFirst().reduce(gradients[0], +)
  }

  func outputShape(for inputShape: [Int]) -> [Int] {
    layers[0].outputShape(for: inputShape)
  }

  func problem(withInput inputShape: [Int]) -> String? {
    layers[0].problem(withInput: inputShape)
  }
}

/// The mean of each image's logits over the draws.
private struct MeanOfDraws: Layer {
  let count: Int

  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Void) {
    let parts = input.parts(count)
    let sum = parts.dropFirst().reduce(parts[0], +)
    return (sum * (1 / Float(count)), ())
  }

  func inputGradient(_ outputGradient: Tensor, cache: Void) -> Tensor {
    Tensor(
      concatenating: Array(
        repeating: outputGradient * (1 / Float(count)), count: count))
  }
}

extension Tensor {
  /// So many equally long pieces of the first axis.
  fileprivate func parts(_ count: Int) -> [Tensor] {
    let length = shape[0] / count
    return (0..<count).map { rows($0 * length..<($0 + 1) * length) }
  }
}
