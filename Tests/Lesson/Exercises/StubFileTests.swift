import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct StubFileTests {
  private let solved = """
    import Shared

    // EXERCISE 6a · intermediate · PGD: back · into the box
    //
    // The task.
    func back(
      _ x: Float
    ) -> Float {
      // Why.
      if x > 1 {
        return 1
      }
      return x
    }

    private func helper() {}

    // EXERCISE W1 · warm-up · sizes
    func size() -> Int {
      1
    }

    """

  @Test func `a file is cut at its headings`() {
    let file = StubFile(solved)
    #expect(file.regions.map(\.name) == ["6a", "W1"])
    #expect(file.regions.map(\.level) == ["intermediate", "warm-up"])
    #expect(file["6a"]?.title == "PGD: back · into the box")
    #expect(file["6a"]?.firstLine == 3)
    #expect(file["W1"]?.firstLine == 18)
    #expect(file["6a"]?.lines.last == "private func helper() {}")
    #expect(file["7"] == nil)
  }

  @Test func `source text comes back as it was`() {
    #expect(StubFile(solved).source == solved)
  }

  @Test func `lines may end as on Windows, and go on ending so`() throws {
    let windows = solved.replacing("\n", with: "\r\n")
    let file = StubFile(windows)
    #expect(file.regions == StubFile(solved).regions)
    #expect(file.source == windows)
    let stub = try #require(file["6a"]).stub
    let replaced = file.source(replacing: "6a", with: stub)
    #expect(!replaced.replacing("\r\n", with: "").contains("\n"))
    #expect(StubFile(replaced)["6a"]?.lines == stub)
  }

  @Test func `a stub put back leaves all else where it is`() throws {
    let file = StubFile(
      solved.replacing("// EXERCISE W1 · warm-up · sizes\n", with: ""))
    let region = try #require(file["6a"])
    let stub = region.stub
    #expect(
      region.lines(puttingBack: stub) == stub + [
        "", "private func helper() {}", "", "func size() -> Int {", "  1", "}",
      ])
    let untouched = try #require(StubFile(solved)["W1"])
    #expect(untouched.lines(puttingBack: untouched.stub) == untouched.stub)
    // The function was renamed: nothing of it is thrown away.
    let renamed = StubFile(solved.replacing("func back(", with: "func forth("))
    let other = try #require(renamed["6a"])
    let kept = other.lines(puttingBack: stub).joined(separator: "\n")
    #expect(kept.contains("func back(") && kept.contains("func forth("))
  }

  @Test(arguments: [(1, nil), (3, "6a"), (17, "6a"), (18, "W1"), (99, "W1")])
  func `a line belongs to the exercise above it`(line: Int, name: String?) {
    #expect(StubFile(solved).region(atLine: line)?.name == name)
  }

  @Test func `a stub keeps task and signature and nothing else`() {
    #expect(
      StubFile(solved)["6a"]?.stub == [
        "// EXERCISE 6a · intermediate · PGD: back · into the box", "//",
        "// The task.", "func back(", "  _ x: Float",
        ") -> Float {", "  unsolved()", "}",
      ])
  }

  @Test func `one exercise is replaced and the others stay`() throws {
    let file = StubFile(solved)
    let stub = try #require(file["6a"]).stub
    let replaced = StubFile(file.source(replacing: "6a", with: stub))
    #expect(replaced["6a"]?.lines == stub)
    #expect(replaced["W1"]?.lines == file["W1"]?.lines)
    #expect(replaced.source.hasPrefix("import Shared\n\n// EXERCISE 6a"))
  }

  @Test(arguments: ["", "\n\n", "import Shared", "// EXERCISE 6", "func f() {"])
  func `text without a heading has no exercises`(text: String) {
    #expect(StubFile(text).regions.isEmpty)
  }
}
