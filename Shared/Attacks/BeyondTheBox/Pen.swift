/// Draws light strokes on dark ground again, one pixel thicker or thinner.
///
/// Gray dilation and erosion (Serra, "Image Analysis and Mathematical
/// Morphology", 1982): a pixel becomes the largest or the smallest of a window
/// of 2 × 2, of which it is the lower right. A window that reaches over the
/// edge sees the edge again.
public enum Pen: ImageChange {
  /// The largest of the window.
  case thicker
  /// The smallest of the window.
  case thinner

  public var name: String {
    switch self {
    case .thicker: "thicker pen"
    case .thinner: "thinner pen"
    }
  }

  public func changed(_ images: Tensor) -> Tensor {
    requireImages(images)
    return Tensor(
      shape: images.shape, scalars: redrawn(images.scalars, images.shape))
  }

  private func redrawn(_ images: UnsafePointer<Float>, _ shape: [Int])
    -> [Float]
  {
    let (height, channels) = (shape[1], shape[3])
    let length = shape[2] * channels
    let isThicker = self == .thicker
    return uninitialized(shape[0] * height * length) { result in
      for row in 0..<shape[0] * height {
        let lower = images + row * length
        let upper = row % height > 0 ? lower - length : lower
        for i in 0..<length {
          let left = i >= channels ? i - channels : i
          result[row * length + i] =
            isThicker
            ? max(max(upper[left], upper[i]), max(lower[left], lower[i]))
            : min(min(upper[left], upper[i]), min(lower[left], lower[i]))
        }
      }
    }
  }
}
