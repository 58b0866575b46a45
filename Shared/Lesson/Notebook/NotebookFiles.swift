import Foundation
import Shared

/// The pages beside a chapter's other files.
struct NotebookFiles {
  var workspace: Workspace
  private let articleFolder: URL
  private let stylesheet: String

  /// Reads the style of all pages.
  ///
  /// - Parameters:
  ///   - workspace: Where the pages go.
  ///   - articleFolder: Where the article is, if it is anywhere.
  /// - Throws: A `TutorialError` if the package lacks the file.
  init(in workspace: Workspace, articleFolder: URL = PackageFiles.article)
    throws
  {
    self.workspace = workspace
    self.articleFolder = articleFolder
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

  /// Writes the index of all pages whose results are there, and the article.
  ///
  /// - Throws: A `TutorialError` if a file cannot be written.
  func writeIndex() throws {
    let index = NotebookIndex(
      runs: runs, isQuick: workspace.isQuick, hasArticle: try writeArticle(),
      stylesheet: stylesheet)
    try workspace.write(Data(index.html.utf8), to: "index.html")
  }

  /// Without the article, chapters are as good as with it.
  ///
  /// - Returns: Whether there is one.
  private func writeArticle() throws -> Bool {
    guard let article = Article(folder: articleFolder) else { return false }
    let page = ArticlePage(
      article: article, workspace: workspace, stylesheet: stylesheet)
    try workspace.write(Data(page.html.utf8), to: ArticlePage.fileName)
    return true
  }

  /// The chapters that have a page, in order.
  private var runs: [Run] {
    ChapterName.allCases.map(\.rawValue)
      .filter { workspace.has("\($0).html") }
      .compactMap { Run(chapter: $0, in: workspace) }
  }
}
