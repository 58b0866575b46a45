import Foundation
import Shared

/// The pages beside a chapter's other files.
struct NotebookFiles {
  var workspace: Workspace
  private let stylesheet: String

  /// Reads the style of all pages.
  ///
  /// - Throws: A `TutorialError` if the package lacks the file.
  init(in workspace: Workspace) throws {
    self.workspace = workspace
    let folder = PackageFiles.root.appendingPathComponent("Shared/Lesson")
    stylesheet = try withRemedy(
      "it belongs to the package, restore it with `git checkout`"
    ) {
      try ["Notebook/notebook.css", "Explorer/explorer.css"].map {
        String(
          decoding: try readFile(folder.appendingPathComponent($0)),
          as: UTF8.self)
      }.joined()
    }
  }

  /// Writes a chapter's page.
  ///
  /// - Parameters:
  ///   - blocks: The run, from its head to its foot.
  ///   - chapter: The chapter's name, `03-Training`.
  /// - Throws: A `TutorialError` if the file cannot be written.
  func write(_ blocks: [Block], chapter: String) throws {
    let notebook = Notebook(blocks: blocks, stylesheet: stylesheet)
    try workspace.write(Data(notebook.html.utf8), to: "\(chapter).html")
  }

  /// Writes the index of all pages whose results are there.
  ///
  /// - Throws: A `TutorialError` if the file cannot be written.
  func writeIndex() throws {
    let index = NotebookIndex(
      runs: runs, isQuick: workspace.isQuick, stylesheet: stylesheet)
    try workspace.write(Data(index.html.utf8), to: "index.html")
  }

  /// The chapters that have a page, in order.
  private var runs: [Run] {
    ChapterName.allCases.map(\.rawValue)
      .filter { workspace.has("\($0).html") }
      .compactMap { Run(chapter: $0, in: workspace) }
  }
}
