import Testing

@testable import Lesson
@testable import Shared

@Suite struct TableTests {
  @Test func `numbers line up right, words left`() {
    let table = Table(
      title: "", columns: ["name", "n"],
      rows: [["a", "5"], ["bcdef", "1,234"]])
    let renderer = TerminalRenderer(
      terminal: Terminal(width: 80, hasColor: false))
    #expect(
      renderer.lines(of: .table(table)).dropFirst() == [
        "  name       n", "  ─────  ─────", "  a          5",
        "  bcdef  1,234", "",
      ])
  }

  @Test func `numbers as people write them`() {
    #expect(421_642.grouped == "421,642")
    #expect((-1_000).grouped == "-1,000")
    #expect(7.grouped == "7")
    #expect(0.99234.percent() == "99.23 %")
    #expect([28, 28, 1].times == "28 × 28 × 1")
    #expect(
      Proportion(9899, of: 10_000).withInterval == "98.99 % (98.77–99.17)")
  }
}
