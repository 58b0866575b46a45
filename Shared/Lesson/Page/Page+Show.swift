import Foundation
import Shared

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
      list(relativePath(url), SourceListing.block(after: line, in: source))
    } else {
      say("(The source file \(file) is gone, so the code cannot be shown.)")
    }
    return try body()
  }

  /// The same, and keeps what `body` returns for the chapter's JSON file.
  ///
  /// - Parameters:
  ///   - name: Its name there.
  ///   - file: The chapter's source file.
  ///   - line: The line of the call.
  ///   - body: The code to show and run.
  /// - Returns: What `body` returns.
  @discardableResult
  public func show<Result: Encodable & Sendable>(
    _ name: String, file: String = #filePath, line: Int = #line,
    _ body: () throws -> Result
  ) rethrows -> Result {
    let result = try show(file: file, line: line, body)
    record(name, result)
    return result
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
    list(path, region)
  }

  private func list(_ file: String, _ part: (lines: [String], firstLine: Int)) {
    add(.code(Code(file: file, firstLine: part.firstLine, lines: part.lines)))
  }

  func relativePath(_ url: URL) -> String {
    let root = PackageFiles.root.path + "/"
    return url.path.hasPrefix(root)
      ? String(url.path.dropFirst(root.count)) : url.path
  }

  private func warnIfChanged(_ url: URL) {
    guard isNewerThanProgram(url) else { return }
    say(
      "**Careful:** \(relativePath(url)) is newer than this program. The code "
        + "below may not be the code that runs; start again with `swift run`.")
  }

  /// Whether a source file was saved after this program was built.
  func isNewerThanProgram(_ url: URL) -> Bool {
    guard let program = Bundle.main.executableURL,
      let built = modified(program), let edited = modified(url)
    else { return false }
    return edited > built
  }

  private func modified(_ url: URL) -> Date? {
    let values = try? FileManager.default.attributesOfItem(atPath: url.path)
    return values?[.modificationDate] as? Date
  }
}
