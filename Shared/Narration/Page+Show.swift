import Foundation

extension Page {
  /// Prints the source of `body`, then runs it.
  ///
  /// What is shown is what runs: the text is read from the chapter's own file,
  /// the lines after the call that are indented deeper than it.
  ///
  /// - Parameters:
  ///   - file: The chapter's source file.
  ///   - line: The line of the call.
  ///   - body: The code to show and run.
  /// - Returns: What `body` returns.
  @discardableResult
  public func show<Result>(
    file: String = #filePath, line: Int = #line, _ body: () throws -> Result
  ) rethrows -> Result {
    let url = URL(fileURLWithPath: file)
    if let source = try? String(contentsOf: url, encoding: .utf8) {
      warnIfChanged(url)
      list(
        SourceListing.block(after: line, in: source), firstLine: line,
        title: relativePath(url))
    } else {
      say("(The source file \(file) is gone, so the code cannot be shown.)")
    }
    return try body()
  }

  /// Prints a marked region of a library file: the code behind a call.
  ///
  /// - Parameters:
  ///   - path: The file, seen from the package's root.
  ///   - start: The text of the region's first line, without indentation. The
  ///     region ends where the code is no longer indented deeper.
  public func listing(_ path: String, from start: String) {
    let url = PackageFiles.root.appendingPathComponent(path)
    guard let source = try? String(contentsOf: url, encoding: .utf8),
      let region = SourceListing.region(from: start, in: source)
    else {
      say("(\(path) no longer has a line that begins `\(start)`.)")
      return
    }
    list(region.lines, firstLine: region.firstLine, title: path)
  }

  private func list(_ lines: [String], firstLine: Int, title: String) {
    print(terminal.styled("  \(title):\(firstLine)", .faint))
    for line in lines {
      print(terminal.styled("  │ ", .faint) + terminal.styled(line, .code))
    }
    print("")
  }

  private func relativePath(_ url: URL) -> String {
    let root = PackageFiles.root.path + "/"
    return url.path.hasPrefix(root)
      ? String(url.path.dropFirst(root.count)) : url.path
  }

  private func warnIfChanged(_ url: URL) {
    guard let program = Bundle.main.executableURL,
      let built = modified(program), let edited = modified(url), edited > built
    else { return }
    say(
      "(**Careful:** \(relativePath(url)) is newer than this program. The code "
        + "below may not be the code that runs; start again with `swift run`.)")
  }

  private func modified(_ url: URL) -> Date? {
    let values = try? FileManager.default.attributesOfItem(atPath: url.path)
    return values?[.modificationDate] as? Date
  }
}

/// Finds pieces of source text by their indentation.
///
/// Indentation is enough because the formatter guarantees it, and unlike
/// counting braces it is not fooled by a brace inside a string.
enum SourceListing {
  /// The lines after line number `line` that are blank or deeper than it, or
  /// what stands between the braces if the call is a single line.
  static func block(after line: Int, in source: String) -> [String] {
    let lines = source.components(separatedBy: "\n")
    guard lines.indices.contains(line - 1) else { return [] }
    let call = lines[line - 1]
    if let open = call.firstIndex(of: "{"), call.hasSuffix("}") {
      let inside = call[call.index(after: open)...].dropLast()
      return [inside.trimmingCharacters(in: .whitespaces)]
    }
    let depth = indentation(call)
    let body = lines[line...].prefix { $0.isBlank || indentation($0) > depth }
    return trimmed(Array(body))
  }

  /// From the line that begins with `start` to the end of its indented body.
  static func region(from start: String, in source: String)
    -> (lines: [String], firstLine: Int)?
  {
    let lines = source.components(separatedBy: "\n")
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
