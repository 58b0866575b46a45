import Foundation

/// The page a chapter writes on: prose, code, results, pictures.
///
/// A chapter is a function that fills a page from top to bottom. The page
/// prints as it goes, and keeps every number for the chapter's JSON file.
public final class Page {
  /// The flags of this run.
  public let options: Options
  /// Where this chapter's files go.
  public let workspace: Workspace
  /// The chapter's name, `03-Training`.
  public let chapter: String
  let terminal: Terminal
  var results: [String: any Encodable] = [:]
  var tables: [Table] = []
  private var outputs: [String] = []
  private let write: (String) -> Void
  private var sections = 0

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
    if sections > 0 { pause() }
    sections += 1
    print("")
    print(terminal.styled("\(sections)  \(title)", .heading))
    print(
      terminal.styled(
        String(repeating: "─", count: min(terminal.width, title.count + 3)),
        .faint))
    print("")
  }

  /// Prints prose: a small part of Markdown, wrapped to the terminal.
  public func say(_ text: String) {
    for line in Markdown(text: text).rendered(for: terminal) { print(line) }
    print("")
  }

  /// Prints the result of some code, as it is, set off from the prose.
  public func output(_ text: String) {
    outputs.append(text)
    for line in text.split(separator: "\n") {
      print("  " + line)
    }
    print("")
  }

  /// Keeps a number or a list for the chapter's JSON file.
  public func record(_ name: String, _ value: some Encodable & Sendable) {
    results[name] = value
  }

  /// Waits for Return, if somebody is there; `q` leaves.
  public func pause() {
    guard terminal.isInteractive else { return }
    write(
      terminal.styled("— Return: go on · q and Return: leave — ", .faint))
    let answer = readLine(strippingNewline: true)
    if answer == nil || answer?.lowercased().hasPrefix("q") == true {
      print("")
      print(
        "Left before the end; what was saved so far is in the output folder.")
      fflush(nil)
      exit(0)
    }
    if terminal.hasColor { write("\u{1B}[1A\u{1B}[2K") }
  }

  /// Asks a yes-or-no question; nil if nobody is there to answer.
  public func confirm(_ question: String) -> Bool? {
    guard terminal.isInteractive else { return nil }
    write("\(question) [y/N] ")
    return readLine()?.lowercased().hasPrefix("y") ?? false
  }

  func print(_ line: String) { write(line + "\n") }

  /// Every number of the page as JSON.
  func encodedResults() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [
      .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
    ]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var everything = results
    everything["tables"] = tables
    everything["outputs"] = outputs
    return try encoder.encode(everything.mapValues(AnyEncodable.init))
  }
}

private struct AnyEncodable: Encodable {
  var value: any Encodable

  init(_ value: any Encodable) { self.value = value }

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

/// Writes at once, so that prose appears before the work it announces, and
/// through the same buffer as `print`, so that a learner's own lines come out
/// where they belong.
func standardOutput(_ text: String) {
  Swift.print(text, terminator: "")
  fflush(nil)
}
