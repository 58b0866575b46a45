import Testing

@testable import Record

@Suite struct GoldenTests {
  @Test(arguments: [
    ("Done in 12.3 s.", "Done in … s."),
    ("sec.: 4.1\n", "sec.: …\n"),
    ("  1   76.71 %   0.19   4.1\n", "  1   76.71 %   0.19  …\n"),
    ("  1   76.71 %   0.19   4.15\n", "  1   76.71 %   0.19   4.15\n"),
    ("<img src=\"data:image/png;base64,iVBO/+=\">", "<img src=\"data:…\">"),
    (
      "<style>\na\n</style>b<style>c</style>",
      "<style>…</style>b<style>…</style>"
    ),
  ])
  func `only what differs between runs is masked`(text: String, masked: String)
  {
    #expect(Golden.masked(text) == masked)
    #expect(Golden.masked(masked) == masked)
  }

  @Test func `a difference shows both lines`() {
    #expect(Golden.firstDifference("a\nb", "a\nb") == nil)
    #expect(
      Golden.firstDifference("a\nb", "a\nc")
        == "line 2:\nrecorded: c\nnow:      b")
    #expect(
      Golden.firstDifference("a", "a\nc")
        == "line 2:\nrecorded: c\nnow:      (the end)")
  }
}
