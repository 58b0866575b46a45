import Foundation

@testable import Record

/// What a chapter did when it was run as a learner runs it.
struct ChapterRun {
  var status: Int32
  var output: String
  var error: String
}

/// Runs a built chapter with its output piped, and waits for it.
func runChapter(
  _ name: String, _ arguments: [String], environment: [String: String] = [:],
  in directory: URL? = nil
) throws -> ChapterRun {
  try run(
    productsFolder.appendingPathComponent(name), arguments,
    environment: environment, in: directory)
}

/// Runs a program and collects what it prints.
func run(
  _ program: URL, _ arguments: [String], environment: [String: String] = [:],
  in directory: URL? = nil
) throws -> ChapterRun {
  let folder = try temporaryFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  let (output, error) = (
    folder.appendingPathComponent("out"), folder.appendingPathComponent("err")
  )
  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  if let directory { process.currentDirectoryURL = directory }
  process.environment = ProcessInfo.processInfo.environment
    .merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(environment) { $1 }
  process.standardInput = FileHandle.nullDevice
  // Files instead of pipes: nothing to drain, so nothing can block.
  for url in [output, error] { try Data().write(to: url) }
  process.standardOutput = try FileHandle(forWritingTo: output)
  process.standardError = try FileHandle(forWritingTo: error)
  try process.run()
  process.waitUntilExit()
  return ChapterRun(
    status: process.terminationStatus,
    output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
    error: String(decoding: try Data(contentsOf: error), as: UTF8.self))
}

/// Whether this is the package as it ships, not a learner's: `.ci/run` says so.
let isAsShipped = ProcessInfo.processInfo.environment["AS_SHIPPED"] == "1"

/// Where to find, or to keep, the chapters' runs; nil for nowhere.
let keptRuns = ProcessInfo.processInfo.environment["RUNS"].flatMap {
  $0.isEmpty ? nil : URL(fileURLWithPath: $0)
}

/// Where the built chapters are.
var productsFolder: URL { ChapterRuns.productsFolder }

/// An empty folder of its own.
func temporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("chapters-\(UUID().uuidString)")
  try FileManager.default.createDirectory(
    at: folder, withIntermediateDirectories: true)
  return folder
}

/// Calls `body` with an empty folder and removes it afterwards.
func inFolder(_ body: (URL) throws -> Void) throws {
  let folder = try temporaryFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}
