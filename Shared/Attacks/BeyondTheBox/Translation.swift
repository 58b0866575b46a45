/// Shifts images by whole pixels; what comes from outside is black.
public struct Translation: ImageChange {
  /// How far down; up if negative.
  public var rows: Int
  /// How far to the right; to the left if negative.
  public var columns: Int

  /// Shifts by so many pixels.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  public var name: String {
    "shifted by \(rows) rows and \(columns) columns"
  }

  public func changed(_ images: Tensor) -> Tensor {
    requireImages(images)
    return Tensor(
      shape: images.shape, scalars: shifted(images.scalars, images.shape))
  }

  private func shifted(_ images: UnsafePointer<Float>, _ shape: [Int])
    -> [Float]
  {
    let (height, channels) = (shape[1], shape[3])
    let length = shape[2] * channels
    // What is still inside, and where it begins before and after.
    let keptRows = max(0, height - abs(rows))
    let kept = max(0, shape[2] - abs(columns)) * channels
    let from = max(0, -rows) * length + max(0, -columns) * channels
    let to = max(0, rows) * length + max(0, columns) * channels
    let all = shape[0] * height * length
    return uninitialized(all) { result in
      result.update(repeating: 0, count: all)
      for image in 0..<shape[0] {
        for row in 0..<keptRows {
          let start = (image * height + row) * length
          for i in 0..<kept {
            result[start + to + i] = images[start + from + i]
          }
        }
      }
    }
  }
}
