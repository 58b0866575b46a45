import Foundation

/// A bar with the time left, on standard error.
///
/// On a terminal the line is redrawn; elsewhere a line is printed every ten
/// seconds, so that a log does not fill with bars.
public final class Progress {
  private let title: String
  private let total: Int
  private let canRedraw: Bool
  private let start = Date()
  private var last = Date.distantPast

  init(_ title: String, total: Int, canRedraw: Bool) {
    self.title = title
    self.total = max(total, 1)
    self.canRedraw = canRedraw
    if !canRedraw { last = start }
  }

  /// Reports that `done` of the total are done.
  ///
  /// - Parameters:
  ///   - done: How many are done.
  ///   - note: The latest number, such as the loss.
  public func update(_ done: Int, note: String = "") {
    let now = Date()
    let interval = canRedraw ? 0.1 : 10
    guard now.timeIntervalSince(last) >= interval else { return }
    last = now
    let line = Self.line(
      title, done: done, total: total,
      elapsed: now.timeIntervalSince(start), note: note)
    write(canRedraw ? "\r\u{1B}[2K" + line : line + "\n")
  }

  /// Removes the bar.
  public func finish() {
    if canRedraw { write("\r\u{1B}[2K") }
  }

  static func line(
    _ title: String, done: Int, total: Int, elapsed: Double, note: String
  ) -> String {
    let share = min(Double(done) / Double(total), 1)
    let filled = Int(share * 24)
    let bar =
      String(repeating: "█", count: filled)
      + String(repeating: "░", count: 24 - filled)
    let left = share > 0 ? elapsed / share * (1 - share) : 0
    let end = note.isEmpty ? "" : " · \(note)"
    return "\(title) \(bar) \(Int(share * 100)) % · "
      + "\(Int(left.rounded(.up))) s left\(end)"
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
    let bar = Progress(title, total: total, canRedraw: terminal.canRedraw)
    defer { bar.finish() }
    return try body(bar)
  }
}
