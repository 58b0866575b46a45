import Foundation

/// What the place we print to can do.
public struct Terminal: Sendable {
  /// Columns to use, 60 to 120; 80 where there is no terminal.
  public var width: Int
  /// Whether colour codes are welcome.
  public var hasColor: Bool
  /// Whether somebody sits there to press Return.
  public var isInteractive: Bool
  /// Whether a progress bar may redraw its line.
  public var canRedraw: Bool

  /// Looks at the streams, the environment and the flags.
  public init(options: Options) {
    let environment = ProcessInfo.processInfo.environment
    let isDumb = environment["TERM"] == "dumb"
    let noColor = !(environment["NO_COLOR"] ?? "").isEmpty
    let isTerminal = isatty(STDOUT_FILENO) == 1
    width = isTerminal ? Self.columns() : 80
    hasColor = isTerminal && !options.isPlain && !noColor && !isDumb
    isInteractive =
      isTerminal && isatty(STDIN_FILENO) == 1 && options.pauses
    canRedraw =
      isTerminal && isatty(STDERR_FILENO) == 1 && !options.isPlain && !isDumb
  }

  /// A terminal with given abilities, for tests.
  init(width: Int, hasColor: Bool) {
    self.width = width
    self.hasColor = hasColor
    isInteractive = false
    canRedraw = false
  }

  private static func columns() -> Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 80 }
    return min(max(Int(size.ws_col), 60), 120)
  }

  /// Text in a style, or just the text where there is no colour.
  func styled(_ text: String, _ style: Style) -> String {
    hasColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  enum Style: String {
    case bold = "1"
    case faint = "2"
    case italic = "3"
    case code = "36"
    case heading = "1;34"
  }
}
