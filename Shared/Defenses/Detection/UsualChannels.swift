/// Suspects images whose channels are not as usual.
///
///     z = (mean output of a channel − its usual mean) ⁄ its usual deviation
///     score = √(mean of z² over all channels of the chosen layers)
///
/// Over the images of the statistics the mean of score² is 1. Channels that did
/// not vary there have no unit to measure with and are left out. It is a simple
/// relative of the filter statistics of Li and Li, ICCV 2017, arXiv:1612.07767,
/// one of the ten detectors that Carlini and Wagner bypassed (2017,
/// arXiv:1705.07263).
public struct UsualChannels: Detector {
  /// Consecutive layers, of which the last is compared with what is usual.
  private struct Piece: Sendable {
    var layers: Range<Int>
    var usual: ChannelStatistics
  }

  private let model: Sequential
  private let pieces: [Piece]
  /// The number of channels that vary, in all layers together.
  private let channels: Int

  /// - Parameters:
  ///   - model: The model that is watched.
  ///   - usual: Of this model, one entry for each layer to compare.
  public init(of model: Sequential, comparedWith usual: [ChannelStatistics]) {
    var pieces: [Piece] = []
    var start = 0
    for (index, named) in model.layers.enumerated() {
      guard let own = usual.first(where: { $0.name == named.name }) else {
        continue
      }
      pieces.append(Piece(layers: start..<index + 1, usual: own))
      start = index + 1
    }
    precondition(
      pieces.count == usual.count,
      "the statistics of \(usual.map(\.name)) take a layer of the model each")
    self.model = model
    self.pieces = pieces
    channels = usual.reduce(0) { total, layer in
      total + layer.standardDeviation.scalars.count { $0 > 0 }
    }
    precondition(channels > 0, "no channel of the statistics varies")
  }

  public func scores(of images: Tensor) -> [Double] {
    let networks = prepared(for: images, hasGradients: false)
    let shards = Workers.shards(of: images.shape[0], size: independentShardSize)
    let parts = Workers.map(shards.count) { index in
      scores(from: forward(images.rows(shards[index]), networks))
    }
    WorkReport.send(passes: images.shape[0])
    return parts.flatMap { $0 }
  }

  public func scoreGradient(of images: Tensor)
    -> (scores: [Double], gradient: Tensor)
  {
    let networks = prepared(for: images, hasGradients: true)
    let shards = Workers.shards(of: images.shape[0], size: independentShardSize)
    let parts = Workers.map(shards.count) { index in
      let passes = forward(images.rows(shards[index]), networks)
      let found = scores(from: passes)
      // From the last compared layer back; each adds its own slope.
      var gradient = Tensor(shape: passes[passes.count - 1].shape)
      for (piece, pass) in passes.enumerated().reversed() {
        gradient += slope(of: pass, pieces[piece].usual, found)
        gradient = networks[piece].inputGradient(gradient, cache: pass.cache)
      }
      return (scores: found, gradient: gradient)
    }
    WorkReport.send(passes: WorkReport.passesOfGradient * images.shape[0])
    return (
      parts.flatMap(\.scores), Tensor(concatenating: parts.map(\.gradient))
    )
  }

  /// The pieces of the model, made ready for many passes.
  private func prepared(for images: Tensor, hasGradients: Bool)
    -> [PreparedNetwork]
  {
    var shape = Array(images.shape.dropFirst())
    return pieces.map { piece in
      let network = PreparedNetwork(
        model, layers: piece.layers, imageShape: shape,
        hasGradients: hasGradients)
      for index in piece.layers {
        shape = model.layers[index].layer.outputShape(for: shape)
      }
      return network
    }
  }

  /// One piece's way forward.
  private struct Pass {
    /// z of each channel of each image, shape `[n, C]`.
    var deviations: Tensor
    /// That of the compared layer's output.
    var shape: [Int]
    var cache: [any Sendable]
  }

  private func forward(_ images: Tensor, _ networks: [PreparedNetwork])
    -> [Pass]
  {
    var tensor = images
    var passes: [Pass] = []
    for (piece, network) in zip(pieces, networks) {
      let (output, cache) = network.forward(tensor, mode: .inference)
      passes.append(
        Pass(
          deviations: deviations(of: output, from: piece.usual),
          shape: output.shape, cache: cache))
      tensor = output
    }
    return passes
  }

  /// z of each channel of each image; 0 for a channel that does not vary.
  private func deviations(of output: Tensor, from usual: ChannelStatistics)
    -> Tensor
  {
    let means = output.meanOfChannels
    let mean = usual.mean.scalars
    let deviation = usual.standardDeviation.scalars
    precondition(
      means.shape[1] == mean.count && mean.count == deviation.count,
      "\(usual.name) has \(means.shape[1]) channels, its statistics "
        + "\(mean.count)")
    return eachRow(of: means) { row in
      zip(row, mean.indices).map { value, channel in
        deviation[channel] > 0
          ? (value - mean[channel]) / deviation[channel] : 0
      }
    }
  }

  private func scores(from passes: [Pass]) -> [Double] {
    (0..<passes[0].shape[0]).map { image in
      let sum = passes.reduce(0.0) { sum, pass in
        pass.deviations.row(image).reduce(sum) { $0 + Double($1) * Double($1) }
      }
      return (sum / Double(channels)).squareRoot()
    }
  }

  /// ∂score/∂output of one layer, as far as its own channels count.
  ///
  /// All pixels of a channel have the same slope, z ⁄ (channels · score ·
  /// deviation · pixels). Where the score is 0 it has no direction to fall in.
  private func slope(
    of pass: Pass, _ usual: ChannelStatistics, _ scores: [Double]
  ) -> Tensor {
    let pixels = pass.shape.dropFirst().dropLast().reduce(1, *)
    let deviation = usual.standardDeviation.scalars
    var slopes: [Float] = []
    slopes.reserveCapacity(pass.shape.reduce(1, *))
    for (image, score) in scores.enumerated() {
      let factor = score > 0 ? 1 / (Double(channels * pixels) * score) : 0
      let ofChannels = zip(pass.deviations.row(image), deviation).map {
        $1 > 0 ? Float(factor * Double($0) / Double($1)) : 0
      }
      for _ in 0..<pixels { slopes += ofChannels }
    }
    return Tensor(shape: pass.shape, scalars: slopes)
  }
}
