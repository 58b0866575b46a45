import Foundation

/// What the place we print to can do.
public struct Terminal: Sendable {
  /// Columns to use, 60 to 120; 80 where there is no terminal.
  public var width: Int
  /// How many colours it shows; none where colour codes are not welcome.
  public var colorDepth: ColorDepth
  /// How it shows pictures.
  public var images: Images
  /// Whether somebody sits there to press Return.
  public var isInteractive: Bool
  /// Whether a progress bar may redraw its line.
  public var canRedraw: Bool

  /// The colours a terminal knows.
  public enum ColorDepth: Sendable { case none, palette, trueColor }

  /// Pictures made of characters, or sent by the kitty graphics protocol.
  public enum Images: String, Sendable { case blocks, kitty }

  /// Whether colour codes are welcome.
  public var hasColor: Bool { colorDepth != .none }

  /// Looks at the streams, the environment and the flags.
  public init(options: Options) {
    let environment = ProcessInfo.processInfo.environment
    let isDumb = environment["TERM"] == "dumb"
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isRich = isTerminal && !options.isPlain && !isDumb
    width = isTerminal ? Self.columns() : 80
    colorDepth = isRich ? Self.colorDepth(in: environment) : .none
    images = isRich ? options.images : .blocks
    isInteractive =
      isTerminal && isatty(STDIN_FILENO) == 1 && options.pauses
    canRedraw = isRich && isatty(STDERR_FILENO) == 1
  }

  /// A terminal with given abilities, for tests.
  init(width: Int, colorDepth: ColorDepth, images: Images = .blocks) {
    self.width = width
    self.colorDepth = colorDepth
    self.images = images
    isInteractive = false
    canRedraw = false
  }

  /// A terminal with 256 colours or none, for tests.
  init(width: Int, hasColor: Bool) {
    self.init(width: width, colorDepth: hasColor ? .palette : .none)
  }

  static func colorDepth(in environment: [String: String]) -> ColorDepth {
    guard (environment["NO_COLOR"] ?? "").isEmpty else { return .none }
    return ["truecolor", "24bit"].contains(environment["COLORTERM"])
      ? .trueColor : .palette
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
