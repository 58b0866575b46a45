import Foundation
import Shared

/// The page a chapter writes on: prose, code, results, pictures.
///
/// A chapter is a function that fills a page with blocks from top to bottom.
/// The page prints each as it comes and keeps them all: the notebook page and
/// the JSON file are made from them at the end.
public final class Page {
  /// The flags of this run.
  public let options: Options
  /// Where this chapter's files go.
  public let workspace: Workspace
  /// The chapter's name, `03-Training`.
  public let chapter: String
  /// What the run has come to so far.
  private(set) var blocks: [Block] = []
  private(set) var results: [String: any Encodable] = [:]
  private(set) var terminal: Terminal
  /// How long the learner has been reading.
  var secondsWaited = 0.0
  /// How long figures, pages and transcripts took to draw and to write.
  private(set) var secondsWriting = 0.0
  /// Where the blocks since the last pause begin.
  var stepStart = 0
  /// Whether to run on to the next section.
  var isSkipping = false
  let write: (String) -> Void
  private let hasQuickForm: Bool

  init(
    chapter: String, options: Options, terminal: Terminal,
    hasQuickForm: Bool = true,
    write: @escaping (String) -> Void = {
      standardOutput($0, endsWhenClosed: true)
    }
  ) {
    self.chapter = chapter
    self.options = options
    self.terminal = terminal
    self.hasQuickForm = hasQuickForm
    self.write = terminal.isASCII ? { write($0.plainASCII) } : write
    workspace = Workspace(output: options.output, isQuick: options.isQuick)
    results["chapter"] = chapter
    results["quick"] = options.isQuick
    results["seed"] = options.seed
  }

  /// Whether this run uses fewer images and steps.
  public var isQuick: Bool { options.isQuick }

  /// Whether a result is a rough one that a full run would replace.
  func isRough(_ isSameWhenQuick: Bool) -> Bool {
    isQuick && hasQuickForm && !isSameWhenQuick
  }

  /// One of two values: the second in a quick run.
  public func full<Value>(_ value: Value, quick: Value) -> Value {
    isQuick ? quick : value
  }

  /// Prints prose, written in a small part of Markdown.
  ///
  /// Paragraphs, lists, quotes, **bold**, *italic*, `code`, formulas between
  /// dollar signs; a paragraph that begins with `**Key point:**`,
  /// `**Try it:**` or `**Careful:**` is set off from the others.
  public func say(_ text: String) { add(.prose(Prose.parse(text))) }

  /// Prints the result of some code, as it is, set off from the prose.
  ///
  /// - Parameters:
  ///   - text: What to print.
  ///   - values: The numbers in it, for the chapter's JSON file.
  public func output(_ text: String, _ values: Values = [:]) {
    record(values)
    add(.output(text))
  }

  /// Numbers and lists by their names in the chapter's JSON file.
  public typealias Values = [String: any Encodable & Sendable]

  /// Prints rows under headings.
  ///
  /// Numbers line up on the right, words on the left.
  ///
  /// - Parameters:
  ///   - title: What the table shows.
  ///   - columns: The headings.
  ///   - rows: One text a column.
  ///   - values: The numbers in it, for the chapter's JSON file.
  ///   - isSameWhenQuick: Whether a quick run measures the same.
  public func table(
    _ title: String, columns: [String], rows: [[String]],
    _ values: Values = [:], isSameWhenQuick: Bool = false
  ) {
    record(values)
    let label = isRough(isSameWhenQuick) ? "\(title) (quick run)" : title
    add(.table(Table(title: label, columns: columns, rows: rows)))
  }

  /// Whether a table with a number a class fits into the 78 columns of a page.
  public func hasRoom(forNumbersUnder names: [String]) -> Bool {
    let columns = names.map { max($0.count, 4) + 2 }.reduce(0, +)
    return max(names.map(\.count).max() ?? 0, 5) + columns <= 78
  }

  /// Prints a row for each value, and keeps the values for the chapter's JSON
  /// file.
  ///
  /// - Parameters:
  ///   - title: What the table shows.
  ///   - name: The values' name in the JSON file.
  ///   - values: What was measured.
  ///   - columns: What to say of each.
  ///   - isSameWhenQuick: Whether a quick run measures the same.
  public func table<Value: Encodable & Sendable>(
    _ title: String, _ name: String, _ values: [Value],
    _ columns: [Column<Value>], isSameWhenQuick: Bool = false
  ) {
    table(
      title, columns: columns.map(\.heading),
      rows: values.map { value in columns.map { $0.text(value) } },
      [name: values], isSameWhenQuick: isSameWhenQuick)
  }

  /// Keeps a number or a list for the chapter's JSON file.
  public func record(_ name: String, _ value: some Encodable & Sendable) {
    results[name] = value
  }

  private func record(_ values: Values) {
    results.merge(values) { $1 }
  }

  /// Keeps a block and prints it.
  func add(_ block: Block) {
    blocks.append(block)
    print(block)
  }

  /// Prints a block for a terminal as wide as it is now.
  func print(_ block: Block) {
    terminal.measure()
    let lines = TerminalRenderer(terminal: terminal).lines(of: block)
    write(lines.map { $0 + "\n" }.joined())
  }

  /// Makes files, and adds the time it takes to `secondsWriting`.
  func writing(_ body: () throws -> Void) rethrows {
    let start = ContinuousClock.now
    try body()
    secondsWriting += (ContinuousClock.now - start) / .seconds(1)
  }

  /// A path as short as it can be said from here.
  public func short(_ url: URL) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return url.path.hasPrefix(here)
      ? String(url.path.dropFirst(here.count)) : url.path
  }
}

/// Writes at once, so that prose appears before the work it announces, and
/// through the same buffer as `print`, so that a learner's own lines come out
/// where they belong.
///
/// A disk that is full ends the program: what nobody can read was not said.
///
/// - Parameters:
///   - text: What to write.
///   - endsWhenClosed: Whether the program has nothing else to do: then it ends if
///     nobody listens any more, as with `| head`, which is no fault.
func standardOutput(_ text: String, endsWhenClosed: Bool) {
  Swift.print(text, terminator: "")
  guard fflush(nil) != 0 else { return }
  if errno == EPIPE {
    guard endsWhenClosed else { return }
    _exit(0)
  }
  let reason = String(cString: strerror(errno))
  FileHandle.standardError.write(
    Data("error: The output cannot be written (\(reason)).\n".utf8))
  _exit(1)
}
