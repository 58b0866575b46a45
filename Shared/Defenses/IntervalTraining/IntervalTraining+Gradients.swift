extension IntervalTraining {
  /// The passes of one image in `gradients`, as `WorkReport` counts them: the
  /// image, the center and the radius of its box, each forward and back.
  ///
  /// With κ = 0 or κ = 1 a way back is left out, and counted all the same.
  static let passesOfGradient = 3 * WorkReport.passesOfGradient

  /// The gradient of the mean of
  /// κ · crossEntropy(logits) + (1 − κ) · crossEntropy(worst logits) with
  /// respect to every parameter.
  ///
  /// The worst logits are those of all images in the box within ε and 0...1, as
  /// far as interval bounds tell, with the last layer merged into the margins
  /// (Gowal et al. 2018, arXiv:1810.12715). Dropout is off.
  ///
  /// - Parameters:
  ///   - model: The model in training, with a linear layer at its end.
  ///   - batch: At least one image.
  ///   - epsilon: How far a pixel may move.
  ///   - kappa: The weight of the images themselves, 0...1.
  /// - Returns: What one step of an optimizer needs, with the accuracy on the
  ///   images themselves.
  /// - Throws: A `TutorialError` that names a layer that bounds cannot pass.
  static func gradients(
    of model: Sequential, on batch: Batch, epsilon: Epsilon, kappa: Float
  ) throws -> BatchGradients {
    precondition(batch.count > 0, "an empty batch has no gradient")
    precondition((0...1).contains(kappa), "κ lies in 0...1, got \(kappa)")
    let weights = try IntervalWeights(model)
    let imageShape = Array(batch.images.shape.dropFirst())
    let network = PreparedNetwork(
      model, imageShape: imageShape, hasGradients: true)
    let pass = IntervalPass(weights, imageShape: imageShape)
    // A fixed number, so that sums have a fixed order.
    let shards = Workers.shards(of: batch.count, size: 8)
    let parts = Workers.map(shards.count) { index in
      IntervalShard(
        batch[shards[index]], of: batch.count, network, pass,
        epsilon: epsilon.pixels, kappa: kappa)
    }
    func byLayer(_ parts: [IntervalPass.Contributions]) -> [[any Sendable]] {
      var all = [[any Sendable]](repeating: [], count: model.layers.count)
      for (layer, contribution) in parts.joined() {
        all[layer].append(contribution)
      }
      return all
    }
    let images = byLayer(parts.map(\.images))
    let centers = byLayer(parts.map(\.centers))
    let radii = byLayer(parts.map(\.radii))
    let parameters = model.layers.indices.flatMap { index -> [Tensor] in
      let layer = model.layers[index].layer
      let ofImages =
        kappa > 0 ? layer.erasedParameterGradients(from: images[index]) : []
      let ofBoxes =
        kappa < 1
        ? weights.parameterGradients(
          ofLayer: index, centers: centers[index], radii: radii[index]) : []
      return added(ofImages, ofBoxes)
    }
    let loss = parts.reduce(0) { $0 + $1.loss }
    WorkReport.send(passes: passesOfGradient * batch.count, loss: loss)
    return BatchGradients(
      loss: loss,
      accuracy: Proportion(
        parts.reduce(0) { $0 + $1.correct }, of: batch.count),
      parameters: parameters)
  }
}

/// The sum of two lists of gradients, of which one may be empty.
private func added(_ one: [Tensor], _ other: [Tensor]) -> [Tensor] {
  guard !one.isEmpty else { return other }
  var sum = one
  for index in other.indices { sum[index] += other[index] }
  return sum
}

/// What some images of a batch say.
private struct IntervalShard: Sendable {
  var loss: Double
  var correct: Int
  /// By the images themselves, by the centers and by the radii of their boxes.
  var images: IntervalPass.Contributions = []
  var centers: IntervalPass.Contributions = []
  var radii: IntervalPass.Contributions = []

  init(
    _ batch: Batch, of total: Int, _ network: PreparedNetwork,
    _ pass: IntervalPass, epsilon: Float, kappa: Float
  ) {
    let labels = batch.labels
    let (logits, cache) = network.forward(batch.images, mode: .inference)
    let own = softmaxCrossEntropy(logits: logits, labels: labels)
    let (worst, boxCache) = pass.forward(batch, epsilon: epsilon)
    let boxes = softmaxCrossEntropy(logits: worst, labels: labels)
    loss =
      (Double(kappa) * own.losses.reduce(0, +)
        + Double(1 - kappa) * boxes.losses.reduce(0, +)) / Double(total)
    correct = zip(predictions(logits), labels).count { $0 == $1 }
    if kappa > 0 {
      var all: IntervalPass.Contributions = []
      network.visitBack(own.gradient * (kappa / Float(total)), cache: cache) {
        all.append(($0, $1))
      }
      images = all
    }
    if kappa < 1 {
      (centers, radii) = pass.back(
        boxes.gradient * ((1 - kappa) / Float(total)), labels: labels,
        cache: boxCache)
    }
  }
}
