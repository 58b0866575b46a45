import Foundation
import Shared

extension Bench {
  /// The built chapters: how soon they speak, and what chapter 3 needs.
  func chapters() {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for chapter in [
      "01-Architecture", "02-Data", "03-Training", "04-Hooks", "05-Attacks",
      "06-Security",
    ] where wants("first screen \(chapter)") {
      let seconds = (0..<settings.repeats).compactMap { _ in
        try? firstScreen(of: chapter, output: folder)
      }
      if !seconds.isEmpty {
        add(Measurement("first screen \(chapter)", seconds: seconds))
      }
    }
  }

  /// From the start of the process to its first output.
  private func firstScreen(of chapter: String, output: URL) throws -> Double {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent(chapter)
    process.arguments = ["--quick", "--output", output.path]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    _ = try pipe.fileHandleForReading.read(upToCount: 1)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    process.terminate()
    process.waitUntilExit()
    return seconds
  }
}
