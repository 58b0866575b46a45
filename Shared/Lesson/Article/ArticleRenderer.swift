import Shared

/// The files of the article as pieces of one page, from the first to the last.
///
/// Names of places are given once: where the Markdown has one twice, it stays
/// with the first. References come last, when all citations are known.
struct ArticleRenderer {
  let links: ArticleLinks
  let notebook = NotebookRenderer()
  private var document = Article.Document(file: "", blocks: [])
  private var given: Set<String>
  /// How often each reference has been cited so far.
  private var citations: [String: Int] = [:]

  init(_ links: ArticleLinks) {
    self.links = links
    given = Set(links.article.documents.map(\.id)).union(["main"])
  }

  /// One file.
  mutating func section(_ document: Article.Document) -> String {
    self.document = document
    let blocks = document.blocks.map { html(of: $0) }
    return """
      <section id="\(HTML.escape(document.id))" \
      aria-label="\(HTML.escape(document.title))">
      \(blocks.filter { !$0.isEmpty }.joined(separator: "\n"))
      </section>
      """
  }

  private mutating func html(of block: ArticleBlock) -> String {
    switch block {
    case .heading(let level, let text): heading(level, text)
    case .paragraph(let text): element("p", text)
    case .bullets(let points):
      HTML.element("ul", around: elements("li", points))
    case .numbers(let first, let points):
      HTML.element(
        "ol", ["start": "\(first)"], around: elements("li", points))
    case .quote(let texts):
      HTML.element("blockquote", around: elements("p", texts))
    case .table(let table): html(of: table)
    case .image(let image): html(of: image)
    case .code(let lines, let file): html(ofCode: lines, from: file)
    }
  }

  /// The page has one heading of the first level, that of the introduction.
  private mutating func heading(_ level: Int, _ text: ArticleText) -> String {
    let isIntroduction = document.file == Article.introduction
    if text == document.heading {
      let names = places(text.ids)
      let title = HTML.element(
        "a", ["href": "#\(document.id)"], around: HTML.escape(document.title))
      return isIntroduction
        ? names : HTML.element("h2", around: names + title)
    }
    let id = document.id(ofHeading: text.words.plainText)
    return HTML.element(
      "h\(min(max(2, level + (isIntroduction ? 0 : 1)), 6))",
      take(id) ? ["id": id] : [:], around: content(text))
  }

  private mutating func html(of table: ArticleTable) -> String {
    let names = table.columns.map(\.words.plainText).joined(separator: ", ")
    let head = row(table.columns, table.isNumeric, isHead: true)
    let rows = table.rows.map { row($0, table.isNumeric, isHead: false) }
    return """
      <div class="table" role="region" tabindex="0" \
      aria-label="Table: \(HTML.escape(names))">
      <table>
      <thead>\(head)</thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  private mutating func row(
    _ cells: [ArticleText], _ isNumeric: [Bool], isHead: Bool
  ) -> String {
    let row = cells.indices.map { index in
      let name = isHead || index == 0 ? "th" : "td"
      let scope = isHead ? " scope=\"col\"" : " scope=\"row\""
      let shape = isNumeric[index] ? " class=\"numeric\"" : ""
      return "<\(name)\(name == "th" ? scope : "")\(shape)>"
        + "\(content(cells[index]))</\(name)>"
    }
    return "<tr>\(row.joined())</tr>"
  }

  // MARK: - Words

  private mutating func elements(_ name: String, _ texts: [ArticleText])
    -> String
  {
    texts.map { element(name, $0) }.joined(separator: "\n")
  }

  private mutating func element(_ name: String, _ text: ArticleText) -> String {
    HTML.element(name, around: content(text))
  }

  /// The words, behind the names of their place, and with the way back from a
  /// reference to where it is cited.
  mutating func content(_ text: ArticleText) -> String {
    places(text.ids) + html(of: text.words) + backLinks(text.ids)
  }

  private mutating func places(_ ids: [String]) -> String {
    ids.filter { take($0) }.map {
      HTML.element("span", ["id": $0], around: "")
    }.joined()
  }

  private mutating func html(of words: [Inline]) -> String {
    words.map { word in
      switch word {
      case .bold(let words): HTML.element("strong", around: html(of: words))
      case .italic(let words): HTML.element("em", around: html(of: words))
      case .link(let words, let address): link(words, to: address)
      default: notebook.html(of: [word])
      }
    }.joined()
  }

  private mutating func link(_ words: [Inline], to address: String) -> String {
    // No text within a link may become a link of its own.
    let label = words.map { word in
      if case .code = word {
        notebook.html(of: [word])
      } else {
        HTML.escape([word].plainText)
      }
    }.joined()
    guard let target = links.target(of: address, in: document) else {
      return label
    }
    guard let key = citedKey(address) else {
      return HTML.element("a", ["href": target], around: label)
    }
    let count = citations[key, default: 0] + 1
    citations[key] = count
    return HTML.element(
      "a",
      ["class": "citation", "id": "cite-\(key)-\(count)", "href": target],
      around: label)
  }

  /// The reference that an address leads to; nil if it is no citation.
  private func citedKey(_ address: String) -> String? {
    let prefix = Article.references + "#"
    let key = String(address.dropFirst(prefix.count))
    let isCitation =
      address.hasPrefix(prefix) && links.article.keys.contains(key)
      && document.file != Article.references
    return isCitation ? key : nil
  }

  private func backLinks(_ keys: [String]) -> String {
    guard document.file == Article.references else { return "" }
    let links = keys.flatMap { key in
      (0..<citations[key, default: 0]).map {
        HTML.element(
          "a",
          [
            "href": "#cite-\(key)-\($0 + 1)",
            "aria-label": "Back to citation \($0 + 1)",
          ], around: "↩\u{FE0E}")
      }
    }
    return links.isEmpty
      ? ""
      : " "
        + HTML.element(
          "span", ["class": "backlinks"],
          around: links.joined(separator: " "))
  }

  /// Whether a name is still free.
  private mutating func take(_ id: String) -> Bool {
    given.insert(id).inserted
  }
}
