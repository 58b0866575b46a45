extension HopSkipJump {
  /// A walk for each image that the model gets right and for which a start was
  /// found: an image, however far, that meets the goal.
  func starts(
    for images: Tensor, _ goals: [Goal], _ decisions: inout Decisions
  ) -> [BoundaryWalk] {
    let rows = Array(goals.indices)
    let met = decisions.met(by: images.allRows, of: rows)
    var waiting = rows.filter { !met[$0] }
    let known = goals.enumerated().map { row, goal in
      knownStarts(for: images.row(row), goal)
    }
    let cost = 1 + lineHalvings(pixels: images.rowCount)
    var walks: [BoundaryWalk] = []
    for attempt in 0..<tries where !waiting.isEmpty {
      waiting.removeAll { !decisions.mayAsk(cost, about: $0) }
      let candidates = waiting.map { row in
        attempt < known[row].count
          ? known[row][attempt]
          : noise(images.rowCount, row: row, attempt: attempt)
      }
      let met = decisions.met(by: candidates, of: waiting)
      for (index, row) in waiting.enumerated() where met[index] {
        walks.append(
          BoundaryWalk(row, of: images.row(row), from: candidates[index]))
      }
      waiting = zip(waiting, met).filter { !$0.1 }.map(\.0)
    }
    return walks
  }

  /// The attacker's own images that show what is wanted, the nearest first.
  private func knownStarts(for image: ArraySlice<Float>, _ goal: Goal)
    -> [[Float]]
  {
    guard let startingImages else { return [] }
    let image = Array(image)
    return zip(startingImages.labels, startingImages.images.allRows)
      .filter { goal.isMet(by: $0.0) }
      .map { (distance: Shared.distance($0.1, image), start: $0.1) }
      .sorted { $0.distance < $1.distance }
      .map(\.start)
  }

  /// An image of noise: every pixel anything from black to white.
  private func noise(_ pixels: Int, row: Int, attempt: Int) -> [Float] {
    var generator = SeededGenerator(
      seed: derivedSeed(seed, .query, row, attempt))
    return (0..<pixels).map { _ in generator.uniform() }
  }
}
