import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct NotebookFilesTests {
  @Test func `the index leads to the pages that exist`() throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      for name in ["01-Architecture", "02-Data"] {
        try workspace.write(
          Data(
            """
            {"chapter": "\(name)", "title": "T<", "question": "Q&",
             "date": "2026-01-02T03:04:05Z", "seconds": 1.25}
            """.utf8), to: "\(name).json")
      }
      try workspace.write(Data(), to: "03-Training.html")
      try workspace.write(Data("{".utf8), to: "03-Training.json")
      let files = try NotebookFiles(
        in: workspace, articleFolder: folder.appendingPathComponent("Article"))
      try files.write([], chapter: "02-Data")
      try files.writeIndex()
      let index = try String(
        contentsOf: workspace.url("index.html"), encoding: .utf8)
      let links = index.matches(of: #/href="([^"#]+)"/#).map { String($0.1) }
      #expect(links == ["02-Data.html"])
      #expect(index.contains("T&lt;</a>"))
      #expect(index.contains("<p>Q&amp;</p>"))
      #expect(index.contains("2026"))
      #expect(!workspace.has("Article.html"))
      try SampleArticle.write(to: folder)
      try files.writeIndex()
      #expect(
        try String(contentsOf: workspace.url("index.html"), encoding: .utf8)
          .contains("<a href=\"Article.html\">"))
      #expect(
        try String(contentsOf: workspace.url("Article.html"), encoding: .utf8)
          .contains("<a href=\"02-Data.html\">chapter 2</a>"))
    }
  }

  @Test(arguments: [
    "", "[]", #"{"chapter": "02-Data"}"#,
    #"{"chapter": "03-X", "title": "", "question": "", "seconds": 1, "#
      + #""date": "2026-01-02T03:04:05Z"}"#,
    #"{"chapter": "02-Data", "title": "", "question": "", "seconds": -1, "#
      + #""date": "2026-01-02T03:04:05Z"}"#,
    #"{"chapter": "02-Data", "title": "", "question": "", "seconds": 1, "#
      + #""date": "yesterday"}"#,
  ])
  func `a file that makes no sense is no run`(text: String) throws {
    try withTemporaryFolder { folder in
      let workspace = Workspace(output: folder, isQuick: false)
      try workspace.write(Data(text.utf8), to: "02-Data.json")
      #expect(Run(chapter: "02-Data", in: workspace) == nil)
    }
  }
}
