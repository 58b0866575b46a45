import Testing

@testable import Record

@Suite struct UnmarkedPercentagesTests {
  @Test(arguments: [
    "It reads 99.1 %<!--=a b percent 1--> of them.",
    "It reads 99.1 %\n(98–100)<!--=a b interval 0--> of them.",
    "They read 99.1 % of them [7](references.md#lecun1998).",
    "Brackets are 95 % intervals (Wilson).",
    "    let share = 1\n\n```\n3 %\n```",
  ])
  func `a share with its source is in order`(text: String) {
    #expect(unmarkedPercentages(in: text).isEmpty)
  }

  @Test(arguments: [
    "It reads 99.1 % of them.",
    "Above.\n\nIt reads 99.1\n% (98–100) of them.",
    "- They 1 % [7](references.md#a).\n- It reads 99.1 % of them.",
    "| a | 99.1 % |\n| b [7](references.md#a) | 1 % |",
  ])
  func `a share without a source is found`(text: String) {
    let found = unmarkedPercentages(in: text)
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("99.1 %") == true, "\(found)")
  }

  @Test func `every percentage of the article has a source`() throws {
    for path in try articlePaths() {
      #expect(try unmarkedPercentages(in: packageText(path)) == [], "\(path)")
    }
  }
}
