import Testing

@testable import Record

@Suite struct ProseWordsTests {
  @Test func `prose is counted, and nothing else`() {
    let text = """
      # A heading of six words here

      *Beside it: a head.*

      Three words, [two more](../a/b.md) – and
      84.3 %<!--=05-Attacks a b 1-->[7](references.md#a).

      ![a picture](figures/a.png)

      *A caption in
      italics.*

      | a | table |
      |---|---|

      ```swift
      let code = 1
      ```

      <!-- a comment
      of two lines -->

      - an item
      """
    #expect(wordsOfProse(in: text) == 8)
  }

  @Test func `the article is one`() throws {
    let apart = ["Article/glossary.md", References.path]
    let words = try articlePaths().filter { !apart.contains($0) }
      .map { try wordsOfProse(in: packageText($0)) }
    #expect(words.reduce(0, +) >= 8000)
  }
}
