import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct WorkspaceTests {
  @Test func `a lock is for one run, until it ends`() throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      func isFree(_ name: String) -> Bool {
        workspace.lock(name, mayWait: false) != nil
      }
      let lock = workspace.lock("03-Training", mayWait: false)
      #expect(!isFree("03-Training"))
      #expect(isFree("04-Hooks"))
      _ = consume lock
      #expect(isFree("03-Training"))
    }
  }

  @Test func `a record loses no change that others make`() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let workspace = Workspace(output: folder, isQuick: false)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for number in 0..<10 {
            try ExerciseRecord.update(in: workspace) {
              $0["\(writer)-\(number)"].hints = 1
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let record = try ExerciseRecord(in: workspace)
    for writer in 0..<4 {
      for number in 0..<10 { #expect(record["\(writer)-\(number)"].hints == 1) }
    }
  }

  @Test func `room is asked for before the work`() throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      try workspace.requireRoom(bytes: 1 << 20, as: "model")
      try Data([1]).write(to: workspace.url("model"))
      try workspace.requireRoom(bytes: 1 << 20, as: "model")
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.path)
      #expect(files == ["model"])
      try FileManager.default.createDirectory(
        at: workspace.url("folder"), withIntermediateDirectories: true)
      expectSentence("is a folder where a file belongs; choose another") {
        try workspace.requireRoom(bytes: 1, as: "folder")
      }
    }
  }

  @Test func `what a killed run has left is swept at the next start`() throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      let leftovers = [".dat.nosync4f1.aB3xYz", ".writable-0A"]
      for name in leftovers + ["03-Training.safetensors"] {
        try Data([1]).write(to: workspace.url(name))
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -3600)],
          ofItemAtPath: workspace.url(name).path)
      }
      try workspace.prepare()
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.path)
      #expect(files == ["03-Training.safetensors"])
    }
  }

  @Test func `a link that leads nowhere is there all the same`() throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      #expect(!workspace.has("model"))
      try FileManager.default.createSymbolicLink(
        atPath: workspace.url("model").path, withDestinationPath: "model")
      #expect(workspace.has("model"))
      expectSentence("symbolic links") { _ = try workspace.load("model") }
    }
  }
}
