import Foundation
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
    FileManager.default.fileExists(atPath: url(name).path)
  }

  /// Reads a checkpoint and the SHA-256 of its file.
  public func load(_ name: String) throws -> LoadedCheckpoint {
    try LoadedCheckpoint(url(name))
  }

  /// Makes sure that files can be written, before any work is done.
  ///
  /// - Throws: A `TutorialError` if they cannot.
  func prepare() throws {
    let probe = ".writable-\(UUID().uuidString)"
    try Self.writing.withLock { _ in
      try write(Data(count: 4096), to: probe, called: folder)
      try? FileManager.default.removeItem(at: url(probe))
    }
  }

  /// Writes a file whole or not at all.
  ///
  /// - Throws: A `TutorialError` if the folder is full or closed to writing.
  public func write(_ data: Data, to name: String) throws {
    try Self.writing.withLock { _ in
      try write(data, to: name, called: url(name))
    }
  }

  private func write(_ data: Data, to name: String, called file: URL) throws {
    let target = url(name)
    do {
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(),
        withIntermediateDirectories: true)
      try data.write(to: target, options: .atomic)
    } catch {
      throw TutorialError(
        "\(file.path) cannot be written (\(reason(error))); choose another "
          + "folder with `--output DIR`.")
    }
  }

  private func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey]
    if let posix = underlying as? POSIXError {
      return String(cString: strerror(posix.code.rawValue))
    }
    return error.localizedDescription
  }
}

/// A checkpoint as it lies on disk.
public struct LoadedCheckpoint: Sendable {
  /// Where it was read from.
  public let url: URL
  /// What it holds.
  public let contents: SafeTensors
  /// Identifies the file, so that later files can say what they came from.
  public let sha256: String

  /// Reads a safetensors file.
  ///
  /// - Throws: A `TutorialError` if it is missing or damaged.
  public init(_ url: URL) throws {
    let data = try readFile(url)
    self.url = url
    contents = try SafeTensors(decoding: data, name: url.path)
    sha256 = SHA256.hash(data)
    let version = contents.metadata["formatVersion"]
    guard version == Checkpoint.formatVersion else {
      throw TutorialError(
        "\(url.path) is not a checkpoint of this tutorial (format version "
          + "\(version ?? "missing"), expected \(Checkpoint.formatVersion)).")
    }
  }

  /// One entry of the metadata.
  public subscript(key: String) -> String? { contents.metadata[key] }
}
