@testable import Lesson
@testable import Shared

/// One block of every kind, with text that is long, wide or hostile.
enum SampleBlocks {
  static let hostile = "</style><script>alert('1')</script> \u{1B}[2J & \"x\""

  static let prose = """
    A paragraph with **bold words that are long enough to be wrapped over the
    end of a line**, some `code`, and *emphasis*; 2 * 3 * 4 is not emphasis, and
    $‖x′ − x‖∞ ≤ ε$ is a formula. \(hostile)

    - a point that is long enough to be wrapped over the end of a line, twice
    - another, [with a link](https://example.com) and [a trap](javascript:run)
    > a quotation that goes on and on until it has to be wrapped as well, yes

    9. nine
    10. ten, which is long enough to be wrapped over the end of a line, surely

    **Key point:** a call-out that is long enough to be wrapped over the end of
    a line; 日本語の文字は二列を占めるので、幅の計算が必要です。日本語の文字は二列を占める。

        indented   as it is, and much longer than any terminal is allowed to be here, by a margin of many columns

    /a/path/that/is/very/long/\(String(repeating: "deeper/", count: 20))end
    """

  static func all(images: Tensor = Tensor(shape: [5, 28, 28, 1])) -> [Block] {
    var grid = ImageGrid()
    grid.addRow(images)
    let plot = LinePlot(
      "a < b", xLabel: "x", yLabel: "y",
      series: [.init("one", points: [(0, 1), (1, 3)])])
    let code = [
      "short",
      "    let line = [\(String(repeating: "1, 2, 3, ", count: 20))] // long",
      String(repeating: "x", count: 200), hostile,
    ]
    return [
      .head(
        Head(
          number: 3, title: hostile, question: "Why?",
          goals: ["read a `map`", hostile], needs: prose, saves: "it",
          takes: "1 s", quickFolder: "Output/quick",
          sections: ["08-defences.md", "09-certificates.md"])),
      .prose(Prose.parse("Before the first heading.")),
      .section(number: 1, title: "The same"),
      .prose(Prose.parse(prose)),
      .code(Code(file: "Chapters/\(hostile)", firstLine: 7, lines: code)),
      .output("one\n" + String(repeating: "out ", count: 50) + hostile),
      .section(number: 2, title: "The same"),
      .table(table(columns: 3)), .table(table(columns: 12)),
      .pictures(
        Pictures(
          images: images,
          captions: (0..<5).map { "is \($0), says something else (99.9 %)" })),
      .section(number: 3, title: hostile + hostile + hostile),
      figure("a.png", .images(grid, scale: 3)), figure("b.svg", .plot(plot)),
      figure("c", .fragment("<p id=\"own\">made elsewhere</p>")),
      .question("How many per cent are left?"),
      .guess(guess(answer: nil)), .guess(guess(answer: "60 %")),
      .exercise(box(steps: 1)), .exercise(box(steps: 3)),
      .selfCheck(
        [
          SelfCheck("What is `x`? \(prose)", answer: "It is $x$. \(hostile)"),
          SelfCheck("And red?", answer: "{red|+ and #} is above zero."),
        ], page: "a.html"),
      .foot(
        Foot(
          seconds: 1, results: "a.json", notebook: "a.html",
          previous: .data, next: .hooks)),
    ]
  }

  static func table(columns: Int) -> Table {
    Table(
      title: "A table, `code` in its title, \(hostile)",
      columns: (0..<columns).map { "column \($0)" },
      rows: [
        Array(repeating: hostile, count: columns),
        Array(repeating: "日本語", count: columns),
      ])
  }

  static func box(steps: Int) -> ExerciseBox {
    ExerciseBox(
      steps: (0..<steps).map {
        ExerciseBox.Step(
          name: "6\($0)", text: Inline.parse("6\($0) is to do. \(prose)"),
          task: ["Return `x`.", "", hostile], hints: ["Which?", hostile])
      }, ending: Inline.parse(" Until then nothing runs."))
  }

  static func guess(answer: String?) -> Guess {
    Guess(
      question: "How many percent are left at $ε = 0.1$? \(prose)",
      answer: answer, outcome: "87.04 %", sentence: "More than one thinks.")
  }

  private static func figure(_ name: String, _ content: Figure.Content) -> Block
  {
    .figure(
      Figure(
        name: name, place: "Output/figures/\(name)",
        caption: Inline.parse("what `it` shows, \(hostile)"),
        alternative: "In words: \(hostile)", content: content))
  }
}
