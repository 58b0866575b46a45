import Foundation
import Testing

/// A chapter at a terminal, with the test in the learner's seat.
final class PseudoTerminal {
  private let process = Process()
  private let controller: FileHandle
  private var unread: [UInt8] = []
  /// Everything the chapter has printed, escape codes included.
  private(set) var screen = ""

  /// Starts a chapter at a terminal of 80 columns.
  init(
    _ chapter: String, _ arguments: [String],
    environment: [String: String] = [:]
  ) throws {
    var (outer, inner): (Int32, Int32) = (-1, -1)
    var size = winsize()
    size.ws_col = 80
    size.ws_row = 24
    try #require(openpty(&outer, &inner, nil, nil, &size) == 0)
    controller = FileHandle(fileDescriptor: outer, closeOnDealloc: true)
    let terminal = FileHandle(fileDescriptor: inner, closeOnDealloc: true)
    for descriptor in [outer, inner] {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    Self.silence(inner)
    process.executableURL = productsFolder.appendingPathComponent(chapter)
    process.arguments = arguments
    var inherited = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLORTERM"] {
      inherited[name] = nil
    }
    inherited["TERM"] = "xterm-256color"
    inherited["LC_ALL"] = "C.UTF-8"
    process.environment = inherited.merging(environment) { $1 }
    process.standardInput = terminal
    process.standardOutput = terminal
    process.standardError = terminal
    try process.run()
  }

  /// Ends the chapter if it still runs.
  ///
  /// By a signal that cannot be blocked: a child inherits the blocked signals
  /// of the test's thread.
  func close() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// What is typed shall not come back as output.
  private static func silence(_ terminal: Int32) {
    var settings = termios()
    tcgetattr(terminal, &settings)
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(terminal, TCSANOW, &settings)
  }

  /// Types a line and Return.
  func type(_ line: String) throws {
    try controller.write(contentsOf: Data((line + "\n").utf8))
  }

  /// What Control-C does.
  ///
  /// As a signal, not as the byte 3: a terminal makes the one of the other only
  /// for the session it controls, and `Process` cannot start a session.
  func interrupt() { process.interrupt() }

  /// Waits until what is on the screen ends with one of some texts.
  ///
  /// - Returns: What was printed since the last call.
  @discardableResult
  func read(until texts: String...) throws -> String {
    var read = ""
    while !texts.contains(where: read.hasSuffix) { read += try readMore() }
    return read
  }

  /// Waits until something more is printed.
  func readMore() throws -> String {
    var read = ""
    try wait {
      read = takeOutput()
      return !read.isEmpty
    }
    return read
  }

  /// Waits until the chapter has ended.
  ///
  /// - Returns: Its exit status.
  func end() throws -> Int32 {
    try wait {
      let hasEnded = !process.isRunning
      _ = takeOutput()
      return hasEnded
    }
    return process.terminationStatus
  }

  private struct TooLate: Error, CustomStringConvertible {
    var description: String
  }

  private func wait(_ isDone: () -> Bool) throws {
    let start = ContinuousClock.now
    while !isDone() {
      guard ContinuousClock.now - start < .seconds(60) else {
        throw TooLate(
          description: "Waited in vain after: \(screen.suffix(500))")
      }
    }
  }

  /// What is there, or comes within a twentieth of a second.
  private func takeOutput() -> String {
    var poll = pollfd(
      fd: controller.fileDescriptor, events: Int16(POLLIN), revents: 0)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while Foundation.poll(&poll, 1, 50) > 0, poll.revents & Int16(POLLIN) != 0 {
      let count = Foundation.read(
        controller.fileDescriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      unread += buffer[..<count]
    }
    // A character may come in two parts.
    guard let text = String(validating: unread, as: UTF8.self) else {
      return ""
    }
    unread = []
    let lines = text.replacing("\r\n", with: "\n")
    screen += lines
    return lines
  }
}
