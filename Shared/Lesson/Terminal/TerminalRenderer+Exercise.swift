import Shared

extension TerminalRenderer {
  /// A box: one paragraph a step, and what holds for all.
  func lines(of box: ExerciseBox) -> [String] {
    let head: [Inline] = [.bold([.text("Exercise:")]), .text(" ")]
    guard box.steps.count > 1 else {
      return marked(head + box.steps.flatMap(\.text) + box.ending)
    }
    var paragraphs = box.steps.map(\.text)
    paragraphs[0] = head + paragraphs[0]
    if !box.ending.isEmpty { paragraphs.append(box.ending.withoutSpace) }
    return Array(paragraphs.map(marked).joined(separator: ["▌"]))
  }

  private func marked(_ words: [Inline]) -> [String] {
    wrapped(words, first: "▌ ", hanging: "▌ ")
  }

  /// Numbered questions, and where the answers are.
  func lines(of questions: [SelfCheck], page: String) -> [String] {
    let list = Prose.numbers(
      first: 1, questions.map { Inline.parse($0.question.unwrapped) })
    let answers = "(The answers fold out on the page, \(page).)"
    return lines(of: [list]) + [""] + wrapped([Span(answers, .faint)])
  }
}

extension [Inline] {
  /// Without space at the beginning.
  var withoutSpace: [Inline] {
    guard case .text(let text)? = first else { return self }
    return [.text(String(text.drop { $0 == " " }))] + dropFirst()
  }
}
