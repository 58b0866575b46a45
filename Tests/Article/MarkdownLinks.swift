import Foundation

@testable import Record

/// Links and pictures of a Markdown file that lead to nothing in the package.
func linkFaults(in text: String, at file: URL) -> [String] {
  let prose = MarkdownLine.all(in: text).filter { !$0.isCode }
    .map(\.text).joined(separator: "\n")
  return prose.matches(of: #/\]\(([^)\s]+)\)/#).compactMap { match -> String? in
    let target = match.output.1
    if target.contains(":") { return nil }
    let parts = target.split(
      separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let other =
      parts[0].isEmpty
      ? file
      : file.deletingLastPathComponent()
        .appendingPathComponent(String(parts[0]))
    guard FileManager.default.fileExists(atPath: other.path) else {
      return "\(target): there is no such file"
    }
    guard parts.count == 2 else { return nil }
    let content =
      parts[0].isEmpty
      ? text : (try? String(contentsOf: other, encoding: .utf8)) ?? ""
    return anchors(of: content).contains(String(parts[1]))
      ? nil : "\(target): there is no such place"
  }
}

/// Where a link may lead inside a Markdown text: marked places, and headings by
/// the names that code hosts give them.
private func anchors(of text: String) -> Set<String> {
  let places = text.matches(of: #/<a id="([^"]*)">/#).map {
    String($0.output.1)
  }
  let headings = MarkdownParagraph.all(in: text).filter(\.isHeading).map {
    $0.text.drop { $0 == "#" || $0 == " " }.lowercased()
      .filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
      .replacing(" ", with: "-")
  }
  return Set(places + headings)
}
