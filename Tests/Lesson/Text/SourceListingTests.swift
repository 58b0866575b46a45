import Testing

@testable import Lesson
@testable import Shared

@Suite struct SourceListingTests {
  private let source = """
    page.section("x")
      let value = page.show {
        let text = "} not the end {"

        return text
      }
    page.show { 1 + 1 }
    struct Thing {
      func act(
        _ first: Int
      ) -> Int {
        first
      }
      let other = 1
    }
    """

  @Test func `a block is what is indented deeper`() {
    #expect(
      SourceListing.block(after: 2, in: source).lines
        == ["let text = \"} not the end {\"", "", "return text"])
    #expect(SourceListing.block(after: 2, in: source).firstLine == 3)
  }

  @Test func `a call of one line shows what stands between its braces`() {
    #expect(SourceListing.block(after: 7, in: source).lines == ["1 + 1"])
  }

  @Test func `a region ends with its closing brace`() {
    let region = SourceListing.region(from: "func act", in: source)
    #expect(region?.firstLine == 9)
    #expect(
      region?.lines == [
        "func act(", "  _ first: Int", ") -> Int {", "  first", "}",
      ])
    #expect(SourceListing.region(from: "func missing", in: source) == nil)
  }

  @Test func `lines may end as on Windows`() {
    let windows = source.replacing("\n", with: "\r\n")
    #expect(
      SourceListing.block(after: 2, in: windows).lines
        == SourceListing.block(after: 2, in: source).lines)
    #expect(
      SourceListing.region(from: "func act", in: windows)?.lines
        == SourceListing.region(from: "func act", in: source)?.lines)
  }

  @Test func `a line beyond the end shows nothing`() {
    #expect(SourceListing.block(after: 99, in: source).lines.isEmpty)
  }
}
