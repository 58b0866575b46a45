extension Tensor {
  /// The channels of one image as grey images of their own.
  ///
  /// `[1, H, W, C]` becomes `[C, H, W, 1]`.
  public var channelsAsImages: Tensor {
    precondition(
      shape.count == 4 && shape[0] == 1,
      "only one image's channels can be shown, got shape \(shape)")
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    var result = Tensor(shape: [channels, height, width, 1])
    for pixel in 0..<height * width {
      for channel in 0..<channels {
        result.scalars[channel * height * width + pixel] =
          scalars[pixel * channels + channel]
      }
    }
    return result
  }

  /// The first input channel of every filter as a grey image.
  ///
  /// Convolution weights `[O, C, k, k]` become `[O, k, k, 1]`.
  public var filtersAsImages: Tensor {
    precondition(
      shape.count == 4, "filters have four axes, got shape \(shape)")
    let area = shape[2] * shape[3]
    let first = (0..<shape[0]).flatMap {
      scalars[$0 * shape[1] * area..<$0 * shape[1] * area + area]
    }
    return Tensor(shape: [shape[0], shape[2], shape[3], 1], scalars: first)
  }
}
