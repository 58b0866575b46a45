import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ArticlePageTests {
  private func withPage(
    output: String = "Output", _ body: (String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try SampleArticle.write(to: folder)
      try body(SampleArticle.page(in: folder, output: output))
    }
  }

  @Test func `all files are on one page, in order`() throws {
    try withPage { html in
      #expect(
        matches(#/<h[1-6][^>]*>(?:<a [^>]*>)?([^<]*)/#, in: html) == [
          "Title &amp; more", "How to read it", "1 · One &lt; two", "6 · Six",
          "The end", "Glossary", "References",
        ])
      #expect(
        matches(#/<(h[1-6])/#, in: html) == ["h1"] + ["h2", "h2", "h2"] + [
          "h3", "h2", "h2",
        ])
    }
  }

  @Test func `links lead to places on the page, to pages, or nowhere`() throws {
    try withPage { html in
      for link in [
        "<a href=\"#s01\">One</a>", "<a href=\"02-Data.html\">chapter 2</a>",
        "<a href=\"#s06-the-end\">Six</a>", "<a href=\"#s06-the-end\">how</a>",
        "<a href=\"#readme\">Title</a>", "<a href=\"#key\">key</a>",
        "<a href=\"../Shared/Code.swift\">its file</a>", " outside,", "another",
        " a trap or", "<a href=\"https://example.com/?a&amp;b\">nowhere</a>",
        "<a href=\"https://arxiv.org/abs/1701.00001\">",
      ] {
        #expect(html.contains(link), "\(link)")
      }
      #expect(!html.contains("javascript:"))
      expectNoLooseEnds(html)
    }
    try withPage(output: "elsewhere") { html in
      #expect(html.contains(">chapter 2</a>"))
      #expect(!html.contains("Code.swift\">its file"))
    }
    try withPage(output: "Output/quick") { html in
      #expect(html.contains("<a href=\"../../Shared/Code.swift\">"))
    }
  }

  @Test func `citations and references lead to each other`() throws {
    try withPage { html in
      #expect(
        html.contains(
          "<a class=\"citation\" id=\"cite-bo2018-2\" href=\"#bo2018\">2</a>"
        ))
      #expect(
        matches(#/ id="(cite-[^"]*)"/#, in: html) == [
          "cite-bo2018-1", "cite-al2017-1", "cite-bo2018-2", "cite-al2017-2",
        ])
      #expect(
        matches(#/href="#(cite-[^"]*)"/#, in: html) == [
          "cite-al2017-1", "cite-al2017-2", "cite-bo2018-1", "cite-bo2018-2",
        ])
      // A reference may name another, which is no citation.
      #expect(html.contains("after <a href=\"#al2017\">1</a>"))
    }
  }

  @Test func `marks vanish and hostile text stays text`() throws {
    try withPage { html in
      #expect(html.contains("84.3\u{A0}%, in"))
      #expect(!html.contains("<!--="))
      #expect(!html.contains("<script"))
      #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(html.contains("<td class=\"numeric\"><strong>50</strong></td>"))
    }
  }

  @Test func `a quotation names its file and its line`() throws {
    try withPage { html in
      #expect(html.contains("<figcaption>Shared/Code.swift:2</figcaption>"))
      #expect(html.contains("<span class=\"keyword\">let</span>"))
    }
  }

  @Test func `pictures are in the page, and only those of the article`() throws
  {
    try withPage { html in
      let png = Data("PNG".utf8).base64EncodedString()
      let svg = Data("<svg/>".utf8).base64EncodedString()
      #expect(
        matches(#/src="([^"]*)"/#, in: html) == [
          "data:image/png;base64,\(png)", "data:image/svg+xml;base64,\(svg)",
        ])
      #expect(html.contains("alt=\"A &quot;dot&quot;\""))
      #expect(html.contains("<figcaption>What to <code>notice</code>"))
      #expect(html.contains("<p>Gone</p>"))
      #expect(html.contains("<p>Elsewhere</p>"))
    }
  }

  /// Whatever state the article is in.
  @Test func `the package's own article becomes such a page`() throws {
    let article = try #require(Article())
    try withTemporaryFolder { folder in
      let html = ArticlePage(
        article: article, workspace: Workspace(output: folder, isQuick: false),
        stylesheet: ""
      ).html
      expectNoLooseEnds(html)
      for document in article.documents
      where document.file != Article.introduction {
        let title = ">\(HTML.escape(document.title))</a></h2>"
        #expect(html.components(separatedBy: title).count == 2, "\(title)")
      }
      let sources = matches(#/src="([^"]*)"/#, in: html)
      #expect(sources.allSatisfy { $0.hasPrefix("data:image/") })
      #expect(!html.contains("<!--"))
      if !article.keys.isEmpty {
        for id in matches(#/ id="(cite-[^"]*)"/#, in: html) {
          #expect(html.contains("href=\"#\(id)\""))
        }
      }
    }
  }

  private func matches(
    _ pattern: Regex<(Substring, Substring)>, in html: String
  ) -> [String] {
    html.matches(of: pattern).map { String($0.1) }
  }

  /// Elements are closed, ids are unique, and links lead somewhere.
  private func expectNoLooseEnds(_ html: String) {
    let void: Set<Substring> = ["meta", "img"]
    var open: [Substring] = []
    for tag in html.matches(of: #/<(\/?)([a-z][a-z0-9]*)[^<>]*>/#) {
      if tag.1 == "/" {
        #expect(open.popLast() == tag.2)
      } else if !void.contains(tag.2) {
        open.append(tag.2)
      }
    }
    #expect(open.isEmpty)
    let ids = matches(#/ id="([^"]*)"/#, in: html)
    #expect(Set(ids).count == ids.count)
    for link in matches(#/href="([^"]*)"/#, in: html) {
      #expect(!link.hasPrefix("#") || ids.contains(String(link.dropFirst())))
      #expect(link.hasPrefix("http") || !link.contains(".md"), "\(link)")
    }
  }
}
