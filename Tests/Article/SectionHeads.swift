@testable import Record

/// What is wrong with the heads of the article's sections, in their order.
///
/// A section is numbered as its file is, and says which chapters it belongs to,
/// and which sections stand before and after it. Each chapter has a section.
func headFaults(
  in sections: [(name: String, text: String)], chapters: [String]
) -> [String] {
  var faults: [String] = []
  var missing = Set(chapters)
  for (index, section) in sections.enumerated() {
    let number = index + 1
    let name = section.name
    let paragraphs = MarkdownParagraph.all(in: section.text)
    let head = paragraphs.dropFirst().first
    let words = head?.joined ?? ""
    let prefix = (number < 10 ? "0" : "") + "\(number)-"
    if !name.hasPrefix(prefix)
      || paragraphs.first?.text.hasPrefix("# \(number) · ") != true
    {
      faults.append("\(name) is section \(number)")
    }
    let beside = chapters.filter {
      words.contains("](../Chapters/\($0)/main.swift)")
    }
    missing.subtract(beside)
    if head?.isCaption != true || !words.hasPrefix("*Beside it: ")
      || beside.isEmpty && !words.contains("[all chapters](../README.md)")
    {
      faults.append("\(name) does not say what it stands beside")
    }
    for (phrase, neighbor) in [("Before", index - 1), ("After", index + 1)]
    where sections.indices.contains(neighbor) {
      let other = sections[neighbor].name
      let links = words.matches(of: #/(\w+) it: \[[^\]]*\]\(([^)]*)\)/#)
      let isLinked = links.contains {
        $0.output.1 == phrase && $0.output.2 == other
      }
      if !isLinked {
        faults.append("\(name) has no link \"\(phrase) it\" to \(other)")
      }
    }
  }
  return faults + missing.sorted().map { "\($0) has no section" }
}
