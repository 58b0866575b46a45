import Foundation

/// Finds pieces of source text by their indentation.
///
/// Indentation is enough because the formatter guarantees it, and unlike
/// counting braces it is not fooled by a brace inside a string.
enum SourceListing {
  /// The lines after line number `line` that are blank or deeper than it, or
  /// what stands between the braces if the call is a single line.
  static func block(after line: Int, in source: String)
    -> (lines: [String], firstLine: Int)
  {
    let lines = source.textLines
    guard lines.indices.contains(line - 1) else { return ([], line) }
    let call = lines[line - 1]
    if let open = call.firstIndex(of: "{"), call.hasSuffix("}") {
      let inside = call[call.index(after: open)...].dropLast()
      return ([inside.trimmingCharacters(in: .whitespaces)], line)
    }
    let depth = indentation(call)
    let body = lines[line...].prefix { $0.isBlank || indentation($0) > depth }
    let blank = body.prefix { $0.isBlank }.count
    return (trimmed(Array(body)), line + 1 + blank)
  }

  /// From the line that begins with `start` to the end of its indented body.
  static func region(from start: String, in source: String)
    -> (lines: [String], firstLine: Int)?
  {
    let lines = source.textLines
    guard
      let first = lines.firstIndex(where: {
        $0.drop { $0 == " " }.hasPrefix(start)
      })
    else { return nil }
    let depth = indentation(lines[first])
    let rest = lines[(first + 1)...]
    // A signature may span lines: `) -> Tensor {` is at the same depth.
    let end = rest.firstIndex {
      !$0.isBlank && indentation($0) <= depth
        && !$0.drop { $0 == " " }.hasPrefix(")")
        && !$0.drop { $0 == " " }.hasPrefix("{")
    }
    let last = end ?? lines.count
    let closes =
      end.map { lines[$0].drop { $0 == " " }.hasPrefix("}") } ?? false
    return (
      trimmed(Array(lines[first..<(closes ? last + 1 : last)])), first + 1
    )
  }

  /// Without blank lines around it and without common indentation.
  private static func trimmed(_ lines: [String]) -> [String] {
    guard let first = lines.firstIndex(where: { !$0.isBlank }),
      let last = lines.lastIndex(where: { !$0.isBlank })
    else { return [] }
    let body = lines[first...last]
    let depth = body.filter { !$0.isBlank }.map(indentation).min() ?? 0
    return body.map { String($0.dropFirst(depth)) }
  }

  private static func indentation(_ line: String) -> Int {
    line.prefix { $0 == " " }.count
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
