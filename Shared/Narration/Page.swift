import Foundation

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
  private(set) var secondsWaited = 0.0
  private let write: (String) -> Void

  init(
    chapter: String, options: Options, terminal: Terminal,
    write: @escaping (String) -> Void = standardOutput
  ) {
    self.chapter = chapter
    self.options = options
    self.terminal = terminal
    self.write = write
    workspace = Workspace(output: options.output, isQuick: options.isQuick)
    results["chapter"] = chapter
    results["quick"] = options.isQuick
    results["seed"] = options.seed
  }

  /// Whether this run uses fewer images and steps.
  public var isQuick: Bool { options.isQuick }

  /// One of two values: the second in a quick run.
  public func full<Value>(_ value: Value, quick: Value) -> Value {
    isQuick ? quick : value
  }

  /// Begins a new step, after a pause.
  public func section(_ title: String) {
    let earlier = blocks.count { $0.isSection }
    if earlier > 0 { pause() }
    add(.section(number: earlier + 1, title: title))
  }

  /// Prints prose, written in a small part of Markdown.
  ///
  /// Paragraphs, lists, quotes, **bold**, *italic*, `code`, formulas between
  /// dollar signs; a paragraph that begins with `**Key point:**`,
  /// `**Try it:**` or `**Careful:**` is set off from the others.
  public func say(_ text: String) { add(.prose(Prose.parse(text))) }

  /// Prints the result of some code, as it is, set off from the prose.
  public func output(_ text: String) { add(.output(text)) }

  /// Prints rows under headings.
  ///
  /// Numbers line up on the right, words on the left.
  ///
  /// - Parameters:
  ///   - title: What the table shows.
  ///   - columns: The headings.
  ///   - rows: One text a column.
  public func table(_ title: String, columns: [String], rows: [[String]]) {
    let label = isQuick ? "\(title) (quick run)" : title
    add(.table(Table(title: label, columns: columns, rows: rows)))
  }

  /// Keeps a number or a list for the chapter's JSON file.
  public func record(_ name: String, _ value: some Encodable & Sendable) {
    results[name] = value
  }

  /// Waits for Return, if somebody is there; `q` leaves.
  public func pause() {
    guard terminal.isInteractive else { return }
    write(terminal.styled("— Return: go on · q and Return: leave — ", .faint))
    let answer = readAnswer()
    if answer == nil || answer?.lowercased().hasPrefix("q") == true {
      write(
        "\nLeft before the end; what was saved so far is in the output folder.\n"
      )
      fflush(nil)
      exit(0)
    }
    if terminal.hasMotion { write("\u{1B}[1A\u{1B}[2K") }
  }

  /// Asks a yes-or-no question; nil if nobody is there to answer.
  public func confirm(_ question: String) -> Bool? {
    guard terminal.isInteractive else { return nil }
    write("\(question) [y/N] ")
    return readAnswer()?.lowercased().hasPrefix("y") ?? false
  }

  private func readAnswer() -> String? {
    let start = Date()
    defer { secondsWaited += Date().timeIntervalSince(start) }
    return readLine()
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

  /// What has come since the last heading, the heading included.
  var currentSection: ArraySlice<Block> {
    blocks[(blocks.lastIndex { $0.isSection } ?? 0)...]
  }

  /// A path as short as it can be said from here.
  public func short(_ url: URL) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return url.path.hasPrefix(here)
      ? String(url.path.dropFirst(here.count)) : url.path
  }
}

extension Block {
  fileprivate var isSection: Bool {
    if case .section = self { true } else { false }
  }
}

/// Writes at once, so that prose appears before the work it announces, and
/// through the same buffer as `print`, so that a learner's own lines come out
/// where they belong.
func standardOutput(_ text: String) {
  Swift.print(text, terminator: "")
  fflush(nil)
}
