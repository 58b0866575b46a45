import Foundation

/// A bar with rate and time left, on standard error.
///
/// On a terminal the line is redrawn; elsewhere a line is printed every ten
/// seconds, so that a log does not fill with bars.
public final class Progress {
  private let title: String
  private let total: Int
  private let terminal: Terminal
  private let start = Date()
  private var last = Date.distantPast

  init(_ title: String, total: Int, terminal: Terminal) {
    self.title = title
    self.total = max(total, 1)
    self.terminal = terminal
    if !terminal.hasMotion { last = start }
  }

  /// Reports that `done` of the total are done.
  ///
  /// - Parameters:
  ///   - done: How many are done.
  ///   - note: The latest number, such as the loss.
  public func update(_ done: Int, note: String = "") {
    let now = Date()
    let interval = terminal.hasMotion ? 0.1 : 10
    guard now.timeIntervalSince(last) >= interval else { return }
    last = now
    var terminal = terminal
    terminal.measure()
    let line = Self.line(
      title, done: done, total: total,
      elapsed: now.timeIntervalSince(start), note: note, width: terminal.width)
    write(terminal.hasMotion ? "\r\u{1B}[2K" + line : line + "\n")
  }

  /// Removes the bar.
  public func finish() {
    if terminal.hasMotion { write("\r\u{1B}[2K") }
  }

  /// A line of less than `width` columns; what does not fit is left out.
  static func line(
    _ title: String, done: Int, total: Int, elapsed: Double, note: String,
    width: Int
  ) -> String {
    let share = min(Double(done) / Double(total), 1)
    let filled = Int(share * 20)
    let bar =
      String(repeating: "█", count: filled)
      + String(repeating: "░", count: 20 - filled)
    var parts = ["\(title) \(bar) \(Int(share * 100)) %"]
    if done > 0, elapsed > 0 {
      parts.append(
        "\(Int((elapsed / share * (1 - share)).rounded(.up))) s left")
      parts.append(rate(Double(done) / elapsed))
    }
    if !note.isEmpty { parts.append(note) }
    let line = parts.joined(separator: " · ").printable
    return [Span(line)].cut(to: width - 1)[0].map(\.text).joined()
  }

  /// How many a second, or how many seconds one takes.
  private static func rate(_ perSecond: Double) -> String {
    perSecond < 1
      ? "\((1 / perSecond).decimals(1)) s each"
      : "\(perSecond.decimals(perSecond < 10 ? 1 : 0)) a second"
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

extension Page {
  /// Runs work of `total` pieces under a progress bar.
  public func progress<Result>(
    _ title: String, total: Int, _ body: (Progress) throws -> Result
  ) rethrows -> Result {
    let bar = Progress(title, total: total, terminal: terminal)
    defer { bar.finish() }
    return try body(bar)
  }
}
