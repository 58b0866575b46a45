import Foundation
import Shared

/// The article as one page for a browser, with everything in it.
struct ArticlePage {
  /// The page's file, beside those of the chapters.
  static let fileName = "Article.html"

  var article: Article
  /// Where the page will be.
  var workspace: Workspace
  /// The text of `Notebook/notebook.css`.
  var stylesheet: String

  /// The page.
  var html: String {
    let chapters = ChapterName.allCases.filter {
      workspace.has("\($0.rawValue).html")
    }
    var renderer = ArticleRenderer(
      ArticleLinks(
        article: article, folder: workspace.folder, chapters: Set(chapters)))
    let series = "Understanding adversarial attacks through MNIST"
    let title = introduction?.title ?? series
    let sections = article.documents.map { renderer.section($0) }
    return HTML.page(
      title: title == series ? title : "\(title) · \(series)",
      description: "The article that is read beside the six chapters.",
      stylesheet: stylesheet,
      body: """
        <div class="sheet article">
        <nav class="sidebar" aria-label="Contents of the article">
        <p><a href="index.html">All chapters</a></p>
        \(contents)
        </nav>
        <main id="main">
        <header>
        <p class="series">To read beside the six chapters</p>
        <h1>\(HTML.escape(title))</h1>
        </header>
        \(sections.joined(separator: "\n"))
        <footer>
        <nav aria-label="Other pages">
        <a href="index.html">All chapters</a>
        </nav>
        </footer>
        </main>
        </div>
        """)
  }

  private var introduction: Article.Document? {
    article.documents.first { $0.file == Article.introduction }
  }

  private var contents: String {
    let items = article.documents.filter { $0.file != Article.introduction }
      .map {
        "<li><a href=\"#\(HTML.escape($0.id))\">\(HTML.escape($0.title))"
          + "</a></li>"
      }
    return "<ol>\n\(items.joined(separator: "\n"))\n</ol>"
  }
}
