import Foundation

/// Repeated timings of one piece of work.
struct Measurement: Encodable {
  var name: String
  /// Seconds, sorted.
  var seconds: [Double]
  /// Floating-point operations of one run, counted dense.
  var operations: Double?
  /// Images of one run.
  var images: Int?
  /// Share of the peak of the cores used, 0...1.
  var peakShare: Double?
  /// Share of the time that was spent in multiplications, 0...1.
  var multiplicationShare: Double?

  var median: Double { seconds[seconds.count / 2] }

  /// The most memory that a program held.
  var peakMegabytes: Double?

  /// Runs `body` once to warm up and then `repeats` times.
  init(
    _ name: String, repeats: Int, operations: Double? = nil,
    images: Int? = nil, _ body: () -> Void
  ) {
    self.name = name
    self.operations = operations
    self.images = images
    body()
    seconds = (0..<repeats).map { _ in
      let start = ContinuousClock.now
      body()
      return (ContinuousClock.now - start) / .seconds(1)
    }.sorted()
  }

  /// Something that was measured elsewhere.
  init(_ name: String, seconds: [Double]) {
    self.name = name
    self.seconds = seconds.sorted()
  }

  var gigaflops: Double? { operations.map { $0 / median / 1e9 } }
}
