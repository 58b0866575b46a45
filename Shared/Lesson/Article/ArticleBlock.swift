/// A piece of the article, as its Markdown tells them apart.
enum ArticleBlock: Sendable, Equatable {
  case heading(level: Int, ArticleText)
  case paragraph(ArticleText)
  case bullets([ArticleText])
  case numbers(first: Int, [ArticleText])
  case quote([ArticleText])
  case table(ArticleTable)
  case image(ArticleImage)
  /// Lines of code, and the file of the package that they are quoted from.
  case code([String], from: String?)

  /// All the words in it.
  var texts: [ArticleText] {
    switch self {
    case .heading(_, let text), .paragraph(let text): [text]
    case .bullets(let texts), .numbers(_, let texts), .quote(let texts): texts
    case .table(let table): table.columns + table.rows.flatMap(\.self)
    case .image(let image): image.caption.map { [$0] } ?? []
    case .code: []
    }
  }
}

/// A table, its first row the headings.
struct ArticleTable: Sendable, Equatable {
  var columns: [ArticleText]
  /// For each column, whether it is flush right.
  var isNumeric: [Bool]
  /// As many texts a row as there are columns.
  var rows: [[ArticleText]]
}

/// A picture with what is said of it.
struct ArticleImage: Sendable, Equatable {
  /// What one would tell somebody who cannot see it.
  var alternative: String
  /// Its path, seen from the article's folder.
  var path: String
  var caption: ArticleText?
}

/// Words of the article, and the names of the place where they stand.
struct ArticleText: Sendable, Equatable {
  var ids: [String] = []
  var words: [Inline]

  init(_ words: [Inline]) { self.words = words }

  /// Reads Markdown.
  ///
  /// Comments vanish, and with them the marks that say where a number comes
  /// from; `<a id="name"></a>` becomes a name. Both are kept inside of code.
  init(markdown: some StringProtocol) {
    var plain = ""
    var rest = Substring(markdown)
    while let next = rest.first {
      if next == "`", let end = rest.dropFirst().firstIndex(of: "`") {
        plain += rest[...end]
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") {
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<a "),
        let match = rest.prefixMatch(of: Self.name)
      {
        ids.append(String(match.1))
        rest = rest[match.range.upperBound...]
      } else {
        plain.append(next)
        rest.removeFirst()
      }
    }
    let end = plain.lastIndex { !$0.isWhitespace }
    words = Inline.parse(
      end.map { plain[...$0].drop(while: \.isWhitespace) } ?? "")
  }

  /// Names that begin with `cite-` belong to the page.
  private static var name: Regex<(Substring, Substring)> {
    #/<a id="(?!cite-)([A-Za-z0-9_.-]+)"><\/a>/#
  }

  var isEmpty: Bool { ids.isEmpty && words.isEmpty }
}
