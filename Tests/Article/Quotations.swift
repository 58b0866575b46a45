import Foundation

@testable import Record

/// What is wrong with the quotations of code in a Markdown text.
///
/// A block below `<!-- from PATH -->` quotes that file: a few consecutive
/// lines, whose indentation may be taken away as a whole. Swift is always
/// quoted.
func quotationFaults(in text: String, source: (String) -> String?) -> [String] {
  let lines = MarkdownLine.all(in: text)
  var faults: [String] = []
  var start = 0
  while let opening = lines[start...].firstIndex(where: \.isFence) {
    let body = lines[(opening + 1)...]
    let closing = body.firstIndex(where: \.isFence) ?? lines.count
    let block = lines[opening + 1..<closing].map { String($0.text) }
    let above = opening > 0 ? lines[opening - 1].text : ""
    let origin = above.wholeMatch(of: #/<!-- from (\S+) -->/#)
    let place = "line \(lines[opening].number)"
    if let path = origin.map({ String($0.output.1) }) {
      if source(path).map({ isQuoted(block, from: $0) }) != true {
        faults.append("\(place): these lines do not stand in \(path)")
      }
      if block.count > 15 {
        faults.append("\(place): \(block.count) lines are too many")
      }
    } else if lines[opening].text.contains("swift") {
      faults.append("\(place): it is not said which file is quoted")
    }
    start = min(closing + 1, lines.count)
  }
  return faults
}

private func isQuoted(_ block: [String], from file: String) -> Bool {
  let lines = file.components(separatedBy: "\n")
  let wanted = dedented(block)
  guard wanted.contains(where: { !$0.isEmpty }), block.count <= lines.count
  else { return false }
  return (0...lines.count - block.count).contains { first in
    dedented(Array(lines[first..<first + block.count])) == wanted
  }
}

private func dedented(_ lines: [String]) -> [String] {
  func depth(_ line: String) -> Int { line.prefix { $0 == " " }.count }
  let common =
    lines.filter { !$0.allSatisfy(\.isWhitespace) }.map(depth).min() ?? 0
  return lines.map { String($0.dropFirst(common)) }
}
