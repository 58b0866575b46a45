/// Replaces each pixel by the median of its neighborhood, each channel on its
/// own.
///
/// Xu, Evans and Qi, "Feature Squeezing: Detecting Adversarial Examples in Deep
/// Neural Networks", NDSS 2018, arXiv:1704.01155, with their conventions: the
/// pixel is the middle of a 3 × 3 window and the lower right of a 2 × 2 one; of
/// the two middle values of four the greater is taken; and a window that
/// reaches over the edge sees the edge again.
///
/// A median has a gradient: it follows one pixel of the window and none of the
/// others. So there is nothing to hide behind here, and every attack applies as
/// it is.
public struct MedianFilter: Layer {
  /// The side of the window, 2 or 3.
  public var size: Int

  /// The median of `size` × `size` pixels.
  public init(size: Int = 3) {
    precondition(
      size == 2 || size == 3, "a median takes 2 × 2 or 3 × 3, got \(size)")
    self.size = size
  }

  /// Backward looks for the pixel that has the median.
  public struct Cache: Sendable {
    var input: Tensor
    var output: Tensor
  }

  public func forward(_ input: Tensor, mode: Mode)
    -> (output: Tensor, cache: Cache)
  {
    requireImages(input.shape)
    let output = Tensor(
      shape: input.shape,
      scalars: Windows(input.shape, size).medians(input.scalars))
    return (output, Cache(input: input, output: output))
  }

  /// Each gradient goes to the pixel that is the median; of equals to the first
  /// in row-major order.
  public func inputGradient(_ outputGradient: Tensor, cache: Cache) -> Tensor {
    requireGradient(outputGradient, forInput: cache.input.shape)
    return Tensor(
      shape: cache.input.shape,
      scalars: Windows(cache.input.shape, size).gradient(
        outputGradient.scalars, of: cache.input.scalars,
        medians: cache.output.scalars))
  }

  public func problem(withInput inputShape: [Int]) -> String? {
    problem(withImages: inputShape, smallerThan: 1)
  }
}

/// The windows of all pixels of a batch.
private struct Windows {
  private let count: Int
  private let height: Int
  private let width: Int
  private let channels: Int
  private let size: Int

  init(_ shape: [Int], _ size: Int) {
    (count, height, width, channels) = (shape[0], shape[1], shape[2], shape[3])
    self.size = size
  }

  func medians(_ images: UnsafePointer<Float>) -> [Float] {
    let length = width * channels
    return uninitialized(count * height * length) { result in
      for row in 0..<count * height {
        let middle = images + row * length
        let upper = row % height > 0 ? middle - length : middle
        let lower = row % height < height - 1 ? middle + length : middle
        for i in 0..<length {
          let left = i >= channels ? i - channels : i
          let right = i < length - channels ? i + channels : i
          result[row * length + i] =
            size == 2
            ? greaterMedian(upper[left], upper[i], middle[left], middle[i])
            : medianOfNine(
              sorted(upper[left], middle[left], lower[left]),
              sorted(upper[i], middle[i], lower[i]),
              sorted(upper[right], middle[right], lower[right]))
        }
      }
    }
  }

  func gradient(
    _ outputGradient: UnsafePointer<Float>, of images: UnsafePointer<Float>,
    medians: UnsafePointer<Float>
  ) -> [Float] {
    let all = count * height * width * channels
    return uninitialized(all) { result in
      result.update(repeating: 0, count: all)
      for i in 0..<all {
        result[source(of: medians[i], at: i, images)] += outputGradient[i]
      }
    }
  }

  /// Where the value of the pixel at `position` comes from.
  @inline(__always)
  private func source(
    of median: Float, at position: Int, _ images: UnsafePointer<Float>
  ) -> Int {
    let (pixel, channel) = position.quotientAndRemainder(dividingBy: channels)
    let (row, x) = pixel.quotientAndRemainder(dividingBy: width)
    let (image, y) = row.quotientAndRemainder(dividingBy: height)
    for offset in 0..<size * size {
      let windowY = min(max(y + offset / size - 1, 0), height - 1)
      let windowX = min(max(x + offset % size - 1, 0), width - 1)
      let candidate =
        ((image * height + windowY) * width + windowX) * channels + channel
      if images[candidate] == median { return candidate }
    }
    // Only if the window holds what is not a number.
    return position
  }
}

/// The greater of the two middle values of four.
@inline(__always)
private func greaterMedian(
  _ a: Float, _ b: Float, _ c: Float, _ d: Float
) -> Float {
  max(max(min(a, b), min(c, d)), min(max(a, b), max(c, d)))
}

/// Three numbers, the smallest first.
@inline(__always)
private func sorted(_ a: Float, _ b: Float, _ c: Float)
  -> (low: Float, middle: Float, high: Float)
{
  let (smaller, larger) = (min(a, b), max(a, b))
  return (
    min(smaller, c), max(smaller, min(larger, c)), max(larger, c)
  )
}

/// The median of three sorted columns.
///
/// The greatest of their lowest, the middle of their middle and the least of
/// their highest numbers are left when all that have five above or below them
/// are struck out, and its median is theirs.
@inline(__always)
private func medianOfNine(
  _ a: (low: Float, middle: Float, high: Float),
  _ b: (low: Float, middle: Float, high: Float),
  _ c: (low: Float, middle: Float, high: Float)
) -> Float {
  sorted(
    max(a.low, max(b.low, c.low)),
    sorted(a.middle, b.middle, c.middle).middle,
    min(a.high, min(b.high, c.high))
  ).middle
}
