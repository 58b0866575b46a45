import Testing

@testable import Record

@Suite struct SampleTests {
  let readme = """
    ## What you will see

        4  Epoch by epoch
        ─────
          epoch  training  sec.
              1   93.40 %   6.1
              2   97.67 %   5.2
        …
        Notice 4.82 points.

    And later.
    """

  private func printed(
    _ first: String, _ last: String, section: Int = 4
  ) -> String {
    "3  Before\n      1   93.40 %   6.1\n"
      + "\(section)\u{A0}\u{A0}Epoch by epoch\n─────\n\n"
      + "  epoch  training  sec.\n\(first)\n      2   97.67 %   9.9\n"
      + "left out\nNotice \(last) points.\n"
  }

  @Test func `a new number changes its line, other seconds do not`() throws {
    #expect(
      try withSample(printed("      1   93.40 %   7.0", "4.82"), in: readme)
        == readme)
    #expect(
      try withSample(printed("      1   93.50 %   7.0", "5.82"), in: readme)
        == readme.replacing("93.40 %   6.1", with: "93.50 %   7.0")
        .replacing("4.82", with: "5.82"))
  }

  @Test func `a section that has moved keeps its sample`() throws {
    #expect(
      try withSample(
        printed("      1   93.40 %   7.0", "4.82", section: 8), in: readme)
        == readme.replacing("4  Epoch", with: "8  Epoch"))
  }

  @Test func `a line that is no longer printed is an error`() {
    #expect(throws: (any Error).self) {
      try withSample(
        printed("      1   93.40 %   7.0", "many"), in: readme)
    }
  }
}
