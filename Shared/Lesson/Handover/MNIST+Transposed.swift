import Shared

extension MNIST {
  /// A sentence if the images lie on their side, as those of EMNIST do.
  ///
  /// If they are digits, the shipped model reads them as they are and with rows
  /// and columns exchanged; otherwise their ink tells, for writing is higher
  /// than wide.
  ///
  /// - Returns: nil if they do not, or if nobody can tell.
  func hintAtTransposition() -> String? {
    hintByReading() ?? hintByInk()
  }

  private func hintByReading() -> String? {
    // The network may have been changed, so that the weights do not fit it.
    var model = Sequential.notebookNetwork(seed: 0)
    guard classNames.count == 10,
      let shipped = try? LoadedCheckpoint(PackageFiles.pretrained),
      (try? model.load(shipped.contents.tensors, from: "")) != nil
    else { return nil }
    let batch = test.first(1000)
    let asTheyAre = model.evaluate(on: batch.images, labels: batch.labels)
    let exchanged = model.evaluate(
      on: batch.images.transposedImages, labels: batch.labels)
    let (before, after) = (asTheyAre.accuracy.value, exchanged.accuracy.value)
    guard after > 0.5, after > before + 0.3 else { return nil }
    return
      "these images seem to lie on their side, as EMNIST's do: the shipped "
      + "model reads \(before.percent(0)) of \(batch.count.grouped) as they "
      + "are, and \(after.percent(0)) with rows and columns exchanged."
  }

  private func hintByInk() -> String? {
    let images = training.prefix(1000)
    let boxes = (0..<images.count).compactMap { images.inkSize(ofImage: $0) }
    let height = boxes.reduce(0) { $0 + $1.height }
    let width = boxes.reduce(0) { $0 + $1.width }
    guard height > 0, Double(width) > 1.1 * Double(height) else { return nil }
    let share = Double(width) / Double(height) - 1
    return
      "the ink of these images is on average \(share.percent(0)) wider than "
      + "high. Letters and digits are higher than wide, so if these are any, "
      + "they lie on their side, as EMNIST's do."
  }
}

extension ImageSet {
  /// How high and wide the part is that is brighter than one half; nil if none
  /// is.
  fileprivate func inkSize(ofImage image: Int) -> (height: Int, width: Int)? {
    let area = size.height * size.width
    let inked = (0..<area).filter { pixels[image * area + $0] > 127 }
    let columns = inked.map { $0 % size.width }
    guard let top = inked.first, let bottom = inked.last,
      let left = columns.min(), let right = columns.max()
    else { return nil }
    return (bottom / size.width - top / size.width + 1, right - left + 1)
  }
}

extension Tensor {
  /// Images `[N, H, W, 1]` with rows and columns exchanged, H = W.
  fileprivate var transposedImages: Tensor {
    var result = self
    let (height, width) = (shape[1], shape[2])
    for image in 0..<shape[0] {
      for row in 0..<height {
        for column in 0..<width {
          let start = image * height * width
          result.scalars[start + column * height + row] =
            scalars[start + row * width + column]
        }
      }
    }
    return result
  }
}
