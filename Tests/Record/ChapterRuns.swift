import Foundation
import Lesson
import Shared

/// The six chapters run in order with their default settings: in full, or
/// quick.
///
/// What a run left is kept in a folder, so that one run serves all who look at
/// it.
struct ChapterRuns {
  enum Length: String, CaseIterable {
    case full, quick
  }

  let folder: URL

  /// Calls `body` with the runs in a folder, making those that are not there;
  /// without a folder, in one that is removed afterwards.
  static func with<Result>(
    folder: URL?, lengths: [Length] = Length.allCases,
    _ body: (ChapterRuns) throws -> Result
  ) throws -> Result {
    let own = folder ?? temporaryFolderName()
    defer {
      if folder == nil { try? FileManager.default.removeItem(at: own) }
    }
    let runs = ChapterRuns(folder: own)
    for length in lengths { try runs.run(length) }
    return try body(runs)
  }

  private static func temporaryFolderName() -> URL {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("runs-\(UUID().uuidString)")
  }

  /// Where the run's files are.
  func output(_ length: Length) -> URL {
    base(length).appendingPathComponent(length == .quick ? "out/quick" : "out")
  }

  /// What a chapter printed, as through a pipe.
  func transcript(_ length: Length, _ chapter: String) throws -> String {
    try String(
      contentsOf: base(length).appendingPathComponent("\(chapter).txt"),
      encoding: .utf8)
  }

  private func base(_ length: Length) -> URL {
    folder.appendingPathComponent(length.rawValue)
  }

  private func run(_ length: Length) throws {
    for chapter in ChapterName.allCases.map(\.rawValue) {
      try run(
        chapter, length == .quick ? ["--quick", "--transcripts"] : [],
        in: base(length))
    }
  }

  /// Runs one chapter in a folder, where it leaves `out` and its transcript,
  /// unless that is there already.
  func run(_ chapter: String, _ flags: [String], in folder: URL) throws {
    let transcript = folder.appendingPathComponent("\(chapter).txt")
    if FileManager.default.fileExists(atPath: transcript.path) { return }
    print("running", chapter, flags.joined(separator: " "))
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    let part = folder.appendingPathComponent("\(chapter).part")
    try Data().write(to: part)
    let process = Process()
    process.executableURL = Self.productsFolder.appendingPathComponent(chapter)
    // A folder seen from the working directory has the same name everywhere.
    process.arguments = ["--no-pause", "--output", "out"] + flags
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": "C.UTF-8"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: part)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw TutorialError("\(chapter) failed.")
    }
    try FileManager.default.moveItem(at: part, to: transcript)
  }

  /// Where the build has put the chapters: beside the tests, and beside this
  /// program.
  static var productsFolder: URL {
    let bundle = Bundle.allBundles.first {
      $0.bundlePath.hasSuffix(".xctest")
    }
    let program =
      bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return program.resolvingSymlinksInPath().deletingLastPathComponent()
  }
}
