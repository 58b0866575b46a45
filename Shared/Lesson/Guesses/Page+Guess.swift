import Shared

extension Page {
  /// Asks for a guess at something that is about to be measured.
  ///
  /// Nobody is asked without a terminal, with `--no-pause`, or twice.
  ///
  /// - Returns: What `reveal` needs when the measurement is done.
  /// - Throws: A `TutorialError` if the record of guesses is damaged.
  public func guess(_ name: String, _ text: String, _ kind: Question.Kind)
    throws -> PendingGuess
  {
    let question = Question(name, text, kind)
    add(.question(question.full))
    let earlier = try GuessBook(in: workspace).guess(name, chapter: chapter)
    return PendingGuess(
      question: question,
      value: earlier
        ?? ask(question.full, hint: question.hint, question.value(of:)))
  }

  /// Shows a guess beside what came out, and keeps both.
  ///
  /// - Parameters:
  ///   - guess: What `guess` has returned.
  ///   - outcome: A share 0...1, or the number of the right choice, from 0.
  ///   - sentence: What the difference teaches.
  /// - Throws: A `TutorialError` if the record cannot be written.
  public func reveal(
    _ guess: PendingGuess, outcome: Double, _ sentence: String
  ) throws {
    let question = guess.question
    let sentence = sentence.split(whereSeparator: \.isNewline)
      .joined(separator: " ")
    add(
      .guess(
        Guess(
          question: question.full, answer: guess.value.map(question.words),
          outcome: question.words(for: outcome),
          sentence: sentence)))
    guard let value = guess.value else { return }
    var book = try GuessBook(in: workspace)
    book.add(
      GuessBook.Entry(
        chapter: chapter, name: question.name, question: question.text,
        guess: value, outcome: outcome, isPercent: question.kind == .percent,
        guessInWords: question.words(for: value),
        outcomeInWords: question.words(for: outcome)))
    try book.save(in: workspace)
  }

  /// How close all guesses of all chapters were; nothing if there are none.
  ///
  /// - Throws: A `TutorialError` if the record of guesses is damaged.
  public func reportCalibration() throws {
    let book = try GuessBook(in: workspace)
    guard !book.entries.isEmpty else {
      say(
        """
        There are no guesses of yours yet. On a terminal the chapters ask for
        one before a surprising result, and then this section tells how close
        you came.
        """)
      return
    }
    table(
      "Your guesses", columns: ["chapter", "about", "guess", "measured"],
      rows: book.entries.map {
        [$0.chapter, $0.name, $0.guessInWords, $0.outcomeInWords]
      })
    say(book.calibration)
  }
}
