import Foundation
import Shared
import Testing

@testable import Record

@Suite struct MarkdownLinksTests {
  /// What is wrong with links from a file beside `b.md`.
  private func faults(_ text: String) throws -> [String] {
    try withTemporaryFolder { folder in
      let other = "# 2 · A heading, and `code`\n\n<a id=\"place\"></a>Here."
      try Data(other.utf8).write(to: folder.appendingPathComponent("b.md"))
      let file = folder.appendingPathComponent("a.md")
      try Data(text.utf8).write(to: file)
      return linkFaults(in: text, at: file)
    }
  }

  @Test(arguments: [
    "[b](b.md), [b](b.md#place), [b](b.md#2--a-heading-and-code)",
    "![b](b.md) and [one](https://example.org/x#y)",
    "## Own heading\n\n[up](#own-heading)",
    "```\n[code](nowhere.md)\n```",
  ])
  func `a link that leads somewhere is in order`(text: String) throws {
    #expect(try faults(text) == [])
  }

  @Test(arguments: [
    "[b](c.md)", "![b](figures/b.png)", "[b](b.md#nowhere)", "[up](#nowhere)",
    "[b][c] and [`code`](../Nowhere/c.swift)",
  ])
  func `a dead link is found`(text: String) throws {
    #expect(try faults(text).count == 1)
  }

  @Test func `every link of README and article leads somewhere`() throws {
    for path in try ["README.md"] + articlePaths() {
      let file = PackageFiles.root.appendingPathComponent(path)
      #expect(try linkFaults(in: packageText(path), at: file) == [], "\(path)")
    }
  }
}
