import Foundation
import Shared
import Synchronization

/// The folder a run reads from and writes to.
///
/// A quick run lives in a folder of its own inside it, so it can never replace
/// what a full run has made.
public struct Workspace: Sendable {
  /// Where files go.
  public let folder: URL
  /// Whether this is a quick run.
  public let isQuick: Bool

  /// Held while a file is being written; who holds it may end the process.
  static let writing = Mutex(())

  /// A workspace in `output`, or in `output/quick`.
  public init(output: URL, isQuick: Bool) {
    folder = isQuick ? output.appendingPathComponent("quick") : output
    self.isQuick = isQuick
  }

  /// A file's place.
  public func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// Whether an earlier chapter has left this file.
  public func has(_ name: String) -> Bool {
    // A link that leads nowhere is there, too: reading it says what it is.
    (try? FileManager.default.attributesOfItem(atPath: url(name).path)) != nil
  }

  /// Reads a checkpoint and the SHA-256 of its file.
  public func load(_ name: String) throws -> LoadedCheckpoint {
    try LoadedCheckpoint(url(name))
  }

  /// Makes sure that files can be written, before any work is done, and
  /// removes what killed runs have left.
  ///
  /// - Throws: A `TutorialError` if they cannot.
  func prepare() throws {
    removeLeftovers(
      in: folder, named: [Self.probePrefix, ".dat.nosync"], olderThan: 60)
    try probe(bytes: 4096)
  }

  /// Makes sure that a file of that size can be written or replaced.
  ///
  /// - Throws: A `TutorialError` if it cannot.
  func requireRoom(bytes: Int, as name: String) throws {
    try requirePlace(for: name)
    guard
      !has(name) || FileManager.default.isDeletableFile(atPath: url(name).path)
    else {
      throw TutorialError(
        "\(url(name).path) cannot be replaced; \(Self.remedy).")
    }
    try probe(bytes: bytes)
  }

  /// - Throws: A `TutorialError` if a folder has that name.
  public func requirePlace(for name: String) throws {
    try withRemedy(Self.remedy) { try Shared.requirePlace(for: url(name)) }
  }

  /// Takes a lock that two runs cannot have at once.
  ///
  /// - Returns: nil if another run has it.
  func lock(_ name: String, mayWait: Bool) -> FolderLock? {
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true)
    return FolderLock(url(".lock-\(name)"), mayWait: mayWait)
  }

  private static let probePrefix = ".writable-"
  private static let remedy = "choose another folder with `--output DIR`"

  private func probe(bytes: Int) throws {
    let probe = url(Self.probePrefix + UUID().uuidString)
    try Self.writing.withLock { _ in
      do {
        try writeWithRemedy(Data(count: bytes), to: probe)
      } catch let error as TutorialError {
        // The probe is nothing that a learner has asked for.
        throw TutorialError(
          error.description.replacing(probe.path, with: folder.path))
      }
      try? FileManager.default.removeItem(at: probe)
    }
  }

  /// Writes a file whole or not at all.
  ///
  /// - Throws: A `TutorialError` if the folder is full or closed to writing.
  public func write(_ data: Data, to name: String) throws {
    try Self.writing.withLock { _ in try writeWithRemedy(data, to: url(name)) }
  }

  private func writeWithRemedy(_ data: Data, to url: URL) throws {
    try withRemedy(Self.remedy) {
      try writeFile(data, to: url)
    }
  }
}

extension PackageFiles {
  /// Where chapters write, unless `--output` says otherwise.
  public static let output = root.appendingPathComponent("Output")
}
