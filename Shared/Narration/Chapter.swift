import Foundation

/// One chapter of the tutorial: its head, its body, its end.
public struct Chapter: Sendable {
  /// `03-Training`.
  public var name: String
  /// `Training`, as a learner would say it.
  public var title: String
  /// The question the chapter answers.
  public var question: String
  /// What it reads, in words.
  public var needs: String
  /// What it leaves behind, in words.
  public var saves: String
  /// The flags it takes beside those of all chapters.
  public var flags: Set<Flag.Group> = []

  /// A chapter with its head.
  public init(
    name: String, title: String, question: String, needs: String,
    saves: String, flags: Set<Flag.Group> = []
  ) {
    self.name = name
    self.title = title
    self.question = question
    self.needs = needs
    self.saves = saves
    self.flags = flags
  }

  /// Reads the flags, prints the head, runs the body, writes the JSON file.
  ///
  /// Does not return: the process ends with 0, with 1 after an error, or with 2
  /// after wrong arguments.
  public func run(_ body: (Page) throws -> Void) -> Never {
    do {
      let options = try Options(
        Array(CommandLine.arguments.dropFirst()), taking: flags)
      if options.wantsHelp {
        standardOutput(
          "\(title). \(question)\n\n"
            + Options.help(chapter: name, taking: flags) + "\n")
        exit(0)
      }
      try Workers.$count.withValue(options.threads ?? Workers.count) {
        try fill(
          Page(
            chapter: name, options: options,
            terminal: Terminal(options: options)), body)
      }
      exit(0)
    } catch let error as TutorialError {
      fail(error.description, exitCode: error.exitCode)
    } catch {
      fail("\(error)", exitCode: 1)
    }
  }

  private func fill(_ page: Page, _ body: (Page) throws -> Void) throws {
    let start = Date()
    page.head(self)
    try page.workspace.prepare()
    try body(page)
    let seconds = Date().timeIntervalSince(start)
    page.results["seconds"] = seconds
    try page.workspace.write(page.encodedResults(), to: "\(name).json")
    page.foot(self, seconds: seconds)
  }

  private func fail(_ message: String, exitCode: Int32) -> Never {
    FileHandle.standardError.write(Data("error: \(message)\n".utf8))
    exit(exitCode)
  }
}

extension Page {
  fileprivate func head(_ chapter: Chapter) {
    let rule = String(repeating: "═", count: terminal.width)
    print(terminal.styled(rule, .faint))
    print(
      terminal.styled(
        "Understanding adversarial attacks through MNIST", .faint))
    let number = Int(chapter.name.prefix(2)) ?? 0
    print(terminal.styled("Chapter \(number) · \(chapter.title)", .heading))
    print(terminal.styled(rule, .faint))
    print("")
    say("*\(chapter.question)*")
    say("- Needs: \(chapter.needs)\n- Saves: \(chapter.saves)")
    if isQuick {
      say(
        "**Quick run:** fewer images and fewer steps. Every number below is a "
          + "rough one; files go to `\(short(workspace.folder))`.")
    }
  }

  fileprivate func foot(_ chapter: Chapter, seconds: Double) {
    print(
      terminal.styled(
        "Done in \(seconds.decimals(1)) s. Every number of this chapter: "
          + short(workspace.url("\(chapter.name).json")), .faint))
  }

  /// A path as short as it can be said from here.
  public func short(_ url: URL) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return url.path.hasPrefix(here)
      ? String(url.path.dropFirst(here.count)) : url.path
  }
}
