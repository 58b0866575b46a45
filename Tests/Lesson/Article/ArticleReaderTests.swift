import Testing

@testable import Lesson
@testable import Shared

@Suite struct ArticleReaderTests {
  private func text(_ words: Inline...) -> ArticleText { ArticleText(words) }

  @Test func `pieces are told apart`() {
    let markdown = """
      # A `b` c
      One
      paragraph.
      - a
        point
      - another

      - and one more
      1. one
         2018. Still one.

      2. two
      > quoted
      > words
      >
      > twice
      ### Deep
      ![words](figures/x.png)

      *said of it*
      """
    #expect(
      ArticleReader.blocks(of: markdown) == [
        .heading(level: 1, text(.text("A "), .code("b"), .text(" c"))),
        .paragraph(text(.text("One paragraph."))),
        .bullets([
          text(.text("a point")), text(.text("another")),
          text(.text("and one more")),
        ]),
        .numbers(
          first: 1, [text(.text("one 2018. Still one.")), text(.text("two"))]),
        .quote([text(.text("quoted words")), text(.text("twice"))]),
        .heading(level: 3, text(.text("Deep"))),
        .image(
          ArticleImage(
            alternative: "words", path: "figures/x.png",
            caption: text(.text("said of it")))),
      ])
  }

  @Test func `a year at the beginning of a line begins no list`() {
    #expect(
      ArticleReader.blocks(of: "It was in\n2018. Later\n7. It was") == [
        .paragraph(text(.text("It was in 2018. Later 7. It was")))
      ])
  }

  @Test func `words between pictures are captions only in italics`() {
    let blocks = ArticleReader.blocks(
      of: "![a](b) more\n![c\nd](e)\n\nplain\n\n*italic*")
    #expect(
      blocks == [
        .image(ArticleImage(alternative: "a", path: "b", caption: nil)),
        .paragraph(text(.text("more"))),
        .image(ArticleImage(alternative: "c d", path: "e", caption: nil)),
        .paragraph(text(.text("plain"))),
        .paragraph(text(.italic([.text("italic")]))),
      ])
  }

  @Test func `tables know their columns`() {
    let markdown = """
      | a | b \\| c |
      |:--|--:|
      | 1<!--=x y[z=1] percent 1--> | `2` | 3 |
      | 4 |
      """
    #expect(
      ArticleReader.blocks(of: markdown) == [
        .table(
          ArticleTable(
            columns: [text(.text("a")), text(.text("b | c"))],
            isNumeric: [false, true],
            rows: [
              [text(.text("1")), text(.code("2"))], [text(.text("4")), text()],
            ]))
      ])
    #expect(
      ArticleReader.blocks(of: "| a |\n| b |") == [
        .paragraph(text(.text("| a |"))), .paragraph(text(.text("| b |"))),
      ])
  }

  @Test func `code stays as it is and knows its source`() {
    let markdown = """
      <!-- from A/B.swift -->
      ```swift
      <!-- kept -->

        # kept
      ```
      <!-- from C.swift -->
      words
        ```
        a
          b
      """
    #expect(
      ArticleReader.blocks(of: markdown) == [
        .code(["<!-- kept -->", "", "  # kept"], from: "A/B.swift"),
        .paragraph(text(.text("words"))),
        .code(["a", "  b"], from: nil),
      ])
  }

  @Test func `comments vanish and names are kept`() {
    let markdown = """
      <!-- a

      comment --> <a id="k"></a>84 %<!--=A b[c=d].e
      percent 1-->, `<!-- code -->` <!-- open
      """
    var expected = text(
      .text("84 %, "), .code("<!-- code -->"), .text(" <!-- open"))
    expected.ids = ["k"]
    #expect(ArticleReader.blocks(of: markdown) == [.paragraph(expected)])
    #expect(
      ArticleReader.blocks(of: "<!-- open\n\n<a id=\"cite-a-1\"></a>") == [
        .paragraph(text(.text("<!-- open"))),
        .paragraph(text(.text("<a id=\"cite-a-1\"></a>"))),
      ])
  }

  @Test func `any text can be read`() {
    let pieces = [
      "#", " ", "\n", "\r\n", "- ", "1. ", "99. ", "> ", "|", "|-|", "```",
      "<!--", "-->", "<!-- from x -->", "![", "](", ")", "*", "**", "`", "\\",
      "<a id=\"x\"></a>", "<https://x>", "[x](y.md#z)", "\t", "ε", "word",
    ]
    var generator = SeededGenerator(seed: 1)
    for length in 1...2000 {
      let markdown = (0..<length % 40).map { _ in
        pieces[Int(generator.next() % UInt64(pieces.count))]
      }.joined()
      let blocks = ArticleReader.blocks(of: markdown)
      // What these take away is meant to go.
      let takers = ["```", "<!--", "![", "|"]
      guard !takers.contains(where: { markdown.contains($0) }) else {
        continue
      }
      let words = blocks.flatMap(\.texts).map(\.words.plainText).joined()
      #expect(
        words.count { $0 == "ε" } == markdown.count { $0 == "ε" },
        "\(markdown)")
    }
  }
}
