extension Trial {
  /// Images that change although nothing may.
  mutating func changedAtZero() throws -> Finding {
    let images = try run { $0.size = 0 }.images
    let changed = (0..<batch.count).count {
      images.row($0) != batch.images.row($0)
    }
    return Finding(
      measured: "\(changed) of \(batch.count) images changed",
      against: changed)
  }

  /// By how many images the model does better with some size than with a
  /// smaller one.
  mutating func risesWithSize() throws -> Finding {
    let sizes = [size / 4, size / 2, size, min(2 * size, largestSize)]
    let counts = try sizes.map { other in
      other == size ? right(own) : right(try run { $0.size = other })
    }
    var (least, rise) = (batch.count, 0)
    for count in counts {
      rise = max(rise, count - least)
      least = min(least, count)
    }
    let list = zip(sizes, counts).map { "\($1) at \(Double($0).shortest)" }
    return Finding(
      measured: "right of \(batch.count): " + list.joined(separator: ", "),
      against: rise)
  }

  /// Images that fall to twice the steps.
  mutating func gainOfSteps() throws -> Finding {
    let steps = settings.steps ?? 1
    return try gain("\(2 * steps) steps") { $0.steps = 2 * steps }
  }

  /// Images that fall to three times the starts.
  mutating func gainOfRestarts() throws -> Finding {
    let restarts = settings.restarts ?? 1
    return try gain("\(3 * restarts) starts") { $0.restarts = 3 * restarts }
  }

  /// By how many images the model does better than chance where all can be
  /// made alike.
  ///
  /// Then it must give them all one answer, and that is right for no more
  /// images than the most common class has.
  mutating func leadOverChance() throws -> Finding {
    let largest = largestSize
    let (run, size) =
      attack.isMinimal
      ? (own, "any distance")
      : (try run { $0.size = largest }, Double(largest).shortest)
    let answered = zip(run.answers, batch.labels).count { $0 == $1 }
    let chance =
      Dictionary(grouping: batch.labels) { $0 }.values.map(\.count).max() ?? 0
    return Finding(
      measured: "right of \(batch.count): \(answered) at \(size); one answer "
        + "to all gets \(chance)",
      against: answered - chance)
  }

  /// How many images stand.
  func right(_ run: AttackRun) -> Int { standing(run).count { $0 } }

  private mutating func gain(
    _ name: String, _ change: (inout AttackSettings) -> Void
  ) throws -> Finding {
    let (before, after) = (right(own), right(try run(change)))
    return Finding(
      measured: "right of \(batch.count): \(before), \(after) with \(name)",
      against: before - after)
  }

  /// From any image to any other.
  private var largestSize: Float {
    attack.norm == .euclidean ? Float(batch.images.rowCount).squareRoot() : 1
  }
}
