import Foundation
import Shared

/// A learner's record, kept as a JSON file in the output folder.
///
/// It holds nothing that work depends on: whoever deletes it loses only it.
protocol LearnerRecord: Codable, Sendable {
  static var fileName: String { get }
  /// What is lost with the file, as the end of "only … in it".
  static var contents: String { get }
  /// The record of somebody who has done nothing yet.
  init()
  /// Whether every number in it can have come from a learner.
  var isPlausible: Bool { get }
}

extension LearnerRecord {
  /// Reads the record; nothing yet if there is no file.
  ///
  /// - Throws: A `TutorialError` if there is a file that is none.
  init(in workspace: Workspace) throws {
    guard workspace.has(Self.fileName) else {
      self.init()
      return
    }
    let url = workspace.url(Self.fileName)
    try self.init(decoding: readFile(url), name: url.path)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: A `TutorialError` that names the file if they are no record.
  init(decoding data: Data, name: String) throws {
    guard let record = try? JSONDecoder().decode(Self.self, from: data),
      record.isPlausible
    else {
      throw TutorialError(
        "\(name) is damaged; delete it (only \(Self.contents) in it).")
    }
    self = record
  }

  /// Reads the record, changes it and writes it, while nobody else does.
  ///
  /// - Throws: A `TutorialError` if it is damaged or cannot be written.
  static func update(
    in workspace: Workspace, _ change: (inout Self) -> Void
  ) throws {
    let lock = workspace.lock("records", mayWait: true)
    var record = try Self(in: workspace)
    change(&record)
    try record.save(in: workspace)
    _ = consume lock
  }

  /// Writes the record.
  ///
  /// - Throws: A `TutorialError` if it cannot be written.
  func save(in workspace: Workspace) throws {
    try workspace.write(encoded(), to: Self.fileName)
  }

  /// The file's bytes.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(self)
  }
}
