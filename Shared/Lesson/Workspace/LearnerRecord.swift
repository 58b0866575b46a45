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
    do {
      self = try JSONDecoder().decode(Self.self, from: readFile(url))
    } catch is DecodingError {
      throw TutorialError(
        "\(url.path) is damaged; delete it (only \(Self.contents) in it).")
    }
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
