import Testing

@testable import Shared

/// Expects max|actual − expected| ≤ tolerance · max|expected|.
///
/// One scale for the whole tensor: an element that is a small difference of
/// large numbers may be wrong in all its digits and harm nobody.
func expectClose(
  _ actual: [Double], _ expected: [Double], relative tolerance: Double,
  _ name: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(name) has \(actual.count) numbers instead of \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  let scale = expected.reduce(0) { max($0, abs($1)) }
  var worst = (index: 0, difference: 0.0)
  for index in actual.indices {
    let difference = abs(actual[index] - expected[index])
    // Written so that not-a-number counts as the worst of all.
    if !(difference <= worst.difference) { worst = (index, difference) }
  }
  guard !actual.isEmpty, !(worst.difference <= tolerance * scale) else {
    return
  }
  Issue.record(
    """
    \(name) differs by \(worst.difference / scale) of its largest value, \
    allowed is \(tolerance); the worst is number \(worst.index): \
    \(actual[worst.index]) instead of \(expected[worst.index])
    """, sourceLocation: sourceLocation)
}

/// The same for a tensor, which must also have the expected shape.
func expectClose(
  _ actual: Tensor, _ expected: ExactTensor, relative tolerance: Double,
  _ name: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    actual.shape == expected.shape, "\(name)", sourceLocation: sourceLocation)
  expectClose(
    actual.scalars.map(Double.init), expected.scalars, relative: tolerance,
    name, sourceLocation: sourceLocation)
}

/// The same for two exact tensors.
func expectClose(
  _ actual: ExactTensor, _ expected: ExactTensor, relative tolerance: Double,
  _ name: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    actual.shape == expected.shape, "\(name)", sourceLocation: sourceLocation)
  expectClose(
    actual.scalars, expected.scalars, relative: tolerance, name,
    sourceLocation: sourceLocation)
}
