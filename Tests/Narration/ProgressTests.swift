import Testing

@testable import Shared

@Suite struct ProgressTests {
  @Test func `share, time left, rate and the latest note`() {
    #expect(
      Progress.line(
        "Training", done: 250, total: 1000, elapsed: 5, note: "loss 0.3",
        width: 120)
        == "Training █████░░░░░░░░░░░░░░░ 25 % · 15 s left · 50 a second "
        + "· loss 0.3")
    #expect(
      Progress.line(
        "PGD", done: 1, total: 4, elapsed: 3, note: "", width: 120
      ).hasSuffix("25 % · 9 s left · 3.0 s each"))
  }

  @Test(arguments: [60, 80, 120])
  func `a line never reaches the last column`(width: Int) {
    let line = Progress.line(
      "A long title", done: 999, total: 1000, elapsed: 1e6,
      note: String(repeating: "日本 ", count: 99), width: width)
    #expect(line.displayWidth < width)
    let start = Progress.line(
      "A", done: 0, total: 5, elapsed: 0, note: "", width: width)
    #expect(start.hasSuffix(" 0 %"))
  }
}
