import Foundation
import Shared
import Synchronization

/// A bar with rate and time left, on standard error.
///
/// It counts the images that pass through networks, which report them by
/// themselves (`WorkReport`); the code that works knows nothing of it. On a
/// terminal the line is redrawn; elsewhere a line is printed every ten seconds,
/// so that a log does not fill with bars.
final class Progress: WorkObserver {
  private struct State {
    var terminal: Terminal
    var last: Date
    var done = 0
    /// Passes and loss of the epoch that runs.
    var epoch = 1
    var epochPasses = 0
    var epochLoss = 0.0
  }

  private let title: String
  private let total: Int
  private let epochs: Int?
  private let start = Date()
  private let isASCII: Bool
  private let state: Mutex<State>

  /// A bar that is full after `total` passes.
  ///
  /// - Parameters:
  ///   - title: What is going on.
  ///   - total: How many images will pass, as `WorkReport` counts them.
  ///   - epochs: How many equal parts the work has, if they are worth naming.
  ///   - terminal: Where to draw it.
  init(_ title: String, total: Int, epochs: Int?, terminal: Terminal) {
    self.title = title
    self.total = max(total, 1)
    self.epochs = epochs
    isASCII = terminal.isASCII
    state = Mutex(
      State(
        terminal: terminal, last: terminal.hasMotion ? .distantPast : start))
  }

  /// Takes in what a network has reported.
  func add(_ report: WorkReport) {
    state.withLock { state in
      state.done += report.passes
      note(report, in: &state)
      let now = Date()
      let interval = state.terminal.hasMotion ? 0.1 : 10
      guard now.timeIntervalSince(state.last) >= interval else { return }
      state.last = now
      state.terminal.measure()
      let line = Self.line(
        title, done: state.done, total: total,
        elapsed: now.timeIntervalSince(start), note: words(state),
        width: state.terminal.width)
      write(state.terminal.hasMotion ? "\r\u{1B}[2K" + line : line + "\n")
    }
  }

  private func note(_ report: WorkReport, in state: inout State) {
    guard let loss = report.loss else { return }
    let epoch = min(state.done * (epochs ?? 1) / total + 1, epochs ?? 1)
    if epoch != state.epoch {
      (state.epoch, state.epochPasses, state.epochLoss) = (epoch, 0, 0)
    }
    state.epochPasses += report.passes
    state.epochLoss += loss * Double(report.passes)
  }

  private func words(_ state: State) -> String {
    guard state.epochPasses > 0 else { return "" }
    let loss = state.epochLoss / Double(state.epochPasses)
    let epoch = epochs == nil ? "" : "epoch \(state.epoch) · "
    return "\(epoch)loss \(loss.decimals(3))"
  }

  /// Removes the bar.
  func finish() {
    if state.withLock({ $0.terminal.hasMotion }) { write("\r\u{1B}[2K") }
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
      parts.append("\(Int(Double(done) / elapsed).grouped) passes a second")
    }
    if !note.isEmpty { parts.append(note) }
    let line = parts.joined(separator: " · ").printable
    return [Span(line)].cut(to: width - 1)[0].map(\.text).joined()
  }

  private func write(_ text: String) {
    let shown = isASCII ? text.plainASCII : text
    FileHandle.standardError.write(Data(shown.utf8))
  }
}

extension Page {
  /// Runs work under a progress bar.
  ///
  /// - Parameters:
  ///   - title: What is going on.
  ///   - passes: How many images will pass through networks: forward counts
  ///     one an image, forward and backward together three.
  ///   - epochs: How many equal parts the work has, if they are worth naming.
  ///   - body: The work.
  /// - Returns: What `body` returns.
  public func progress<Result>(
    _ title: String, passes: Int, epochs: Int? = nil,
    _ body: () throws -> Result
  ) rethrows -> Result {
    let bar = Progress(title, total: passes, epochs: epochs, terminal: terminal)
    defer { bar.finish() }
    return try WorkReport.$observer.withValue(bar, operation: body)
  }
}
