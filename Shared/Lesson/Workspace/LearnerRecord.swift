import Foundation
import Shared

/// A learner's record, kept as a JSON file in the output folder.
///
/// It holds nothing that work depends on: whoever deletes it loses only it.
protocol LearnerRecord: Codable {
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
    let data = try readFile(url)
    guard let record = try? JSONDecoder().decode(Self.self, from: data),
      record.isPlausible
    else {
      throw TutorialError(
        "\(url.path) is damaged; delete it (only \(Self.contents) in it).")
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
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try workspace.write(encoder.encode(self), to: Self.fileName)
  }
}
