import Foundation

/// The share of a row's time that its multiplications took, 0...1, as Linux's
/// `perf` samples it; nil where there is no `perf`, or it may not look.
///
/// The row runs once more, in a process of its own, for at least a second. What
/// loading the data and measuring the peak take is left out.
func multiplicationShare(of row: String, seconds: Double) -> Double? {
  let file = FileManager.default.temporaryDirectory
    .appendingPathComponent("perf-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: file) }
  let repeats = min(max(Int(1 / seconds), 1), 1000)
  guard
    output(of: [
      "perf", "record", "-F", "1999", "-o", file.path,
      CommandLine.arguments[0], "--row", row, "--repeat", "\(repeats)",
    ]) != nil,
    let report = output(of: [
      "perf", "report", "-i", file.path, "--stdio", "--no-children", "-F",
      "sample,symbol", "-t", "|",
    ])
  else { return nil }
  var (multiplying, all) = (0.0, 0.0)
  for line in report.split(separator: "\n") where !line.hasPrefix("#") {
    let fields = line.split(separator: "|")
    guard fields.count == 2, let samples = Double(trimmed(fields[0])),
      !preparation.contains(where: { fields[1].contains($0) })
    else { continue }
    all += samples
    if kernels.contains(where: { fields[1].contains($0) }) {
      multiplying += samples
    }
  }
  return all > 0 ? multiplying / all : nil
}

/// Where all products are formed: functions of `Shared/Kernels`.
private let kernels = ["8multiply_2by", "13linearForward", "15addWeightedRows"]

private let preparation = [
  "PeakProbe", "SHA256", "convertPixels", "swift_once",
]

private func trimmed(_ field: Substring) -> String {
  field.trimmingCharacters(in: .whitespaces)
}

/// What a program prints; nil if it cannot be run or fails.
private func output(of command: [String]) -> String? {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return nil }
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return process.terminationStatus == 0
    ? String(decoding: data, as: UTF8.self) : nil
}
