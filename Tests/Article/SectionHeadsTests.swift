import Lesson
import Testing

@testable import Record

@Suite struct SectionHeadsTests {
  private func faults(replacing old: String = "", with new: String = "")
    -> [String]
  {
    let texts = [
      """
      # 1 · Why

      *Beside it: [all chapters](../README.md). After
      it: [2 · How](02-how.md).*

      Because.
      """,
      """
      # 2 · How

      *Beside it: [chapter 5](../Chapters/05-Attacks/main.swift), `swift run
      05-Attacks`. Before it: [Why](01-why.md). After it: [X](glossary.md).*
      """,
    ]
    let edited = texts.map {
      old.isEmpty ? $0 : $0.replacing(old, with: new)
    }
    return headFaults(
      in: [("01-why.md", edited[0]), ("02-how.md", edited[1])],
      chapters: ["05-Attacks"])
  }

  @Test func `heads that fit are in order`() {
    #expect(faults() == [])
  }

  @Test(arguments: [
    ("# 2 ·", "# 3 ·", "02-how.md is section 2"),
    ("(../README.md)", "(02-how.md)", "01-why.md does not say what"),
    ("05-Attacks/main", "06-Security/main", "05-Attacks has no section"),
    ("(01-why.md)", "(02-how.md)", "02-how.md has no link \"Before it\""),
    ("](02-how.md).*", "](01-why.md).*", "01-why.md has no link \"After it\""),
  ])
  func `a wrong head is found`(old: String, new: String, fault: String) {
    let found = faults(replacing: old, with: new)
    #expect(found.contains { $0.contains(fault) }, "\(found)")
  }

  @Test func `each section names its chapter, each chapter has a section`()
    throws
  {
    let files = try articlePaths().map {
      try (name: String($0.dropFirst(8)), text: packageText($0))
    }
    let sections = files.filter { $0.name.first?.isNumber == true }
    #expect(sections.count == 12)
    #expect(
      headFaults(in: sections, chapters: ChapterName.allCases.map(\.rawValue))
        == [])
    let contents = files.first { $0.name == "README.md" }?.text ?? ""
    for file in files where file.name != "README.md" {
      #expect(contents.contains("](\(file.name))"))
    }
  }
}
