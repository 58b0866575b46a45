/// The allowed value that is nearest to `candidate`, for one pixel.
///
/// Rounding could leave `pixel + ε` a hair outside, so the last step moves such
/// a result back by one representable number. The promise then holds exactly,
/// not only to seven digits.
package func projected(
  _ candidate: Float, around pixel: Float, _ epsilon: Float
) -> Float {
  let nearest = min(max(candidate, pixel - epsilon, 0), min(pixel + epsilon, 1))
  guard abs(Double(nearest) - Double(pixel)) > Double(epsilon) else {
    return nearest
  }
  return nearest > pixel ? nearest.nextDown : nearest.nextUp
}

/// The same for many pixels, shared by the workers.
///
/// It stands beside `projected` because across files that would be a call a
/// pixel. With both on one worker, an eighth of a PGD attack was waiting for
/// this and for the step before it.
func projectedElements(
  _ candidates: UnsafePointer<Float>, around pixels: UnsafePointer<Float>,
  count: Int, _ epsilon: Float
) -> [Float] {
  nonisolated(unsafe) let (candidates, pixels) = (candidates, pixels)
  return uninitialized(count) { target in
    nonisolated(unsafe) let result = target
    let pieces = Workers.shards(of: count, size: 65_536)
    _ = Workers.map(pieces.count) { index in
      for i in pieces[index] {
        result[i] = projected(candidates[i], around: pixels[i], epsilon)
      }
    }
  }
}
