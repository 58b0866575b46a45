/// What is usual for the channels of a layer.
///
/// Each image gives each channel one number: its mean output over all pixels.
/// Over many images these numbers have a mean and a standard deviation, with
/// which the number of a new image can be compared.
public struct ChannelStatistics: Sendable, Equatable {
  /// The layer.
  public let name: String
  /// The mean of each channel, shape `[C]`.
  public let mean: Tensor
  /// The standard deviation of each channel from image to image (divided by n,
  /// not n − 1), shape `[C]`.
  public let standardDeviation: Tensor

  /// Statistics of a layer.
  ///
  /// - Parameters:
  ///   - name: The layer.
  ///   - values: One row an image, one column a channel, shape `[N, C]`.
  init(name: String, values: Tensor) {
    let (images, channels) = (values.shape[0], values.shape[1])
    func column(_ channel: Int) -> [Double] {
      (0..<images).map { Double(values.scalars[$0 * channels + channel]) }
    }
    let columns = (0..<channels).map(column)
    let means = columns.map { $0.reduce(0, +) / Double(images) }
    let variances = zip(columns, means).map { numbers, mean in
      numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(images)
    }
    self.name = name
    mean = Tensor(means.map { Float($0) })
    standardDeviation = Tensor(variances.map { Float($0.squareRoot()) })
  }
}

extension Tensor {
  /// The mean of each channel in each image.
  ///
  /// `[N, H, W, C]` becomes `[N, C]`; rows `[N, C]` stay as they are.
  public var meanOfChannels: Tensor {
    guard shape.count == 4 else { return self }
    let (images, channels) = (shape[0], shape[3])
    let pixels = shape[1] * shape[2]
    var means: [Float] = []
    for image in 0..<images {
      var sums = [Float](repeating: 0, count: channels)
      for pixel in 0..<pixels {
        let first = (image * pixels + pixel) * channels
        for channel in 0..<channels {
          sums[channel] += scalars[first + channel]
        }
      }
      means += sums.map { $0 / Float(max(pixels, 1)) }
    }
    return Tensor(shape: [images, channels], scalars: means)
  }
}

extension Sequential {
  /// What is usual for the channels of some layers, computed by all workers.
  ///
  /// - Parameters:
  ///   - names: The layers, in the order of the model.
  ///   - images: Shape `[N, H, W, C]`, pixels in 0...1, N above 0.
  /// - Returns: One entry a layer, in the order of the model.
  public func channelStatistics(of names: [String], on images: Tensor)
    -> [ChannelStatistics]
  {
    let shards = Workers.shards(of: images.shape[0], size: independentShardSize)
    precondition(!shards.isEmpty, "no images to measure")
    let parts = Workers.map(shards.count) { index in
      activations(of: images.rows(shards[index]))
        .filter { names.contains($0.name) }
        .map { (name: $0.name, values: $0.output.meanOfChannels) }
    }
    return parts[0].indices.map { layer in
      ChannelStatistics(
        name: parts[0][layer].name,
        values: Tensor(concatenating: parts.map { $0[layer].values }))
    }
  }
}
