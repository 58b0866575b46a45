import Foundation

/// What the place we print to can do.
public struct Terminal: Sendable {
  /// Columns to use, 30, which a picture takes, to 120; 80 where there is no
  /// terminal.
  public private(set) var width: Int
  /// How many colours it shows; none where colour codes are not welcome.
  public let colorDepth: ColorDepth
  /// How it shows pictures.
  public let images: Images
  /// Whether a line may be drawn again: for progress bars, not for colour.
  public let hasMotion: Bool
  /// Whether it knows nothing but ASCII.
  let isASCII: Bool
  /// Whether somebody sits there to press Return.
  public let isInteractive: Bool
  /// Whether the width may change under us.
  private let isResizable: Bool

  /// The colours a terminal knows.
  public enum ColorDepth: Sendable { case none, palette, trueColor }

  /// Pictures made of characters, or sent by the kitty graphics protocol.
  public enum Images: String, Sendable { case blocks, kitty }

  /// Whether colour codes are welcome.
  public var hasColor: Bool { colorDepth != .none }

  /// Whether pictures are drawn in colour rather than in letters.
  var showsColors: Bool { hasColor && !isASCII }

  /// Which of the three standard streams lead to a terminal.
  struct Streams {
    var input = false
    var output = false
    var error = false
  }

  /// What somebody asked for on the command line.
  struct Wishes: Sendable, Equatable {
    /// No colour and no cursor movement.
    var isPlain = false
    /// How to show pictures where the terminal can.
    var images = Images.blocks
    /// Whether to wait for Return between steps.
    var pauses = true
  }

  /// Looks at the streams and the environment.
  init(_ wishes: Wishes) {
    let streams = Streams(
      input: isatty(STDIN_FILENO) == 1, output: isatty(STDOUT_FILENO) == 1,
      error: isatty(STDERR_FILENO) == 1)
    self.init(
      wishes, environment: ProcessInfo.processInfo.environment,
      streams: streams)
  }

  /// The same from given streams and a given environment.
  init(_ wishes: Wishes, environment: [String: String], streams: Streams) {
    let isCapable = streams.output && environment["TERM"] != "dumb"
    let hasColor = Self.wantsColor(wishes, environment) ?? isCapable
    let knowsAll = ["truecolor", "24bit"].contains(environment["COLORTERM"])
    colorDepth = !hasColor ? .none : knowsAll ? .trueColor : .palette
    images = isCapable && !wishes.isPlain ? wishes.images : .blocks
    hasMotion = isCapable && streams.error && !wishes.isPlain
    isInteractive = streams.input && streams.output && wishes.pauses
    isResizable = streams.output
    isASCII = Self.isASCII(environment)
    width = 80
    measure()
  }

  /// A terminal with given abilities that nobody sits at.
  init(width: Int, colorDepth: ColorDepth, images: Images = .blocks) {
    self.width = width
    self.colorDepth = colorDepth
    self.images = images
    hasMotion = false
    isASCII = false
    isInteractive = false
    isResizable = false
  }

  /// The same with 256 colours or none.
  init(width: Int, hasColor: Bool) {
    self.init(width: width, colorDepth: hasColor ? .palette : .none)
  }

  /// Reads the width anew: somebody may have pulled at the window.
  mutating func measure() {
    var size = winsize()
    guard isResizable,
      ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return }
    width = min(max(Int(size.ws_col), 30), 120)
  }

  /// The flag decides, then `NO_COLOR` (no-color.org), then the variables that
  /// force colour; nil if nobody has asked for either.
  private static func wantsColor(
    _ wishes: Wishes, _ environment: [String: String]
  ) -> Bool? {
    if wishes.isPlain || environment["NO_COLOR"]?.isEmpty == false {
      return false
    }
    let isForced = ["FORCE_COLOR", "CLICOLOR_FORCE"].contains {
      !["", "0"].contains(environment[$0] ?? "")
    }
    return isForced ? true : nil
  }

  /// Whether the locale names a character set, and another than UTF-8.
  ///
  /// The first variable that is set counts; C and POSIX are ASCII.
  static func isASCII(_ environment: [String: String]) -> Bool {
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    if ["C", "POSIX"].contains(locale) { return true }
    let set = locale.split(separator: ".").dropFirst().first?.lowercased()
    return set.map { !$0.hasPrefix("utf-8") && !$0.hasPrefix("utf8") } ?? false
  }

  /// Text from anywhere as this terminal can show it.
  func shown(_ text: String) -> String {
    isASCII ? text.printable.plainASCII : text.printable
  }

  /// Text in a style, or just the text where there is no colour.
  func styled(_ text: String, _ style: Style) -> String {
    hasColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Codes that can be read on light and on dark backgrounds alike.
  enum Style: String {
    case bold = "1"
    case faint = "2"
    case italic = "3"
    case code = "36"
    case heading = "1;34"
    case keyword = "35"
    case string = "32"
    case number = "34"
    case type = "34;1"
  }
}
