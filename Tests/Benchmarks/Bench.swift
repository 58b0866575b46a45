import Foundation
import Shared

/// All measurements, in the order of the table.
final class Bench {
  let settings: Settings
  let mnist: MNIST
  let model: Sequential
  private var results: [Measurement] = []
  private var peak: [Int: Double] = [:]

  init(_ settings: Settings) throws {
    self.settings = settings
    mnist = try MNIST()
    var model = Sequential.notebookNetwork(seed: 2)
    let checkpoint = try LoadedCheckpoint(PackageFiles.pretrained)
    try model.load(checkpoint.contents.tensors, from: checkpoint.url.path)
    self.model = model
  }

  func run() {
    measurePeak()
    print(
      "\(Workers.count) workers; peak \(gflops(peak[1])) GFLOP/s on one, "
        + "\(gflops(peak[Workers.count])) on all\n")
    print(
      column("work", 42) + column("median", 11) + column("spread", 17)
        + column("GFLOP/s", 9) + column("of peak", 9) + "multiplying")
    wholePrograms()
    for size in [1, 16, 64, 256, 1024] { throughput(batchSize: size) }
    threads()
    steps()
    layers()
    chapters()
    printJSON()
  }

  /// Adds a row, unless `--only` asks for others.
  func measure(
    _ name: String, operations: Double? = nil, images: Int? = nil,
    workers: Int = Workers.count, _ body: () -> Void
  ) {
    guard wants(name) else { return }
    var result = Workers.$count.withValue(workers) {
      Measurement(
        name, repeats: settings.repeats, operations: operations,
        images: images, body)
    }
    if let speed = result.gigaflops, let peak = peak[workers] {
      result.peakShare = speed * 1e9 / peak
    }
    if settings.row == nil, operations != nil {
      result.multiplicationShare = multiplicationShare(
        of: name, seconds: result.median)
    }
    add(result)
  }

  func add(_ result: Measurement) {
    results.append(result)
    print(
      column(result.name, 42) + column(time(result.median), 11)
        + column(
          time(result.seconds[0]) + "–" + time(result.seconds.last ?? 0), 17)
        + column(result.gigaflops.map { $0.decimals(1) } ?? "", 9)
        + column(result.peakShare?.percent(0) ?? "", 9)
        + (result.multiplicationShare?.percent(0) ?? "")
        + (result.peakMegabytes.map { "at most \($0.decimals(0)) MB" } ?? ""))
  }

  func wants(_ name: String) -> Bool {
    (settings.only.map { name.contains($0) } ?? true)
      && (settings.row.map { name == $0 } ?? true)
  }

  private func measurePeak() {
    for workers in Set([1, Workers.count]) {
      let run = Workers.$count.withValue(workers) {
        Measurement("peak", repeats: 5) {
          let sums = Workers.map(workers) {
            PeakProbe.run(factor: 0.5 + Float($0) / 1000)
          }
          precondition(sums.allSatisfy(\.isFinite))
        }
      }
      peak[workers] = Double(workers) * PeakProbe.operations / run.seconds[0]
    }
  }

  private func gflops(_ speed: Double?) -> String {
    ((speed ?? 0) / 1e9).decimals(0)
  }

  private func time(_ seconds: Double) -> String {
    seconds >= 1
      ? seconds.decimals(2) + " s"
      : seconds >= 1e-3
        ? (seconds * 1e3).decimals(1) + " ms"
        : (seconds * 1e6).decimals(1) + " µs"
  }

  private func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// One line for programs: every measurement and the peak.
  private func printJSON() {
    struct Report: Encodable {
      var workers: Int
      var peakOne, peakAll: Double
      var results: [Measurement]
    }
    let report = Report(
      workers: Workers.count, peakOne: peak[1] ?? 0,
      peakAll: peak[Workers.count] ?? 0, results: results)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    if let line = try? encoder.encode(report) {
      print("\n" + String(decoding: line, as: UTF8.self))
    }
  }
}
