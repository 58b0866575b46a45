import Shared

/// A chapter's blocks as pieces of HTML.
struct NotebookRenderer {
  /// One block; sections are the page's own business.
  func html(of block: Block) -> String {
    switch block {
    case .head(let head): html(of: head)
    case .section: ""
    case .prose(let prose): prose.map(html).joined(separator: "\n")
    case .code(let code): html(of: code)
    case .output(let text):
      """
      <pre class="output" tabindex="0"><samp>\(HTML.escape(text))</samp></pre>
      """
    case .table(let table): html(of: table)
    case .pictures(let pictures): html(of: pictures)
    case .figure(let figure): html(of: figure)
    case .question(let text): html(ofQuestion: text)
    case .guess(let guess): html(of: guess)
    case .exercise(let box): html(of: box)
    case .selfCheck(let questions, page: _): html(of: questions)
    case .foot(let foot): html(of: foot)
    }
  }

  func html(of head: Head) -> String {
    let facts =
      [
        ("Needs", HTML.escape(head.needs)), ("Saves", HTML.escape(head.saves)),
        ("Takes", HTML.escape(head.takes)),
        ("Read beside it", links(toSections: head.sections)),
      ].filter { !$1.isEmpty }.map { "<dt>\($0)</dt><dd>\($1)</dd>" }
    let quick = head.quickFolder.map {
      HTML.element(
        "aside", ["class": "quick"], around: html(of: head.quickNotice($0)))
    }
    let goals = head.goals.map {
      HTML.element("li", around: html(of: Inline.parse($0)))
    }
    return """
      <header>
      <p class="series">Understanding adversarial attacks through MNIST</p>
      <h1><span class="number">Chapter \(head.number)</span> \
      \(HTML.escape(head.title))</h1>
      <p class="question">\(HTML.escape(head.question))</p>
      <p>Afterwards you can:</p>
      <ul>\(goals.joined())</ul>
      <dl>\(facts.joined())</dl>
      \(quick ?? "")
      </header>
      """
  }

  private func links(toSections files: [String]) -> String {
    files.map { file in
      let id = Article.id(ofFile: file)
      let number = Int(id.dropFirst()).map { "Section \($0)" } ?? file
      return HTML.element(
        "a", ["href": "\(ArticlePage.fileName)#\(id)"],
        around: HTML.escape("\(number) of the article"))
    }.joined(separator: ", ")
  }

  private func html(of code: Code) -> String {
    let lines = SyntaxColoring.spans(ofLines: code.lines).map { line in
      let spans = line.map { span in
        span.kind == .plain
          ? HTML.escape(span.text)
          : HTML.element(
            "span", ["class": "\(span.kind)"], around: HTML.escape(span.text))
      }
      return "<span class=\"line\">\(spans.joined())</span>"
    }
    return """
      <figure class="code">
      <figcaption>\(HTML.escape(code.file)):\(code.firstLine)</figcaption>
      <pre tabindex="0"><code style="counter-reset: line \(code.firstLine - 1)"\
      >\(lines.joined(separator: "\n"))</code></pre>
      </figure>
      """
  }

  private func html(of table: Table) -> String {
    let isNumeric = table.isNumeric
    func row(_ cells: [String], _ name: String, _ scope: String) -> String {
      let cells = zip(cells, isNumeric).enumerated().map { index, cell in
        let isHeading = name == "th" || index == 0
        let shape = cell.1 ? " class=\"numeric\"" : ""
        let text = HTML.escape(cell.0)
        return isHeading
          ? "<th scope=\"\(scope)\"\(shape)>\(text)</th>"
          : "<td\(shape)>\(text)</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let title = Inline.parse(table.title)
    return """
      <div class="table" role="region" tabindex="0" \
      aria-label="\(HTML.escape(title.plainText))">
      <table>
      <caption>\(html(of: title))</caption>
      <thead>\(row(table.columns, "th", "col"))</thead>
      <tbody>
      \(table.rows.map { row($0, "td", "row") }.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  private func html(ofQuestion text: String) -> String {
    """
    <aside class="question">
    <p class="title">Guess before you read on</p>
    <p>\(html(of: Inline.parse(text)))</p>
    </aside>
    """
  }

  private func html(of guess: Guess) -> String {
    let answer = guess.answer.map { " Your guess: \(HTML.escape($0))." } ?? ""
    return """
      <aside class="guess">
      <p class="title">Measured: \(HTML.escape(guess.outcome))</p>
      <p class="asked">\(html(of: Inline.parse(guess.question)))\(answer)</p>
      <p>\(html(of: Inline.parse(guess.sentence)))</p>
      </aside>
      """
  }

  private func html(of foot: Foot) -> String {
    """
    <footer>
    <p>Done in \(foot.seconds.decimals(1)) s. Every number of this chapter is \
    in <code>\(HTML.escape(foot.results))</code>.</p>
    <nav aria-label="Other chapters">
    \(foot.previous.map { link($0, "Before this") } ?? "")
    <a href="index.html">All chapters</a>
    \(foot.next.map { link($0, "Next, once it has run") } ?? "")
    </nav>
    </footer>
    """
  }

  private func link(_ chapter: ChapterName, _ place: String) -> String {
    "<a href=\"\(chapter.rawValue).html\">\(place): chapter "
      + "\(chapter.number), \(chapter.title)</a>"
  }
}
