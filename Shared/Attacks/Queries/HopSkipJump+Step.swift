import Foundation

extension HopSkipJump {
  /// How often a step is halved before the walk stays where it is.
  private static let stepHalvings = 20

  /// What a step may cost: directions, its length, and the way back.
  func mostQueries(ofStep step: Int, pixels: Int) -> Int {
    directionCount(ofStep: step) + Self.stepHalvings
      + lineHalvings(pixels: pixels)
  }

  /// How often an interval is halved until it is shorter than the paper's
  /// θ = 1 ⁄ (d√d), for d pixels.
  ///
  /// Ten times at least: with a handful of pixels, θ would be a large part of
  /// the way.
  func lineHalvings(pixels: Int) -> Int {
    max(10, Int((1.5 * log2(Double(pixels))).rounded(.up)))
  }

  /// Home to the boundary on the straight line, all walks side by side.
  func returnToBoundary(
    _ walks: inout [BoundaryWalk], _ decisions: inout Decisions
  ) {
    guard let pixels = walks.first?.image.count else { return }
    var searches = walks.map(BoundarySearch.init)
    for _ in 0..<lineHalvings(pixels: pixels) {
      let met = decisions.met(by: searches.map(\.middle), of: walks.map(\.row))
      for (index, isMet) in met.enumerated() { searches[index].narrow(isMet) }
    }
    for (index, search) in searches.enumerated() {
      walks[index].point = search.nearest
    }
  }

  /// Away from the boundary, into the land where the goal is met.
  ///
  ///     x̃_t ← x_t + ξv,  ξ = ‖x_t − x‖₂ ⁄ √t, halved until the goal is met
  func leaveBoundary(
    _ walks: inout [BoundaryWalk], step: Int, _ decisions: inout Decisions
  ) {
    for index in walks.indices {
      walks[index].direction = direction(of: walks[index], step, &decisions)
      walks[index].stepSize =
        walks[index].distance / Double(step).squareRoot()
    }
    var waiting = Array(walks.indices)
    for _ in 0..<Self.stepHalvings {
      let met = decisions.met(
        by: waiting.map { walks[$0].next }, of: waiting.map { walks[$0].row })
      for (index, isMet) in zip(waiting, met) { walks[index].advance(isMet) }
      waiting = zip(waiting, met).filter { !$0.1 }.map(\.0)
    }
  }
}
