import Dispatch
import Foundation
import Shared

/// Leaves a clean terminal when somebody presses Control-C.
struct Interrupt {
  private let source: any DispatchSourceSignal

  /// Takes over the signal until the process ends; nil if there are no threads
  /// to hear it, and then Control-C ends the process as it always does.
  ///
  /// - Parameter terminal: What there is to clean up.
  init?(for terminal: Terminal) {
    guard threadsAreToBeHad(3) else { return nil }
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(
      signal: SIGINT, queue: DispatchQueue(label: "interrupt"))
    source.setEventHandler {
      // A file that is being written is finished or never appears.
      Workspace.writing.withLock { _ in
        FileHandle.standardError.write(Data(Self.farewell(terminal).utf8))
        // Not `exit`: the main thread may hold a stream that it would flush.
        _exit(130)
      }
    }
    source.resume()
  }

  /// The line of a progress bar goes, colours end, one sentence stays.
  static func farewell(_ terminal: Terminal) -> String {
    let reset = terminal.hasColor ? "\u{1B}[0m" : ""
    let erase = terminal.hasMotion ? "\r\u{1B}[2K" : ""
    let newline = terminal.isInteractive && !terminal.hasMotion ? "\n" : ""
    return reset + erase + newline
      + "Stopped; every file saved so far is complete.\n"
  }
}
