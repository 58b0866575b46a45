import Shared

/// A few filters of the first convolution, for a browser to run itself.
///
/// From them `explorer.js` computes what the ReLU behind the convolution puts
/// out for the picture that is shown. `map(of:_:)` is the same in Swift, line by
/// line: what the tests say of it holds of the script.
struct FirstFeatures: Sendable, Codable {
  /// One channel of the convolution.
  struct Filter: Sendable, Codable {
    let channel: Int
    /// Row by row.
    let weights: [Float]
    let bias: Float
  }

  /// The ReLU.
  let layer: String
  /// What the pixels are normalized by.
  let mean, standardDeviation: Float
  let size, padding, stride: Int
  let mapHeight, mapWidth: Int
  let filters: [Filter]

  /// The filters whose maps of an image differ most from an even gray, as
  /// chapter 4 chooses them; nil unless the model begins with a convolution of
  /// one channel and a ReLU, behind a normalization or none.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - image: Shape `[1, H, W, 1]`.
  ///   - count: How many filters to take, if there are as many.
  init?(of model: Sequential, for image: Tensor, count: Int = 6) {
    var (mean, deviation): (Float, Float) = (0, 1)
    // From an ONNX file come two: one subtracts, the other divides.
    let front = model.layers.prefix { $0.layer is Normalize }
    for (_, layer) in front {
      guard let normalize = layer as? Normalize else { continue }
      mean += normalize.mean * deviation
      deviation *= normalize.standardDeviation
    }
    let rest = model.layers.dropFirst(front.count).prefix(2)
    guard let convolution = rest.first?.layer as? Conv2D,
      let last = rest.last, last.layer is ReLU,
      convolution.weight.shape[1] == 1,
      (convolution.weight.scalars + convolution.bias.scalars + [
        mean, deviation,
      ]).allSatisfy(\.isFinite)
    else { return nil }
    let maps = model.activations(of: image)[front.count + 1].output
      .channelsAsImages
    layer = last.name
    (self.mean, standardDeviation) = (mean, deviation)
    size = convolution.weight.shape[2]
    (padding, stride) = (convolution.padding, convolution.stride)
    (mapHeight, mapWidth) = (maps.shape[1], maps.shape[2])
    filters = channels(differingMostIn: maps).prefix(count).map { channel in
      Filter(
        channel: channel, weights: Array(convolution.weight.row(channel)),
        bias: convolution.bias[channel])
    }
  }

  /// What a filter and its ReLU make of a picture, row by row.
  ///
  /// - Parameters:
  ///   - filter: One of `filters`.
  ///   - levels: Gray values 0...255, row by row; they need not be whole.
  ///   - height: The picture's.
  ///   - width: The picture's.
  /// - Returns: `mapHeight` rows of `mapWidth` answers.
  func map(of filter: Filter, _ levels: [Double], height: Int, width: Int)
    -> [Double]
  {
    var answers: [Double] = []
    for top in 0..<mapHeight {
      for left in 0..<mapWidth {
        var sum = Double(filter.bias)
        for row in 0..<size {
          for column in 0..<size {
            let y = top * stride + row - padding
            let x = left * stride + column - padding
            if y < 0 || y >= height || x < 0 || x >= width { continue }
            let pixel = levels[y * width + x] / 255
            sum +=
              Double(filter.weights[row * size + column])
              * (pixel - Double(mean)) / Double(standardDeviation)
          }
        }
        answers.append(max(sum, 0))
      }
    }
    return answers
  }
}

/// The channels of maps `[C, H, W, 1]`, those first that differ most from their
/// mean.
private func channels(differingMostIn maps: Tensor) -> [Int] {
  let contrasts = (0..<maps.shape[0]).map { channel in
    let map = maps.rows(channel..<channel + 1)
    let mean = Float(map.mean)
    return map.map { $0 - mean }.norm
  }
  return contrasts.indices.sorted {
    (contrasts[$0], $1) > (contrasts[$1], $0)
  }
}
