import Foundation
import Shared

/// One chapter of the tutorial: its head, its body, its end.
public struct Chapter: Sendable {
  /// Which one it is.
  public var name: ChapterName
  /// `Training`, as a learner would say it.
  public var title: String
  /// The question the chapter answers.
  public var question: String
  /// What a reader can do afterwards: ends of "Afterwards you can …".
  public var goals: [String]
  /// What it reads, in words.
  public var needs: String
  /// What it leaves behind, in words.
  public var saves: String
  /// How long a full run takes on two cores, without the reading.
  public var seconds: Int
  /// Whether a quick run uses fewer images or steps than a full one.
  public var hasQuickForm: Bool
  /// The flags it takes beside those of all chapters.
  public var flags: Set<Flag.Group>
  /// The names of the parts that `--only` prints alone.
  public var parts: [String]
  /// What the learner may write, tied to the functions in `Exercises.swift`.
  public var exercises: [any Gradable]

  /// A chapter with its head.
  public init(
    _ name: ChapterName, title: String, question: String, goals: [String],
    needs: String, saves: String, seconds: Int, hasQuickForm: Bool = true,
    flags: Set<Flag.Group> = [], parts: [String] = [],
    exercises: [any Gradable] = []
  ) {
    self.name = name
    self.title = title
    self.question = question
    self.goals = goals
    self.needs = needs
    self.saves = saves
    self.seconds = seconds
    self.hasQuickForm = hasQuickForm
    self.flags = flags
    self.parts = parts
    self.exercises = exercises
  }

  /// Reads the flags, prints the head, runs the body, writes the JSON file and
  /// the notebook page.
  ///
  /// Does not return: the process ends with 0, with 1 after an error, with 2
  /// after wrong arguments, with 4 if a model does not meet a requirement, or
  /// with 130 after Control-C.
  public func run(_ body: (Page) throws -> Void) -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == CheckProcess.argument {
      GradingChild(exercises: exercises).run(Array(arguments.dropFirst()))
    }
    // A file larger than the shell allows is then an error, not the end.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try run(arguments, body)
      exit(0)
    } catch let error as UsageError {
      fail(error.description, exitCode: 2)
    } catch {
      fail("\(error)", exitCode: 1)
    }
  }

  private func run(_ arguments: [String], _ body: (Page) throws -> Void) throws
  {
    let taken = Flag.ofLesson(flags) + Flag.ofExercises
    let options = try Options(arguments, taking: taken)
    if options.wantsHelp {
      standardOutput(
        "\(title). \(question)\n\n"
          + Options.help(chapter: name.rawValue, taking: taken) + "\n",
        endsWhenClosed: true)
      return
    }
    try checkPart(options.only)
    try ResourceLimits.check()
    // The verdict of a gate is its exit code, whoever reads along.
    if options.gate.isAsked { signal(SIGPIPE, SIG_IGN) }
    let terminal = Terminal(options.terminal)
    try withExtendedLifetime(Interrupt(for: terminal)) {
      try Workers.$count.withValue(options.threads ?? Workers.count) {
        let page = Page(
          chapter: name.rawValue, options: options, terminal: terminal,
          hasQuickForm: hasQuickForm,
          write: { [isLesson = !options.gate.isAsked] in
            standardOutput($0, endsWhenClosed: isLesson)
          })
        if let command = ExerciseCommand(options) {
          exit(try ExerciseDesk(page, exercises).carryOut(command))
        }
        if options.attack.isAsked {
          exit(try AttackDesk(page, options.attack).carryOut())
        }
        if options.gate.isAsked {
          exit(try GateDesk(page, options.gate).carryOut())
        }
        if let name = options.retrain {
          return try TrainingDesk(page).carryOut(name)
        }
        if options.only != nil {
          try page.workspace.prepare()
          return try body(page)
        }
        try fill(page, body)
      }
    }
  }

  private func checkPart(_ name: String?) throws {
    guard let name, !parts.contains(name) else { return }
    throw UsageError(
      "There is no part `\(name)`; this chapter has "
        + "\(parts.joined(separator: ", ")).")
  }

  private func fill(_ page: Page, _ body: (Page) throws -> Void) throws {
    let start = Date()
    page.add(.head(head(on: page)))
    let notebook = try NotebookFiles(in: page.workspace)
    try page.workspace.prepare()
    guard let lock = page.workspace.lock(page.chapter, mayWait: false) else {
      throw TutorialError(
        "Another run of \(page.chapter) writes to \(page.workspace.folder.path); "
          + "wait until it has ended, or choose another folder with "
          + "`--output DIR`.")
    }
    try body(page)
    let seconds = Date().timeIntervalSince(start) - page.secondsWaited
    for (name, value) in [("title", title), ("question", question)] {
      page.record(name, value)
    }
    page.record("minutesToRead", ReadingTime(chapter: page.chapter).minutes)
    page.record("date", start.formatted(.iso8601))
    page.record("seconds", seconds)
    let foot = Block.foot(
      Foot(
        seconds: seconds,
        results: page.short(page.workspace.url("\(page.chapter).json")),
        notebook: page.short(page.workspace.url("\(page.chapter).html")),
        previous: name.previous, next: name.next))
    try write(page, page.blocks + [foot], notebook)
    _ = consume lock
    page.add(foot)
  }

  private func write(
    _ page: Page, _ blocks: [Block], _ notebook: NotebookFiles
  ) throws {
    try page.writing {
      try notebook.write(blocks, chapter: page.chapter)
      if page.options.savesTranscripts {
        try Transcripts(blocks: blocks).write(
          to: page.workspace, chapter: page.chapter)
      }
    }
    page.record("secondsWriting", page.secondsWriting)
    try page.workspace.write(
      page.encodedResults(), to: "\(page.chapter).json")
    try notebook.writeIndex()
  }

  private func head(on page: Page) -> Head {
    Head(
      number: name.number, title: title, question: question, goals: goals,
      needs: needs, saves: saves, takes: takes(on: page),
      quickFolder: page.isQuick ? page.short(page.workspace.folder) : nil,
      hasQuickForm: hasQuickForm, sections: name.sectionsAtHand)
  }

  private func takes(on page: Page) -> String {
    let minutes = ReadingTime(chapter: page.chapter).minutes
    let reading = "about \(minutes) min to read, "
    if let run = Run(chapter: page.chapter, in: page.workspace) {
      return reading + "\(run.seconds.decimals(run.seconds < 10 ? 1 : 0)) s to "
        + "run here the last time"
    }
    return reading
      + (page.isQuick
        ? "under 10 s to run" : "about \(seconds) s to run on two cores")
  }

  private func fail(_ message: String, exitCode: Int32) -> Never {
    let isASCII = Terminal.isASCII(ProcessInfo.processInfo.environment)
    let shown = isASCII ? message.plainASCII : message
    FileHandle.standardError.write(Data("error: \(shown)\n".utf8))
    exit(exitCode)
  }
}
