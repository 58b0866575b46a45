import Foundation
import Testing

/// Chapters as a learner meets them on a terminal.
@Suite struct TerminalSessionTests {
  @Test func `Return goes on to the end; unanswered guesses leave no record`()
    throws
  {
    try play("02-Data") { terminal, folder in
      let ending = "quick/02-Data.html\(reset)\n\n"
      var step = ""
      while !step.hasSuffix(ending) {
        step = try terminal.read(until: pause, hint, answersPause, ending)
        if step.hasSuffix(answersPause) {
          try terminal.type("a")
          let answers = try terminal.read(until: answersPause).visible
          #expect(answers.contains("1. ") && answers.contains("5. "))
        }
        if !step.hasSuffix(ending) { try terminal.type("") }
      }
      #expect(try terminal.end() == 0)
      #expect(!exists("guesses.json", in: folder))
      #expect(exists("02-Data.html", in: folder))
    }
  }

  @Test func `a guess is asked until it is one, and stands by the outcome`()
    throws
  {
    try play("02-Data") { terminal, folder in
      var step = ""
      while !step.hasSuffix(hint) {
        step = try terminal.read(until: pause, hint)
        if step.hasSuffix(pause) { try terminal.type("") }
      }
      #expect(step.visible.contains("Your guess ("))
      for nonsense in ["abc", "101", "-1", "nan"] {
        try terminal.type(nonsense)
        let again = try terminal.read(until: hint)
        #expect(again.hasPrefix("That is not what was asked for."))
      }
      try terminal.type("33,5 %")
      let outcome = try terminal.read(until: pause).visible
      #expect(outcome.contains("Your guess: 33.5 %. Measured: 80.9 %."))
      let book = try String(
        contentsOf: folder.appendingPathComponent("quick/guesses.json"),
        encoding: .utf8)
      #expect(book.contains(#/"guess" : 0\.335/#))
      #expect(book.contains("\"outcomeInWords\" : \"80.9 %\""))
      try terminal.type("q")
      #expect(try terminal.end() == 0)
    }
  }

  @Test func `q leaves with a sentence`() throws {
    try play("02-Data") { terminal, folder in
      try terminal.read(until: pause)
      try terminal.type("q")
      #expect(try terminal.end() == 0)
      #expect(
        terminal.screen.hasSuffix(
          "\nLeft before the end; what was saved so far is in "
            + "\(folder.path)/quick.\n"))
    }
  }

  @Test func `b shows the step again, the question mark lists the keys`() throws
  {
    try play("02-Data") { terminal, _ in
      let first = try terminal.read(until: pause)
      try terminal.type("B")
      #expect(try terminal.read(until: pause) == erased + first)
      try terminal.type("?")
      let help = try terminal.read(until: pause).visible
      for key in [
        "Return goes", "a shows", "b shows", "s runs", "q leaves", "? shows",
      ] {
        #expect(help.contains("• \(key)"), "\(help)")
      }
      try terminal.type("")
      let second = try terminal.read(until: pause)
      #expect(second.visible.contains("\n2\u{A0} "))
      try terminal.type("b")
      #expect(try terminal.read(until: pause) == second)
    }
  }

  @Test func `s runs on to the next section`() throws {
    try play("03-Training") { terminal, _ in
      var step = try terminal.read(until: pause)
      while !step.visible.contains("\n4\u{A0} ") {
        try terminal.type("")
        step = try terminal.read(until: pause)
      }
      try terminal.type("s")
      let rest = try terminal.read(until: pause)
      #expect(!rest.visible.contains("\n5\u{A0} "))
      // The pauses left out stood in the fourth section.
      try terminal.type("")
      let next = try terminal.read(until: pause, hint)
      #expect(next.visible.contains("\n5\u{A0} "))
    }
  }

  @Test func `Control-C in training leaves a clean line and no half files`()
    throws
  {
    try play("03-Training") { terminal, folder in
      try beginTraining(terminal, guess: "50")
      terminal.interrupt()
      #expect(try terminal.end() == 130)
      #expect(
        terminal.screen.hasSuffix(
          "\(reset)\(cleared)Stopped; every file saved so far is complete.\n"))
      let left = try FileManager.default.subpathsOfDirectory(
        atPath: folder.path)
      #expect(left.filter { !$0.contains(".lock-") } == ["quick"])
    }
  }

  @Test func `a model that cannot be saved may go elsewhere`() throws {
    try play("03-Training") { terminal, folder in
      try beginTraining(terminal, guess: "")
      // Somebody makes a folder of that name while the training runs.
      let place = folder.appendingPathComponent(
        "quick/03-Training.safetensors")
      try FileManager.default.createDirectory(
        at: place, withIntermediateDirectories: true)
      let question = try terminal.read(until: pause, "folder: ").visible
      if question.hasSuffix(pause.visible) {
        try terminal.type("")
        try terminal.read(until: "folder: ")
      }
      let other = folder.appendingPathComponent("other")
      try terminal.type(other.path)
      try terminal.read(until: pause)
      try terminal.type("q")
      #expect(try terminal.end() == 0)
      #expect(
        FileManager.default.fileExists(
          atPath: other.appendingPathComponent(
            "03-Training.safetensors"
          ).path))
    }
  }

  @Test func `NO_COLOR takes the colours away and leaves the rest`() throws {
    func screen(_ environment: [String: String]) throws -> String {
      var screen = ""
      try play("02-Data", environment) { terminal, _ in
        let pause = environment.isEmpty ? pause : pause.visible
        try terminal.read(until: pause)
        try terminal.type("")
        screen = try terminal.read(until: pause)
      }
      return screen
    }
    let (colored, plain) = try (screen([:]), screen(["NO_COLOR": "1"]))
    #expect(colored.visible == plain.visible)
    #expect(colored.contains("\(escape)[1;34m"))
    #expect(!plain.contains(#/\u{1B}\[[0-9;]*m/#))
    #expect(plain.hasPrefix(erased))
  }

  /// Starts a quick run in a folder of its own.
  private func play(
    _ chapter: String, _ environment: [String: String] = [:],
    _ body: (PseudoTerminal, URL) throws -> Void
  ) throws {
    try inFolder { folder in
      let terminal = try PseudoTerminal(
        chapter, ["--quick", "--output", folder.path],
        environment: environment)
      defer { terminal.close() }
      try body(terminal, folder)
    }
  }

  /// Goes on in chapter 3 until the bar of the training shows.
  private func beginTraining(_ terminal: PseudoTerminal, guess: String) throws {
    while try !terminal.read(until: pause, hint).hasSuffix(hint) {
      try terminal.type("s")
    }
    try terminal.type(guess)
    while try !terminal.readMore().contains("Training █") {}
  }

  private func exists(_ name: String, in folder: URL) -> Bool {
    FileManager.default.fileExists(
      atPath: folder.appendingPathComponent("quick/\(name)").path)
  }
}

private let escape = "\u{1B}"
private let reset = "\(escape)[0m"
/// What removes the prompt of a pause, and a bar.
private let erased = "\(escape)[1A\(escape)[2K"
private let cleared = "\r\(escape)[2K"
private let pause =
  "\(escape)[2m— Return: go on · ? and Return: more keys — \(reset)"
private let answersPause =
  "\(escape)[2m— a and Return: answers · Return: go on · "
  + "? and Return: more keys — \(reset)"
private let hint = "(per cent, 0 to 100): "

extension String {
  /// Without colours.
  fileprivate var visible: String {
    replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }
}
