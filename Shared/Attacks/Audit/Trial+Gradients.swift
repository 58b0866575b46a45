extension Trial {
  /// Images whose gradient is zero at every pixel.
  mutating func zeroGradients() -> Finding {
    let zeros = gradient.scalars.count { $0 == 0 }
    let images = (0..<batch.count).count { image in
      gradient.row(image).allSatisfy { $0 == 0 }
    }
    return Finding(
      measured: "\(share(zeros)) of the pixels have a gradient of 0, and all "
        + "of them in \(images) of \(batch.count) images",
      against: images)
  }

  /// Images in which every gradient there is points out of 0...1.
  mutating func clippedGradients() -> Finding {
    let gradient = gradient
    var pixels = 0
    var images = 0
    for image in 0..<batch.count {
      let slopes = gradient.row(image)
      let clipped = zip(batch.images.row(image), slopes).count {
        $0 <= 0 && $1 < 0 || $0 >= 1 && $1 > 0
      }
      pixels += clipped
      if clipped > 0 && clipped == slopes.count(where: { $0 != 0 }) {
        images += 1
      }
    }
    return Finding(
      measured: "\(share(pixels)) of the pixels are at an end of their range "
        + "and would have to leave it, and all of them in \(images) of "
        + "\(batch.count) images",
      against: images)
  }

  /// Standing images whose loss the attack has lowered.
  func fallenLosses() -> Finding {
    let (before, after) = (losses(batch.images), losses(own.images))
    let stands = standing(own)
    let lower = stands.indices.count { stands[$0] && after[$0] < before[$0] }
    let mean = [before, after].map {
      ($0.reduce(0, +) / Double(batch.count)).decimals(3)
    }
    return Finding(
      measured: "mean loss \(mean[0]) → \(mean[1]); lower on \(lower) "
        + "images that stand",
      against: lower)
  }

  private func share(_ pixels: Int) -> String {
    (Double(pixels) / Double(batch.images.count)).percent(1)
  }
}
