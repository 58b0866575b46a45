/// All that a decision-based attack learns: whether an answer of the model is
/// what it wants.
///
///     φ(x′) = true if the answer to x′ meets the goal, else false
///
/// It also counts, for an attacker who may ask only so often.
struct Decisions: Sendable {
  private let model: LabelAccess
  private let goals: [Goal]
  private let imageShape: [Int]
  private let limit: Int?
  private var asked: [Int]

  /// - Parameters:
  ///   - model: The model under attack.
  ///   - goals: One an image.
  ///   - imageShape: The shape of one image.
  ///   - limit: How often it may be asked about one image; nil for any number.
  init(_ model: LabelAccess, goals: [Goal], imageShape: [Int], limit: Int?) {
    self.model = model
    self.goals = goals
    self.imageShape = imageShape
    self.limit = limit
    asked = Array(repeating: 0, count: goals.count)
  }

  /// Whether so many more questions about an image are allowed.
  func mayAsk(_ count: Int, about image: Int) -> Bool {
    limit.map { asked[image] + count <= $0 } ?? true
  }

  /// φ of some candidates.
  ///
  /// - Parameters:
  ///   - candidates: As many of each image, one image's after the other's.
  ///   - images: Which images of the run they are changed copies of.
  /// - Returns: One decision a candidate.
  mutating func met(by candidates: [[Float]], of images: [Int]) -> [Bool] {
    guard !candidates.isEmpty else { return [] }
    let copies = candidates.count / images.count
    for image in images { asked[image] += copies }
    let answers = model.only(images).answers(
      to: Tensor(rows: candidates, of: imageShape))
    return answers.enumerated().map { index, answer in
      goals[images[index / copies]].isMet(by: answer)
    }
  }
}
