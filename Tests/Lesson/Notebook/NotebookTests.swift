import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct NotebookTests {
  private let html = Notebook(blocks: SampleBlocks.all(), stylesheet: "").html

  @Test func `hostile text stays text`() {
    #expect(!html.contains("<script"))
    #expect(!html.contains("\u{1B}"))
    #expect(!html.contains("</style><script>"))
    #expect(html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"))
    #expect(!html.contains("href=\"javascript"))
    #expect(html.contains("<a href=\"https://example.com\">with a link</a>"))
  }

  @Test func `every element is closed in its turn`() {
    let void: Set<Substring> = ["meta", "img"]
    // Drawings have a grammar of their own, tested where they are made.
    let page = html.replacing(#/<svg[\s\S]*?<\/svg>/#, with: "")
    var open: [Substring] = []
    for tag in page.matches(of: #/<(\/?)([a-z][a-z0-9]*)[^<>]*>/#) {
      if tag.1 == "/" {
        #expect(open.popLast() == tag.2)
      } else if !void.contains(tag.2) {
        open.append(tag.2)
      }
    }
    #expect(open.isEmpty)
  }

  @Test func `ids are unique and links within the page lead somewhere`() {
    let ids = html.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    #expect(ids.starts(with: ["main", "the-same", "the-same-2"]))
    for link in html.matches(of: #/href="#([^"]*)"/#) {
      #expect(ids.contains(String(link.1)))
    }
  }

  @Test func `headings go down one step at a time`() {
    let levels = html.matches(of: #/<h([1-6])/#).compactMap { Int($0.1) }
    #expect(levels == [1, 2, 2, 2])
  }

  @Test func `nothing is loaded from anywhere`() throws {
    let stylesheet = try String(
      contentsOf: PackageFiles.root.appendingPathComponent(
        "Shared/Lesson/Notebook/notebook.css"), encoding: .utf8)
    let page = Notebook(blocks: SampleBlocks.all(), stylesheet: stylesheet).html
    #expect(page.contains(stylesheet))
    for trap in ["url(", "@import", "<link", "<iframe", "srcset", "<object"] {
      #expect(!page.contains(trap), "\(trap)")
    }
    let sources = page.matches(of: #/src="([^"]*)"/#)
    #expect(sources.count == 6)
    #expect(sources.allSatisfy { $0.1.hasPrefix("data:image/png;base64,") })
  }

  @Test func `every picture has words`() {
    for image in html.matches(of: #/<img[^>]*>/#) {
      #expect(image.0.contains(#/alt="[^"]+"/#))
    }
    #expect(html.contains("made elsewhere"))
  }

  @Test func `figures are one byte a pixel and enlarged by the browser`() {
    // 5 × 28 pixels and gaps of one pixel, three times as large.
    #expect(html.contains("width=\"\((5 * 29 + 1) * 3)\" height=\"90\""))
  }

  @Test func `tasks, hints and answers fold out`() {
    let box = NotebookRenderer().html(
      of: .exercise(SampleBlocks.box(steps: 2)))
    #expect(box.contains("<details><summary>The task of 60</summary>"))
    #expect(box.contains("<summary>Hint 2 of 61</summary><p>"))
    let check = NotebookRenderer().html(
      of: .selfCheck([SelfCheck("Why?", answer: "So.")], page: "a.html"))
    #expect(
      check.contains(
        "<details><summary>Answer</summary><p>So.</p></details>"))
  }

  @Test func `a page asks before it tells`() throws {
    let asked = try #require(html.range(of: "Guess before you read on"))
    let told = try #require(html.range(of: "Measured: 87.04 %"))
    #expect(asked.upperBound < told.lowerBound)
    #expect(html.contains("Your guess: 60 %."))
  }

  @Test func `a chapter leads to its sections of the article`() {
    #expect(
      html.contains("<a href=\"Article.html#s09\">Section 9 of the article</a>")
    )
  }

  @Test func `a quick run says so`() {
    #expect(html.contains("<strong>Quick run:</strong>"))
    #expect(html.contains("(quick run) · Understanding"))
  }
}
