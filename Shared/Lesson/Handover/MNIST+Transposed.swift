import Shared

extension MNIST {
  /// A sentence if the images lie on their side, as those of EMNIST do.
  ///
  /// The shipped model reads them as they are and with rows and columns
  /// exchanged.
  ///
  /// - Returns: nil if they do not, or if nobody can tell: the network may have
  ///   been changed, so that the shipped weights no longer fit it.
  func hintAtTransposition() -> String? {
    var model = Sequential.notebookNetwork(seed: 0)
    guard let shipped = try? LoadedCheckpoint(PackageFiles.pretrained),
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
