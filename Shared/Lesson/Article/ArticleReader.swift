/// Reads the part of Markdown that the article is written in.
///
/// Headings, paragraphs, lists, quotes, tables, pictures and fenced code. There
/// is no text that it refuses: what it does not know stays as it is.
struct ArticleReader {
  private var lines: ArraySlice<String>
  private var blocks: [ArticleBlock] = []
  /// The file that a comment names, for the code right below it.
  private var source: String?

  private init(_ lines: [String]) { self.lines = lines[...] }

  /// The pieces of a text, in order.
  static func blocks(of text: String) -> [ArticleBlock] {
    var reader = ArticleReader(text.textLines)
    while let line = reader.lines.first { reader.readBlock(line) }
    return reader.blocks
  }

  /// Takes at least one line.
  private mutating func readBlock(_ line: String) {
    let beginning = ArticleLine(line)
    if beginning != .comment, beginning != .fence { source = nil }
    switch beginning {
    case .blank: lines.removeFirst()
    case .fence: readCode(indentation: line.prefix { $0 == " " }.count)
    case .comment: readComment()
    case .heading(let level):
      lines.removeFirst()
      let words = line.drop { $0 == " " }.dropFirst(level)
      blocks.append(.heading(level: level, ArticleText(markdown: words)))
    case .row: readTable()
    case .quote: readQuote()
    case .bullet, .number: readList(beginning)
    case .image, .text: readParagraph()
    }
  }

  // MARK: - Lines as they are

  private mutating func readCode(indentation: Int) {
    lines.removeFirst()
    let code = lines.prefix { ArticleLine($0) != .fence }
    lines = lines.dropFirst(code.count + 1)
    blocks.append(
      .code(
        code.map { line in
          let idle = min(indentation, line.prefix { $0 == " " }.count)
          return String(line.dropFirst(idle))
        }, from: source))
    source = nil
  }

  /// A comment that nobody closes is text.
  private mutating func readComment() {
    guard let last = lines.firstIndex(where: { $0.contains("-->") }),
      let end = lines[last].firstRange(of: "-->")
    else { return readParagraph() }
    let words = lines[...last].joined(separator: " ")
    source = words.prefixMatch(of: #/ *<!-- from (\S+) -->/#).map {
      String($0.1)
    }
    let rest = lines[last][end.upperBound...]
    lines = lines[last...]
    if rest.allSatisfy(\.isWhitespace) {
      lines.removeFirst()
    } else {
      lines[last] = String(rest)
    }
  }

  // MARK: - Lines that belong together

  private mutating func readParagraph() {
    var words = lines.removeFirst()
    while let line = lines.first, ArticleLine(line).goesOn {
      words += " " + line.drop { $0 == " " }
      lines.removeFirst()
    }
    let image = words.prefixMatch(of: #/ *!\[([^\]]*)\]\(([^()\s]+)\)/#)
    if let image {
      blocks.append(
        .image(
          ArticleImage(
            alternative: String(image.1), path: String(image.2), caption: nil)))
      words = String(words[image.range.upperBound...])
    }
    let text = ArticleText(markdown: words)
    if !text.isEmpty { append(text) }
  }

  /// A paragraph, or the caption of the picture before it.
  private mutating func append(_ text: ArticleText) {
    if case .image(var image)? = blocks.last, image.caption == nil,
      text.words.count == 1, case .italic(let words) = text.words[0]
    {
      image.caption = ArticleText(words)
      blocks[blocks.count - 1] = .image(image)
    } else {
      blocks.append(.paragraph(text))
    }
  }

  private mutating func readQuote() {
    var paragraphs = [""]
    while let line = lines.first, ArticleLine(line) == .quote {
      lines.removeFirst()
      let words = line.drop { $0 == " " }.dropFirst().drop { $0 == " " }
      if words.isEmpty {
        paragraphs.append("")
      } else {
        paragraphs[paragraphs.count - 1] += " " + words
      }
    }
    blocks.append(
      .quote(
        paragraphs.map { ArticleText(markdown: $0) }.filter { !$0.isEmpty }))
  }

  /// A point begins with a mark of the list's own kind; other lines go on.
  private mutating func readList(_ first: ArticleLine) {
    var points: [String] = []
    while let line = lines.first {
      let beginning = ArticleLine(line)
      let words = line.drop { $0 == " " }
      if beginning.isPoint(ofListThatBegins: first) {
        points.append(String(words.drop { $0 != " " }))
      } else if beginning.goesOn {
        points[points.count - 1] += " " + words
      } else if beginning == .blank,
        let next = lines.first(where: { ArticleLine($0) != .blank }),
        ArticleLine(next).isPoint(ofListThatBegins: first)
      {
        // An empty line between two points divides nothing.
      } else {
        break
      }
      lines.removeFirst()
    }
    let texts = points.map { ArticleText(markdown: $0) }
    if case .number(let number) = first {
      blocks.append(.numbers(first: number, texts))
    } else {
      blocks.append(.bullets(texts))
    }
  }

  /// Without a row of dashes below the first one it is no table.
  private mutating func readTable() {
    let rows = lines.prefix { ArticleLine($0) == .row }.map(Self.cells)
    guard rows.count > 1,
      rows[1].allSatisfy({ $0.wholeMatch(of: #/\s*:?-+:?\s*/#) != nil })
    else { return readParagraph() }
    lines = lines.dropFirst(rows.count)
    let count = rows[0].count
    let texts = rows.map { row in
      (row + Array(repeating: "", count: max(0, count - row.count)))
        .prefix(count).map { ArticleText(markdown: $0) }
    }
    let isNumeric = rows[1].map { cell in
      cell.last { !$0.isWhitespace } == ":"
    }
    blocks.append(
      .table(
        ArticleTable(
          columns: texts[0],
          isNumeric: texts[0].indices.map {
            isNumeric.indices.contains($0) && isNumeric[$0]
          }, rows: Array(texts.dropFirst(2)))))
  }

  /// What stands between the bars; `\|` is a bar that divides nothing.
  private static func cells(_ row: String) -> [String] {
    var cells: [String] = []
    var before: Character?
    for character in row.drop(while: \.isWhitespace) {
      if character == "|", before != "\\" {
        cells.append("")
      } else {
        if character == "|" { cells[cells.count - 1].removeLast() }
        cells[cells.count - 1].append(character)
      }
      before = character
    }
    let isClosed = cells.last?.allSatisfy(\.isWhitespace) ?? false
    return isClosed && cells.count > 1 ? Array(cells.dropLast()) : cells
  }
}
