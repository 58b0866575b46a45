import Shared

/// A chapter as one page for a browser, with everything in it.
///
/// The page needs no network, no other file and no script.
struct Notebook {
  /// The blocks of a run, from its head to its foot.
  var blocks: [Block]
  /// The text of `Notebook/notebook.css`.
  var stylesheet: String

  /// A part of the page: a heading and what follows it.
  private struct Part {
    var number: Int
    var title: String
    var anchor: String
    var blocks: [Block] = []
  }

  /// The page.
  var html: String {
    let head = blocks.lazy.compactMap { block -> Head? in
      if case .head(let head) = block { head } else { nil }
    }.first
    let (preface, parts) = divided
    let renderer = NotebookRenderer()
    let contents = list(parts)
    let quick = head?.quickFolder == nil ? "" : " (quick run)"
    let title = head.map { "\($0.number) \($0.title)\(quick)" } ?? ""
    return HTML.page(
      title: "\(title) · Understanding adversarial attacks through MNIST",
      description: head?.question ?? "", stylesheet: stylesheet,
      body: """
        <div class="sheet">
        <nav class="sidebar" aria-label="Contents of this chapter">
        <p><a href="index.html">All chapters</a></p>
        \(contents)
        </nav>
        <main id="main">
        \(head.map(renderer.html) ?? "")
        <nav class="contents" aria-label="Contents of this chapter">
        <details>
        <summary>Contents</summary>
        \(contents)
        <p><a href="index.html">All chapters</a></p>
        </details>
        </nav>
        \(preface.map(renderer.html).joined(separator: "\n"))
        \(parts.map { section($0, renderer) }.joined(separator: "\n"))
        </main>
        </div>
        """)
  }

  /// What comes before the first heading, and the parts.
  private var divided: (preface: [Block], parts: [Part]) {
    var anchors = Anchors(reserved: ["main"])
    var preface: [Block] = []
    var parts: [Part] = []
    for block in blocks {
      switch block {
      case .head: continue
      case .section(let number, let title):
        parts.append(
          Part(number: number, title: title, anchor: anchors.name(for: title)))
      default:
        if parts.isEmpty {
          preface.append(block)
        } else {
          parts[parts.count - 1].blocks.append(block)
        }
      }
    }
    return (preface, parts)
  }

  private func list(_ parts: [Part]) -> String {
    let items = parts.map {
      "<li><a href=\"#\($0.anchor)\">\(HTML.escape($0.title))</a></li>"
    }
    return "<ol>\n\(items.joined(separator: "\n"))\n</ol>"
  }

  private func section(_ part: Part, _ renderer: NotebookRenderer) -> String {
    """
    <section aria-labelledby="\(part.anchor)">
    <h2 id="\(part.anchor)"><a href="#\(part.anchor)">\
    <span class="number">\(part.number)</span> \(HTML.escape(part.title))\
    </a></h2>
    \(part.blocks.map(renderer.html).joined(separator: "\n"))
    </section>
    """
  }
}
