/// Square Attack on one image: the best image so far, and the next to ask about.
struct SquareSearch: Sendable {
  /// x̂, the best image so far.
  private(set) var best: [Float]
  /// What to ask the model about next.
  private(set) var candidate: [Float]
  /// Whether the goal is met, by `best`.
  private(set) var isMet = false
  private var highestLoss = -Double.infinity
  private let goal: Goal
  private let loss: AttackLoss
  /// The ends of every pixel's box.
  ///
  /// Whatever x̂ is, 2ε more or less and then back into the box is one of them.
  private let (darkest, brightest): ([Float], [Float])
  private let (height, width, channels): (Int, Int, Int)
  private var generator: SeededGenerator

  /// A search whose first candidate has vertical stripes.
  ///
  /// - Parameters:
  ///   - image: Shape `[1, H, W, C]`.
  ///   - goal: What is wanted of it.
  ///   - epsilon: How far a pixel may move.
  ///   - seed: Decides stripes and squares.
  init(_ image: Tensor, goal: Goal, _ epsilon: Epsilon, seed: UInt64) {
    precondition(
      image.shape.count == 4,
      "squares need images [N, H, W, C], got \(image.shape)")
    (height, width, channels) = (image.shape[1], image.shape[2], image.shape[3])
    self.goal = goal
    loss = goal.target == nil ? .margin : .crossEntropy
    best = image.scalars
    candidate = image.scalars
    darkest = projected(image.map { $0 - 1 }, around: image, epsilon).scalars
    brightest = projected(image.map { $0 + 1 }, around: image, epsilon).scalars
    generator = SeededGenerator(seed: seed)
    for column in 0..<width {
      move(rows: 0..<height, columns: column..<column + 1)
    }
  }

  /// Keeps the candidate if the goal is met there, or the attacker's loss is
  /// higher.
  ///
  /// - Parameters:
  ///   - logits: The model's, of the candidate.
  ///   - answer: The class with the largest of them.
  mutating func judge(_ logits: [Float], answer: Int) {
    isMet = goal.isMet(by: answer)
    let value = loss(logits, goal).value
    guard isMet || value > highestLoss else { return }
    highestLoss = value
    best = candidate
  }

  /// Makes the next candidate: x̂ with one square moved.
  mutating func drawSquare(side: Int) {
    candidate = best
    let top = Int.random(in: 0...height - side, using: &generator)
    let left = Int.random(in: 0...width - side, using: &generator)
    move(rows: top..<top + side, columns: left..<left + side)
  }

  /// Moves a part of the candidate as far as it may, each channel up or down.
  private mutating func move(rows: Range<Int>, columns: Range<Int>) {
    for channel in 0..<channels {
      let end = generator.coin() > 0 ? brightest : darkest
      for row in rows {
        for column in columns {
          let index = (row * width + column) * channels + channel
          candidate[index] = end[index]
        }
      }
    }
  }
}
