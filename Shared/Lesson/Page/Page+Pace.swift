import Foundation

/// What a learner may type at a pause, each followed by Return.
enum PauseKey: Equatable {
  case goOn, again, skip, leave, answers, explain

  /// What was typed; the end of the input leaves.
  init(_ line: String?) {
    switch line?.trimmingCharacters(in: .whitespaces).lowercased().first {
    case _ where line == nil: self = .leave
    case nil: self = .goOn
    case "a": self = .answers
    case "b": self = .again
    case "s": self = .skip
    case "q": self = .leave
    default: self = .explain
    }
  }

  static let help = """
    - Return goes on.
    - `a` shows the answers, where questions were asked.
    - `b` shows this step again.
    - `s` runs on to the next section without stopping.
    - `q` leaves; files and guesses stay as they are.
    - `?` shows this list.
    """
}

extension Page {
  /// Begins a new step, after a pause.
  public func section(_ title: String) {
    let earlier = blocks.count { $0.isSection }
    isSkipping = false
    if earlier > 0 { pause() }
    add(.section(number: earlier + 1, title: title))
  }

  /// Waits for Return or one of the other keys, if somebody is there.
  public func pause() { pause(answers: []) }

  /// The same, with answers for who asks for them.
  func pause(answers: [SelfCheck]) {
    defer { stepStart = blocks.endIndex }
    guard terminal.isInteractive, !isSkipping else { return }
    let offer = answers.isEmpty ? "" : "a and Return: answers · "
    while true {
      write(
        terminal.styled(
          "— \(offer)Return: go on · ? and Return: more keys — ", .faint))
      let key = PauseKey(readAnswer())
      if terminal.hasMotion, key != .leave { write("\u{1B}[1A\u{1B}[2K") }
      switch key {
      case .goOn: return
      case .skip:
        isSkipping = true
        return
      case .again:
        for block in blocks[stepStart...] { print(block) }
      case .answers where !answers.isEmpty:
        print(.prose(SelfCheck.prose(ofAnswers: answers)))
      case .answers, .explain: print(.prose(Prose.parse(PauseKey.help)))
      case .leave: leave()
      }
    }
  }

  private func leave() -> Never {
    write(
      "\nLeft before the end; what was saved so far is in "
        + "\(short(workspace.folder)).\n")
    fflush(nil)
    exit(0)
  }

  /// Asks a yes-or-no question; nil if nobody is there to answer.
  public func confirm(_ question: String) -> Bool? {
    guard terminal.isInteractive else { return nil }
    write("\(question) [y/N] ")
    return readAnswer()?.lowercased().hasPrefix("y") ?? false
  }

  /// Asks until `understand` makes something of the answer; nil if nobody is
  /// there, or if there is no more input.
  func ask<Answer>(hint: String, _ understand: (String) -> Answer?) -> Answer? {
    guard terminal.isInteractive else { return nil }
    while true {
      write("Your guess (\(hint)): ")
      guard let line = readAnswer() else { return nil }
      if line.trimmingCharacters(in: .whitespaces).isEmpty {
        write("\n")
        return nil
      }
      if let answer = understand(line) {
        write("\n")
        return answer
      }
      write(
        "That is not what was asked for. Return alone skips the question.\n")
    }
  }

  /// A line that somebody types.
  func readAnswer() -> String? {
    let start = Date()
    defer { secondsWaited += Date().timeIntervalSince(start) }
    return readLine()
  }
}

extension Block {
  var isSection: Bool {
    if case .section = self { true } else { false }
  }
}
