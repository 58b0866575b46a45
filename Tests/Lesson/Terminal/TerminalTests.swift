import Testing

@testable import Lesson
@testable import Shared

@Suite struct TerminalTests {
  private let everywhere = Terminal.Streams(
    input: true, output: true, error: true)

  @Test(
    arguments: [
      ([:], [], true), (["NO_COLOR": "1"], [], false),
      (["NO_COLOR": ""], [], true),
      ([:], ["--plain"], false), (["TERM": "dumb"], [], false),
      (["FORCE_COLOR": "1", "TERM": "dumb"], [], true),
      (["FORCE_COLOR": "1", "NO_COLOR": "1"], [], false),
      (["CLICOLOR_FORCE": "1"], ["--plain"], false),
    ] as [([String: String], [String], Bool)])
  func `who decides about colour on a terminal`(
    environment: [String: String], flags: [String], hasColor: Bool
  ) throws {
    let terminal = Terminal(
      try Options(flags, taking: Flag.ofLesson([])).terminal,
      environment: environment,
      streams: everywhere)
    #expect(terminal.hasColor == hasColor)
  }

  @Test(
    arguments: [
      (nil, false), ("", false), ("0", false), ("1", true), ("3", true),
    ] as [(String?, Bool)])
  func `a pipe has colour only by force, and never motion`(
    value: String?, hasColor: Bool
  ) throws {
    for name in ["FORCE_COLOR", "CLICOLOR_FORCE"] {
      let terminal = Terminal(
        try Options([], taking: Flag.ofLesson([])).terminal,
        environment: value.map { [name: $0] } ?? [:], streams: .init())
      #expect(terminal.hasColor == hasColor)
      #expect(!terminal.hasMotion && !terminal.isInteractive)
      #expect(terminal.width == 80)
    }
  }

  @Test(
    arguments: [
      ([:], false), (["LC_ALL": "C"], true), (["LANG": "POSIX"], true),
      (["LANG": "de_DE.UTF-8"], false), (["LC_CTYPE": "C.utf8"], false),
      (["LANG": "de_DE.ISO-8859-1"], true), (["LANG": "en_US"], false),
      (["LC_ALL": "", "LANG": "C"], true),
      (["LC_ALL": "C.UTF-8", "LANG": "C"], false),
    ] as [([String: String], Bool)])
  func `the locale tells what can be shown`(
    environment: [String: String], isASCII: Bool
  ) {
    let terminal = Terminal(
      Terminal.Wishes(), environment: environment, streams: everywhere)
    #expect(terminal.isASCII == isASCII)
    #expect(terminal.shown("ε") == (isASCII ? "eps" : "ε"))
  }

  @Test func `motion is a switch of its own`() throws {
    let noColor = Terminal(
      try Options([], taking: Flag.ofLesson([])).terminal,
      environment: ["NO_COLOR": "1"],
      streams: everywhere)
    #expect(noColor.hasMotion && !noColor.hasColor)
    for (flags, environment) in [
      (["--plain"], [:]), ([], ["TERM": "dumb", "FORCE_COLOR": "1"]),
    ] {
      let terminal = Terminal(
        try Options(flags, taking: Flag.ofLesson([])).terminal,
        environment: environment,
        streams: everywhere)
      #expect(!terminal.hasMotion && terminal.isInteractive)
    }
  }

  @Test func `an interrupt leaves a clean line`() throws {
    let plain = Interrupt.farewell(Terminal(width: 80, hasColor: false))
    #expect(plain == "Stopped; every file saved so far is complete.\n")
    let terminal = Terminal(
      try Options([], taking: Flag.ofLesson([])).terminal, environment: [:],
      streams: everywhere)
    #expect(
      Interrupt.farewell(terminal) == "\u{1B}[0m\r\u{1B}[2K" + plain)
  }

  @Test func `the environment says how many colours there are`() throws {
    func depth(_ environment: [String: String]) throws -> Terminal.ColorDepth {
      Terminal(
        try Options([], taking: Flag.ofLesson([])).terminal,
        environment: environment,
        streams: everywhere
      ).colorDepth
    }
    #expect(try depth([:]) == .palette)
    #expect(try depth(["COLORTERM": "truecolor"]) == .trueColor)
    #expect(try depth(["COLORTERM": "24bit"]) == .trueColor)
    #expect(try depth(["COLORTERM": "yes"]) == .palette)
    #expect(try depth(["COLORTERM": "truecolor", "NO_COLOR": "1"]) == .none)
  }
}
