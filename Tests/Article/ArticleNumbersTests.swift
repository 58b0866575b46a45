import Testing

@testable import Record

@Suite struct ArticleNumbersTests {
  @Test func `every marked number is the ledger's`() throws {
    let ledger = try Ledger.recorded
    for path in try ["README.md"] + articlePaths() {
      let text = try packageText(path)
      #expect(numberFaults(in: text, path: path, by: ledger) == [])
      #expect(try withNumbers(of: ledger, in: text, path: path) == text)
    }
  }

  @Test func `a wrong digit in README is found`() throws {
    let ledger = try Ledger.recorded
    let text = try packageText("README.md")
    let marks = NumberMark.all(in: text)
    #expect(marks.count > 40)
    for index in stride(from: 0, to: marks.count, by: 8) {
      let mark = marks[index]
      // The last digit before the mark, or the last letter.
      let place = try #require(
        text[..<mark.range.lowerBound].lastIndex(where: {
          $0.isNumber || $0.isLetter
        }))
      var wrong = text
      wrong.replaceSubrange(place...place, with: text[place] == "1" ? "2" : "1")
      let faults = numberFaults(in: wrong, path: "README.md", by: ledger)
      #expect(faults.count == 1, "\(faults)")
      #expect(faults.first?.hasPrefix("README.md, line \(mark.line), ") == true)
    }
  }
}
