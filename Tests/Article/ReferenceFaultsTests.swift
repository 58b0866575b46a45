import Testing

@testable import Record

@Suite struct ReferenceFaultsTests {
  private let list = """
    # References

    1. <a id="a2015"></a>A. Author, B. Author et al. "A Title: What?".
       ICLR, 2015. <https://arxiv.org/abs/1412.6572>
    2. <a id="b2020"></a>Body. "Report". Site, undated. <https://example.org/b>
    """
  private let text = """
    One [1](references.md#a2015), and
    another[2](references.md#b2020)[1](references.md#a2015).
    """

  private func faults(_ list: String, _ text: String) -> [String] {
    referenceFaults(References(list), citedIn: [("a.md", text)])
  }

  @Test func `a list and what cites it fit`() {
    #expect(faults(list, text) == [])
  }

  @Test(arguments: [
    ("[2](ref", "[1](ref", "b2020 is 2, not 1"),
    ("[2](ref", "[?](ref", "b2020 is 2, not ?"),
    ("#b2020", "#a2015", "b2020 is cited nowhere"),
    ("#b2020", "#c2020", "c2020 is not listed"),
  ])
  func `a wrong citation is found`(old: String, new: String, fault: String) {
    let found = faults(list, text.replacing(old, with: new))
    #expect(found.contains { $0.contains(fault) }, "\(found)")
  }

  @Test(arguments: [
    ("2. <a", "3. <a", "b2020 is number 2"),
    ("b2020", "a2015", "a2015 is listed twice"),
    (", 2015.", ".", "a2015 is not written"),
    (" <https://example.org/b>", "", "b2020 is not written"),
    ("\"Report\"", "Report", "b2020 is not written"),
  ])
  func `a wrong entry is found`(old: String, new: String, fault: String) {
    let found = faults(list.replacing(old, with: new), text)
    #expect(found.contains { $0.contains(fault) }, "\(found)")
  }

  @Test func `the article cites what it lists, and lists what it cites`()
    throws
  {
    let texts = try articlePaths().filter { $0 != References.path }
      .map { try (path: $0, text: packageText($0)) }
    let references = References(try packageText(References.path))
    #expect(!references.entries.isEmpty)
    #expect(referenceFaults(references, citedIn: texts) == [])
  }
}
