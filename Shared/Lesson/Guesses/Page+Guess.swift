import Shared

extension Page {
  /// Asks for a guess at something that is about to be measured.
  ///
  /// Nobody is asked without a terminal, with `--no-pause`, or twice.
  ///
  /// - Returns: What `reveal` needs when the measurement is done.
  public func guess(_ name: String, _ text: String, _ kind: Question.Kind)
    -> PendingGuess
  {
    let question = Question(name, text, kind)
    add(.question(question.full))
    let earlier = orSay { try GuessBook(in: workspace) }?
      .guess(name, chapter: chapter)
    return PendingGuess(
      question: question,
      value: earlier
        ?? ask(hint: question.hint, question.value(of:)))
  }

  /// Shows a guess beside what came out, and keeps both.
  ///
  /// Nothing depends on the record, so one that cannot be read or written is
  /// told, and the chapter goes on.
  ///
  /// - Parameters:
  ///   - guess: What `guess` has returned.
  ///   - outcome: A share 0...1, or the number of the right choice, from 0.
  ///   - sentence: What the difference teaches.
  public func reveal(
    _ guess: PendingGuess, outcome: Double, _ sentence: String
  ) {
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
    let entry = GuessBook.Entry(
      chapter: chapter, name: question.name, question: question.text,
      guess: value, outcome: outcome, isPercent: question.kind == .percent,
      guessInWords: question.words(for: value),
      outcomeInWords: question.words(for: outcome))
    orSay { try GuessBook.update(in: workspace) { $0.add(entry) } }
  }

  /// What `body` returns; nil, and a sentence, if it throws.
  @discardableResult
  private func orSay<Result>(_ body: () throws -> Result) -> Result? {
    do {
      return try body()
    } catch {
      say("**Careful:** your guesses are not kept. \(error)")
      return nil
    }
  }

  /// How close all guesses of all chapters were; nothing if there are none.
  public func reportCalibration() {
    guard let book = orSay({ try GuessBook(in: workspace) }) else { return }
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
