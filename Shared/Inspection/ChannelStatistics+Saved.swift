extension ChannelStatistics {
  /// Statistics that were measured before.
  init(name: String, mean: Tensor, standardDeviation: Tensor) {
    self.name = name
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}

extension Sequential {
  /// What is usual for the channels of some layers, as it was saved.
  ///
  /// - Parameters:
  ///   - names: The layers.
  ///   - tensors: For each of them, say `relu1`, its `relu1.channel.mean` and
  ///     `relu1.channel.standardDeviation`, shape `[C]`. There may be others.
  ///   - file: What to call the file in an error.
  ///   - imageShape: The shape of one image, `[H, W, C]`.
  /// - Returns: One entry a layer, in the order of the model.
  /// - Throws: A `TutorialError` that lists what is missing, of another shape,
  ///   not finite, or a deviation below 0.
  public func channelStatistics(
    of names: [String], savedIn tensors: [String: Tensor], file: String,
    imageShape: [Int]
  ) throws -> [ChannelStatistics] {
    var problems: [String] = []
    func saved(_ name: String, _ shape: [Int], from lowest: Float) -> Tensor {
      guard let tensor = tensors[name] else {
        problems.append("\(name) is missing")
        return Tensor(shape: shape)
      }
      if tensor.shape != shape {
        problems.append("\(name) is \(tensor.shape) and should be \(shape)")
      } else if !tensor.scalars.allSatisfy({ $0.isFinite && $0 >= lowest }) {
        problems.append("\(name) holds numbers that it cannot hold")
      }
      return tensor
    }
    var shape = imageShape
    var all: [ChannelStatistics] = []
    for (name, layer) in layers {
      shape = layer.outputShape(for: shape)
      guard names.contains(name) else { continue }
      let (channel, channels) = ("\(name).channel", [shape[shape.count - 1]])
      all.append(
        ChannelStatistics(
          name: name,
          mean: saved("\(channel).mean", channels, from: -.infinity),
          standardDeviation: saved(
            "\(channel).standardDeviation", channels, from: 0)))
    }
    precondition(
      all.count == names.count, "the model has not all layers of \(names)")
    guard problems.isEmpty else {
      throw TutorialError(
        "\(file) does not fit the network: "
          + problems.joined(separator: ", ") + ".")
    }
    return all
  }
}
