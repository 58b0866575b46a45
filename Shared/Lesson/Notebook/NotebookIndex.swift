import Foundation
import Shared

/// The page that leads to the pages of all chapters that have run.
struct NotebookIndex {
  var runs: [Run]
  var isQuick: Bool
  var hasArticle: Bool
  var stylesheet: String

  /// The page.
  var html: String {
    let title = "Understanding adversarial attacks through MNIST"
    return HTML.page(
      title: title + (isQuick ? " (quick runs)" : ""),
      description: "The chapters that have run on this computer.",
      stylesheet: stylesheet,
      body: """
        <div class="sheet">
        <main id="main">
        <header>
        <p class="series">A tutorial in six chapters</p>
        <h1>\(title)</h1>
        \(isQuick ? """
          <aside class="quick"><p><strong>Quick runs:</strong> fewer images \
          and fewer steps. Every number on these pages is a rough one.</p>\
          </aside>
          """ : "")
        </header>
        <ol class="chapters">
        \(runs.map(item).joined(separator: "\n"))
        \(hasArticle ? article : "")
        </ol>
        </main>
        </div>
        """)
  }

  private func item(_ run: Run) -> String {
    """
    <li><a href="\(HTML.escape(run.chapter)).html">\
    Chapter \(Int(run.chapter.prefix(2)) ?? 0): \(HTML.escape(run.title))</a>
    <p>\(HTML.escape(run.question))</p>
    <p class="date">Run on <time datetime="\(run.date.formatted(.iso8601))">\
    \(run.date.formatted(Self.style))</time>, \(run.seconds.decimals(1)) s</p>
    </li>
    """
  }

  private var article: String {
    """
    <li><a href="\(ArticlePage.fileName)">The article</a>
    <p>What to read beside the chapters, and after them.</p>
    </li>
    """
  }

  private static let style = Date.FormatStyle.dateTime.day().month(.wide)
    .year().hour().minute().locale(Locale(identifier: "en_GB"))
}
