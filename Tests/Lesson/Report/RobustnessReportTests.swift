import Foundation
import Shared
import Testing

@testable import Lesson

@Suite struct RobustnessReportTests {
  private func decoded(_ json: Data) throws -> RobustnessReport {
    try JSONDecoder().decode(RobustnessReport.self, from: json)
  }

  @Test func `the file of a run holds all of the report`() throws {
    try withTemporaryFolder { folder in
      let page = Page(
        chapter: "06-Security",
        options: try Options(
          ["--output", folder.path], taking: Flag.ofLesson([])),
        terminal: Terminal(width: 80, hasColor: false)
      ) { _ in }
      page.record("report", RobustnessReport.sample())
      let file = try #require(
        JSONSerialization.jsonObject(with: page.encodedResults())
          as? [String: Any])
      let part = try JSONSerialization.data(
        withJSONObject: try #require(file["report"]))
      let again = try decoded(part)
      #expect(again == RobustnessReport.sample())
      #expect(again.markdown == RobustnessReport.sample().markdown)
    }
  }

  /// One number of the JSON after the other, so that none can be typed.
  @Test func `no number can change and leave the text as it was`() throws {
    let json = try JSONEncoder().encode(RobustnessReport.sample())
    let tree = try JSONSerialization.jsonObject(with: json)
    let text = RobustnessReport.sample().markdown
    let paths = numbers(in: tree)
    #expect(paths.count > 30)
    for path in paths {
      let changed = mutated(tree, path[...])
      let other = try decoded(
        JSONSerialization.data(withJSONObject: changed))
      #expect(other.markdown != text, "\(path) is not printed")
    }
  }

  /// The ways to all numbers, without the one ε that is always 0; what begins
  /// with "is" is none.
  private func numbers(in tree: Any) -> [[String]] {
    switch tree {
    case let tree as [String: Any]:
      tree.keys.sorted().filter { !$0.hasPrefix("is") }.flatMap { key in
        numbers(in: tree[key] ?? "").map { [key] + $0 }
      }.filter { $0.suffix(2) != ["clean", "epsilon"] }
    case let list as [Any]:
      list.indices.flatMap { index in
        numbers(in: list[index]).map { ["\(index)"] + $0 }
      }
    case is NSNumber, is Int, is Double: [[]]
    default: []
    }
  }

  /// The same with another number there.
  private func mutated(_ tree: Any, _ path: ArraySlice<String>) -> Any {
    guard let step = path.first else { return another(tree) }
    if var branches = tree as? [String: Any], let old = branches[step] {
      branches[step] = mutated(old, path.dropFirst())
      return branches
    }
    if var list = tree as? [Any], let index = Int(step) {
      list[index] = mutated(list[index], path.dropFirst())
      return list
    }
    return tree
  }

  private func another(_ number: Any) -> Any {
    switch number {
    // A count stays one, a share too.
    case let value as Int: value + 1
    case let value as Double: value * 0.75
    default: number
    }
  }

  @Test func `texts are printed too`() {
    let text = RobustnessReport.sample().markdown
    for part in [
      "`Output/model.safetensors`", "5ha256", "421,642", "`29`", "98.76 %",
      "the loss rises", "mean loss 0.031 → 6.213", "it never starts \\| here",
      "rotated", "four-steps", "`bim`, `square`",
      "swift run 06-Security --seed 71",
      #"--require "worst@0.1>=0.70" --seed 71"#,
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `ε is in all units`() {
    let text = RobustnessReport.sample().markdown
    #expect(text.contains("| 0.1 | 25.5 | 0.3246 |"))
    #expect(text.contains("| 0.3 | 76.5 | 0.9737 |"))
    #expect(
      RobustnessReport.sample().worstCaseLines.first?.hasPrefix(
        "ε = 0.1 (25.5/255, 0.3246 normalized): **11.65 %") == true)
    var other = RobustnessReport.sample()
    other.model.standardDeviation = nil
    #expect(other.markdown.contains("| 0.1 | 25.5 | – |"))
  }

  @Test func `a quick run says so at the top`() {
    #expect(!RobustnessReport.sample().markdown.contains("uick run"))
    var quick = RobustnessReport.sample()
    quick.isQuick = true
    let lines = quick.markdown.split(separator: "\n")
    #expect(lines[0].hasSuffix("(quick run)"))
    #expect(lines[1].hasPrefix("**Quick run:"))
  }

  @Test func `what is missing is said`() {
    var report = RobustnessReport.sample()
    report.certificates = []
    report.audit = nil
    report.beyond = []
    report.defended = []
    let text = report.markdown
    for part in [
      "do not know a layer", "No audit", "Not measured.", "None was at hand.",
      "Changes outside the box",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `all attacks that were not tried are named`() {
    let names = AttackRecipe.all.map(\.name)
    #expect(RobustnessReport.untried(after: []) == names)
    #expect(RobustnessReport.untried(after: Set(names)).isEmpty)
    #expect(
      RobustnessReport.untried(after: ["pgd"])
        == names.filter { $0 != "pgd" })
  }

  @Test func `a file name cannot leave its place`() {
    var report = RobustnessReport.sample()
    report.model.file = "a`b\nc|d"
    report.defended[0].network = "x|y"
    report.defended[0].both = -1
    let text = report.markdown
    #expect(text.hasPrefix("# Robustness of `a'b c|d`\n"))
    #expect(text.contains("| x\\|y | 0.1 | – |"))
  }
}
