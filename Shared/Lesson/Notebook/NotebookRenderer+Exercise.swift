import Shared

extension NotebookRenderer {
  /// A box whose tasks and hints fold out.
  func html(of box: ExerciseBox) -> String {
    let steps = box.steps.map { step in
      let name = box.steps.count > 1 ? " of \(HTML.escape(step.name))" : ""
      let task =
        step.task.isEmpty
        ? ""
        : fold(
          "The task\(name)",
          HTML.element(
            "pre", ["tabindex": "0"],
            around: HTML.escape(step.task.joined(separator: "\n"))))
      let hints = step.hints.enumerated().map { index, hint in
        fold(
          "Hint \(index + 1)\(name)",
          HTML.element("p", around: html(of: Inline.parse(hint))))
      }
      return HTML.element("p", around: html(of: step.text)) + task
        + hints.joined()
    }
    return HTML.element(
      "aside", ["class": "exercise"],
      around: HTML.element("p", ["class": "title"], around: "Exercise")
        + steps.joined(separator: "\n")
        + (box.ending.isEmpty
          ? ""
          : HTML.element("p", around: html(of: box.ending.withoutSpace))))
  }

  /// Questions whose answers fold out.
  func html(of questions: [SelfCheck]) -> String {
    let items = questions.map { check in
      HTML.element(
        "li",
        around: HTML.element(
          "p", around: html(of: Inline.parse(check.question.unwrapped)))
          + fold(
            "Answer",
            HTML.element(
              "p", around: html(of: Inline.parse(check.answer.unwrapped)))))
    }
    return HTML.element(
      "ol", ["class": "questions"], around: items.joined(separator: "\n"))
  }

  private func fold(_ summary: String, _ content: String) -> String {
    HTML.element(
      "details", around: HTML.element("summary", around: summary) + content)
  }
}
