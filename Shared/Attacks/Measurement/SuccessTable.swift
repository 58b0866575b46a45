/// How often an attack succeeds, by the class that an image is of and the class
/// that the model shall answer.
public struct SuccessTable: Sendable, Equatable {
  /// The images with the same goal: how many meet it, of how many.
  private let cells: [Goal: Proportion]

  /// Counts the images of some runs.
  ///
  /// An image counts as a success if its goal is met in the end, also if it was
  /// from the start.
  public init(_ runs: [AttackRun]) {
    var counts: [Goal: (met: Int, all: Int)] = [:]
    for run in runs {
      for (goal, isMet) in zip(run.goals, run.isMet) {
        counts[goal, default: (0, 0)].met += isMet ? 1 : 0
        counts[goal, default: (0, 0)].all += 1
      }
    }
    cells = counts.mapValues { Proportion($0.met, of: $0.all) }
  }

  /// Runs an attack once with every class as target, each time on the images of
  /// all other classes.
  ///
  /// - Parameters:
  ///   - attack: The attack with its settings.
  ///   - batch: The images to attack, with their labels.
  ///   - model: The model under attack.
  ///   - classes: How many there are.
  public init(
    ofEveryTarget attack: any Attack, on batch: Batch,
    against model: Sequential, classes: Int = 10
  ) {
    self.init(
      (0..<classes).compactMap { target in
        let rows = batch.labels.indices.filter { batch.labels[$0] != target }
        guard !rows.isEmpty else { return nil }
        return AttackRun(
          attack,
          on: Batch(
            images: batch.images.rows(rows),
            labels: rows.map { batch.labels[$0] }),
          target: target, against: model)
      })
  }

  /// The images that met their goals; nil if none had such a goal.
  ///
  /// - Parameters:
  ///   - label: The class that they are of; nil for all classes.
  ///   - target: The class that was wanted; nil for all goals, those without a
  ///     target among them.
  /// - Returns: How many, of how many.
  public func success(from label: Int? = nil, to target: Int? = nil)
    -> Proportion?
  {
    let chosen = cells.filter { goal, _ in
      (label == nil || goal.label == label)
        && (target == nil || goal.target == target)
    }.values
    guard !chosen.isEmpty else { return nil }
    return Proportion(
      chosen.reduce(0) { $0 + $1.successes },
      of: chosen.reduce(0) { $0 + $1.total })
  }
}
