extension HopSkipJump {
  /// The random changes of a step, B_t = B₀√t.
  func directionCount(ofStep step: Int) -> Int {
    min(Int(Float(directions) * Float(step).squareRoot()), mostDirections)
  }

  /// Which way the boundary faces: a direction of length 1 in which the goal is
  /// more likely to be met.
  ///
  ///     v ~ Σ_b (φ(x_t + δu_b) − φ̄) u_b,  φ = ±1, φ̄ its mean
  ///
  /// where the u_b are random directions of length 1. Subtracting the mean takes
  /// away what all have in common, which says nothing about direction.
  func direction(
    of walk: BoundaryWalk, _ step: Int, _ decisions: inout Decisions
  ) -> [Float] {
    let count = directionCount(ofStep: step)
    // A tenth of the way from black to white at first; then 1 ⁄ d of the way
    // home.
    let reach = step == 1 ? 0.1 : walk.distance / Double(walk.image.count)
    let seed = derivedSeed(seed, .query, walk.row, step)
    let probes = Workers.map(count) { index in
      probe(
        around: walk.point, at: reach, seed: derivedSeed(seed, .query, index))
    }
    let met = decisions.met(by: probes, of: [walk.row])
    let signs: [Float] = met.map { $0 ? 1 : -1 }
    let mean = signs.reduce(0, +) / Float(count)
    // Where all agree, there is nothing but what they have in common.
    let baseline = abs(mean) == 1 ? 0 : mean
    var sum = [Float](repeating: 0, count: walk.point.count)
    for (probe, sign) in zip(probes, signs) {
      for pixel in sum.indices {
        sum[pixel] += (sign - baseline) * (probe[pixel] - walk.point[pixel])
      }
    }
    let length = lengthOf(sum)
    return length > 0 ? sum.map { Float(Double($0) / length) } : sum
  }

  /// x_t + δu as far as it is an image, with u on the unit sphere, all
  /// directions equally likely.
  private func probe(around point: [Float], at reach: Double, seed: UInt64)
    -> [Float]
  {
    var generator = SeededGenerator(seed: seed)
    let noise = point.map { _ in generator.normal() }
    let scale = Float(reach / max(lengthOf(noise), 1e-12))
    return zip(point, noise).map { min(max($0 + scale * $1, 0), 1) }
  }
}
