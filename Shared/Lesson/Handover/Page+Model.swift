import Foundation
import Shared

extension Page {
  /// Makes sure that a model can be saved, before it is trained.
  ///
  /// - Throws: A `TutorialError` if its file cannot be replaced or its folder
  ///   has no room for it.
  public func requireRoom(for model: Sequential, as name: String) throws {
    // Four bytes a weight, and the header.
    try workspace.requireRoom(
      bytes: 4 * model.parameterCount + 65_536, as: name)
  }

  /// Saves what a training has made.
  ///
  /// If the folder takes it no longer, a learner at a terminal may make room or
  /// name another one: the training is not lost.
  ///
  /// - Returns: The file, read back.
  /// - Throws: A `TutorialError` if it cannot be written and nobody is there, or
  ///   if it holds numbers that are not finite.
  @discardableResult
  public func save(_ checkpoint: Checkpoint, as name: String) throws
    -> LoadedCheckpoint
  {
    try checkpoint.requireFinite()
    var place = workspace
    while true {
      do {
        return try checkpoint.save(to: place, as: name)
      } catch let error as TutorialError {
        guard let folder = askForFolder(after: error) else { throw error }
        if !folder.isEmpty {
          place = Workspace(
            output: URL(fileURLWithPath: folder), isQuick: false)
        }
      }
    }
  }

  /// The folder that was typed, empty for the same one; nil to give up.
  private func askForFolder(after error: TutorialError) -> String? {
    guard terminal.isInteractive else { return nil }
    print(
      .prose(
        Prose.parse(
          "**Careful:** \(error) What was trained is still in memory. Make room "
            + "and press Return to try again, or type another folder; `q` "
            + "gives it up.")))
    write("folder: ")
    guard let line = readAnswer()?.trimmingCharacters(in: .whitespaces),
      line != "q"
    else { return nil }
    return line
  }
}

extension Checkpoint {
  fileprivate func requireFinite() throws {
    let wild = tensors.values.reduce(0) {
      $0 + $1.scalars.count { !$0.isFinite }
    }
    guard wild == 0 else {
      throw TutorialError(
        "\(wild.grouped) of the weights are not finite numbers, so nothing was "
          + "saved; train again with a smaller learning rate.")
    }
  }
}
