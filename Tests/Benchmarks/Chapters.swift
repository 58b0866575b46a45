import Foundation
import Lesson
import Shared

extension Bench {
  /// The built chapters: how soon they speak, what their files cost, and what
  /// chapter 3 needs.
  func chapters() {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for chapter in ChapterName.allCases.map(\.rawValue)
    where wants("first screen \(chapter)") {
      let seconds = (0..<settings.repeats).compactMap { _ in
        try? firstScreen(of: chapter, output: folder)
      }
      if !seconds.isEmpty {
        add(Measurement("first screen \(chapter)", seconds: seconds))
      }
    }
    for chapter in ChapterName.allCases.map(\.rawValue)
    where wants("files \(chapter)") {
      if let seconds = try? secondsWriting(of: chapter, output: folder) {
        add(Measurement("files \(chapter)", seconds: [seconds]))
      }
    }
    if wants("whole 03-Training"),
      let whole = try? wholeTraining(output: folder)
    {
      add(whole)
    }
  }

  /// Chapter 3 from start to end: how long, and the most memory it held.
  private func wholeTraining(output: URL) throws -> Measurement {
    let process = Process()
    process.executableURL = program("03-Training")
    process.arguments = ["--no-pause", "--output", output.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    process.waitUntilExit()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    var result = Measurement("whole 03-Training", seconds: [seconds])
    result.peakMegabytes = childrensPeakMegabytes
    return result
  }

  private var childrensPeakMegabytes: Double {
    var usage = rusage()
    #if os(macOS)
      getrusage(RUSAGE_CHILDREN, &usage)
      return Double(usage.ru_maxrss) / 1e6  // counted in bytes
    #else
      getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
      return Double(usage.ru_maxrss) / 1e3  // counted in kilobytes
    #endif
  }

  /// What drawing and writing its figures and pages adds to a quick run, as
  /// the chapter itself says.
  private func secondsWriting(of chapter: String, output: URL) throws -> Double
  {
    struct Results: Decodable { var secondsWriting: Double }
    let process = Process()
    process.executableURL = program(chapter)
    process.arguments = ["--no-pause", "--quick", "--output", output.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let file = output.appendingPathComponent("quick/\(chapter).json")
    return try JSONDecoder().decode(
      Results.self, from: Data(contentsOf: file)
    ).secondsWriting
  }

  private func program(_ name: String) -> URL {
    URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent(name)
  }

  /// From the start of the process to its first output.
  private func firstScreen(of chapter: String, output: URL) throws -> Double {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program(chapter)
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
