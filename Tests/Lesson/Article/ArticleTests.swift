import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct ArticleTests {
  @Test func `files are read in order, and only those of the article`() throws {
    try withTemporaryFolder { folder in
      try SampleArticle.write(to: folder)
      let article = try #require(
        Article(folder: folder.appendingPathComponent("Article")))
      #expect(
        article.documents.map(\.file) == [
          "README.md", "01-one.md", "06-six.md", "glossary.md", "references.md",
        ])
      #expect(
        article.documents.map(\.id)
          == ["readme", "s01", "s06", "glossary", "references"])
      #expect(article.documents[1].title == "1 · One < two")
      #expect(article.keys == ["al2017", "bo2018", "cy2019"])
      #expect(article.ids.isSuperset(of: ["s06-the-end", "key", "cy2019"]))
    }
  }

  @Test func `a damaged article is none`() throws {
    try withTemporaryFolder { folder in
      let articleFolder = folder.appendingPathComponent("Article")
      #expect(Article(folder: articleFolder) == nil)
      try SampleArticle.write("", "Article/other.md", in: folder)
      #expect(Article(folder: articleFolder) == nil)
      try SampleArticle.write("# One", "Article/01-one.md", in: folder)
      #expect(Article(folder: articleFolder) != nil)
      try FileManager.default.createDirectory(
        at: articleFolder.appendingPathComponent("02-two.md"),
        withIntermediateDirectories: true)
      #expect(Article(folder: articleFolder) == nil)
    }
  }

  @Test func `a heading's name is that of a code host without its signs`() {
    let document = Article.Document(file: "06-six.md", blocks: [])
    #expect(document.id(ofHeading: "Why ε = 0.1? A–B") == "s06-why-01-ab")
    #expect(document.id(ofHeading: "the-end") == "s06-the-end")
  }

  @Test(arguments: ChapterName.allCases)
  func `every chapter has something to read beside it`(chapter: ChapterName) {
    #expect(!chapter.sections.isEmpty)
    #expect(Set(chapter.sectionsAtHand).isSubset(of: chapter.sections))
  }
}
