/// Square Attack: random squares of +ε or −ε, of which those that help are kept.
///
///     x̂ ← x + ε · (a random sign for each column)
///     repeat   x′ ← project(x̂ ± 2ε on a random square)
///              if L(x′) > L(x̂) then x̂ ← x′
///
/// Random search, with no estimate of any slope. What makes it strong is where
/// it looks: every pixel is always at an end of its box, changes lie together,
/// and the squares shrink as they find less. L is the margin; with a target, the
/// cross-entropy.
///
/// Andriushchenko, Croce, Flammarion and Hein, "Square Attack: a
/// query-efficient black-box adversarial attack via random search", ECCV 2020,
/// arXiv:1912.00049, Algorithms 1 and 2.
public struct SquareAttack: Attack {
  /// The largest change of any pixel.
  public var epsilon: Epsilon
  /// How often it may ask about an image, once about the image itself included.
  public var queries: Int
  /// Decides the stripes and the squares.
  public var seed: UInt64
  /// How much of the image the first squares cover: p in the paper.
  public var share: Float = 0.8
  /// The number of queries over which the squares shrink; nil for all it has.
  ///
  /// AutoAttack lets them shrink as if it had 10,000.
  public var schedule: Int?

  public var bound: Bound { .maximum(epsilon) }

  /// At most so many queries an image.
  public init(epsilon: Epsilon, queries: Int = 5000, seed: UInt64 = 0) {
    precondition(
      queries > 0, "Square Attack asks at least once, got \(queries)")
    self.epsilon = epsilon
    self.queries = queries
    self.seed = seed
  }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: ScoreAccess
  ) -> Tensor {
    precondition(
      share > 0 && share <= 1 && schedule ?? 1 > 0,
      "squares cover a share in 0...1 and shrink over some queries, got "
        + "\(share) and \(schedule ?? 0)")
    guard epsilon.pixels > 0 else { return images }
    let imageShape = Array(images.shape.dropFirst())
    var searches = goals.indices.map { row in
      SquareSearch(
        images.rows([row]), goal: goals[row], epsilon,
        seed: derivedSeed(seed, .query, row))
    }
    let answers = predictions(model.logits(of: images))
    var standing = goals.indices.filter { !goals[$0].isMet(by: answers[$0]) }
    for query in 1..<queries where !standing.isEmpty {
      let candidates = Tensor(
        rows: standing.map { searches[$0].candidate }, of: imageShape)
      let logits = model.only(standing).logits(of: candidates)
      for (row, answer) in predictions(logits).enumerated() {
        searches[standing[row]].judge(Array(logits.row(row)), answer: answer)
      }
      standing.removeAll { searches[$0].isMet }
      let side = side(after: query, height: imageShape[0], width: imageShape[1])
      for image in standing { searches[image].drawSquare(side: side) }
    }
    return Tensor(rows: searches.map(\.best), of: imageShape)
  }

  /// The number of queries, of 10,000, after which the squares cover half as
  /// much as before.
  private static let halvings = [
    10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000,
  ]

  /// The side of the next square: √(p · height · width) pixels.
  func side(after query: Int, height: Int, width: Int) -> Int {
    let progress = query * 10_000 / (schedule ?? queries)
    let halvings = Self.halvings.count { $0 < progress }
    let pixels = share * Float(height * width) / Float(1 << halvings)
    return min(max(Int(pixels.squareRoot().rounded()), 1), height, width)
  }
}
