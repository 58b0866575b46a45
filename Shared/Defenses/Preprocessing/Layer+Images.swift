extension Layer {
  /// Stops at a batch `[N, …]` that the layer cannot take.
  ///
  /// The loops over pixels read through pointers and check nothing.
  func requireImages(_ shape: [Int]) {
    let problem = problem(withInput: Array(shape.dropFirst()))
    precondition(
      problem == nil, "\(Self.self) \(problem ?? ""), got \(shape)")
  }

  /// Why images of a shape do not have sides of at least so many pixels; nil if
  /// they do.
  func problem(withImages inputShape: [Int], smallerThan side: Int) -> String? {
    inputShape.count == 3 && inputShape[0] >= side && inputShape[1] >= side
      ? nil : "takes images of at least \(side) × \(side) pixels"
  }
}
