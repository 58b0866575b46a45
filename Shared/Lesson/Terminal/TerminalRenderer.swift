import Shared

/// A chapter's blocks as lines for a terminal, or as plain text.
///
/// No line is wider than the terminal; every block ends with an empty line.
struct TerminalRenderer: Sendable {
  var terminal: Terminal

  var width: Int { terminal.width }

  /// The lines of one block.
  func lines(of block: Block) -> [String] {
    let content = content(of: block)
    return content.isEmpty ? [] : content + [""]
  }

  private func content(of block: Block) -> [String] {
    switch block {
    case .head(let head): lines(of: head)
    case .section(let number, let title): section("\(number)\u{A0} \(title)")
    case .prose(let prose): lines(of: prose)
    case .code(let code): lines(of: code)
    case .output(let text): output(text)
    case .table(let table): lines(of: table)
    case .pictures(let pictures): lines(of: pictures)
    case .figure(let figure): lines(of: figure)
    case .question(let text):
      wrapped(Inline.parse(text), first: "? ", hanging: "  ")
    case .guess(let guess): lines(of: guess)
    case .exercise(let box): lines(of: box)
    case .selfCheck(let questions, let page): lines(of: questions, page: page)
    case .foot(let foot): lines(of: foot)
    }
  }

  private func lines(of head: Head) -> [String] {
    let rule = terminal.styled(String(repeating: "═", count: width), .faint)
    let title = "Chapter \(head.number) · \(head.title)"
    var lines = [rule]
    lines += wrapped(
      [Span("Understanding adversarial attacks through MNIST", .faint)])
    lines += wrapped([Span(title, .heading)]) + [rule, ""]
    lines += wrapped([Span(head.question, .italic)]) + [""]
    if !head.goals.isEmpty {
      lines += wrapped([Span("Afterwards you can:")])
      for goal in head.goals {
        lines += wrapped(Inline.parse(goal), first: "• ", hanging: "  ")
      }
      lines += [""]
    }
    for (name, text) in [
      ("Needs: ", head.needs), ("Saves: ", head.saves),
      ("Takes: ", head.takes),
      (
        "Read beside it: ",
        head.sections.map { "Article/\($0)" }.joined(separator: ", ")
      ),
    ] where !text.isEmpty {
      lines += wrapped([Span(text)], first: "• \(name)", hanging: "  ")
    }
    if let folder = head.quickFolder {
      lines += [""]
      lines += self.lines(of: [head.quickNotice(folder)])
    }
    return lines
  }

  private func section(_ title: String) -> [String] {
    let lines = wrapped([Span(title, .heading)])
    let longest = min(title.displayWidth, width)
    let rule = String(repeating: "─", count: longest)
    return [""] + lines + [terminal.styled(rule, .faint)]
  }

  private func output(_ text: String) -> [String] {
    text.textLines.filter { !$0.isEmpty }.flatMap { line -> [String] in
      let line = [Span(terminal.shown(line))]
      let fits = line.displayWidth <= width - 2
      return (fits ? [line] : line.cut(to: width - 4)).enumerated().map {
        ($0.offset == 0 ? "  " : "  ↪ ") + terminal.text($0.element)
      }
    }
  }

  private func lines(of guess: Guess) -> [String] {
    let answer = guess.answer.map { "Your guess: \($0). " } ?? ""
    return wrapped(Inline.parse(guess.question), first: "? ", hanging: "  ")
      + wrapped(
        [Span("\(answer)Measured: \(guess.outcome).", .bold)],
        first: "  ", hanging: "  ")
      + wrapped(Inline.parse(guess.sentence), first: "  ", hanging: "  ")
  }

  private func lines(of foot: Foot) -> [String] {
    [
      "Done in \(foot.seconds.decimals(1)) s.",
      "Every number of this chapter: \(foot.results)",
      "This chapter as a page: \(foot.notebook)",
    ].flatMap { wrapped([Span($0, .faint)], hanging: "  ") }
  }

  /// Text wrapped behind a mark on its first line and one on the others.
  func wrapped(_ spans: [Span], first: String = "", hanging: String = "")
    -> [String]
  {
    let margin = max(first.displayWidth, hanging.displayWidth)
    let safe = spans.map { Span(terminal.shown($0.text), $0.style) }
    return safe.wrapped(to: width - margin).enumerated().map { index, line in
      (index == 0 ? first : hanging) + terminal.text(line)
    }
  }
}

extension Head {
  /// What a reader of a quick run must know before the first number.
  func quickNotice(_ folder: String) -> Prose {
    .paragraph([
      .bold([.text("Quick run:")]),
      .text(
        hasQuickForm
          ? " fewer images and fewer steps. Every result so marked is a rough "
            + "one; "
          : " nothing in this chapter takes long, so it does the same as in "
            + "full; "),
      .text("files go to "), .code(folder), .text("."),
    ])
  }
}
