import Foundation
import Shared
import Testing

@testable import Record

@Suite struct FigureFaultsTests {
  private let text = """
    ![Two digits](figures/a.png)

    *Notice the
    second. `swift run 02-Data`*

    And on.
    """

  @Test func `a figure with text and caption is in order`() {
    #expect(figureFaults(in: [text, "No figure."], files: ["a.png"]) == [])
  }

  @Test(arguments: [
    ("Two digits", "", "does not say"),
    ("*Notice", "Notice", "no caption"),
    ("`swift run 02-Data`", "", "no caption"),
    ("figures/a.png)\n\n", "figures/a.png)\n", "no caption"),
    ("a.png", "b.png", "a.png is shown nowhere"),
  ])
  func `a figure that lacks something is found`(
    old: String, new: String, fault: String
  ) {
    let found = figureFaults(
      in: [text.replacing(old, with: new)], files: ["a.png"])
    #expect(found.count == 1)
    #expect(found.first?.contains(fault) == true, "\(found)")
  }

  @Test func `every figure of the article is shown and explained`() throws {
    let folder = PackageFiles.root.appendingPathComponent("Article/figures")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: folder.path
    ).filter { !$0.hasPrefix(".") }
    let texts = try articlePaths().map(packageText)
    #expect(!files.isEmpty)
    #expect(figureFaults(in: texts, files: files) == [])
  }
}
