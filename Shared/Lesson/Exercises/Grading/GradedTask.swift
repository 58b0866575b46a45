/// What an exercise asks for: questions that tell right answers from wrong ones,
/// and the wrong ones that people really give.
///
/// The right answer is always the library's.
struct GradedTask<Input: Sendable, Answer>: Sendable {
  /// A question with its description.
  struct Question: Sendable {
    /// What is asked, with numbers if the example is small enough.
    var description: String
    var input: Input

    init(_ description: String, _ input: Input) {
      self.description = description
      self.input = input
    }
  }

  /// A mistake, known by the answer that it gives.
  struct Misconception: Sendable {
    var name: String
    var explanation: String
    var answer: @Sendable (Input) -> Answer

    init(
      _ name: String, _ explanation: String,
      answer: @escaping @Sendable (Input) -> Answer
    ) {
      self.name = name
      self.explanation = explanation
      self.answer = answer
    }
  }

  /// What holds for every right answer, even where there are many.
  struct Invariant: Sendable {
    /// The misconception that breaks it.
    var name: String
    var explanation: String
    var violation: @Sendable (Input, Answer) -> Difference?

    init(
      _ name: String, _ explanation: String,
      violation: @escaping @Sendable (Input, Answer) -> Difference?
    ) {
      self.name = name
      self.explanation = explanation
      self.violation = violation
    }
  }

  /// The worked example first, then seeded random cases; made when they are
  /// asked, since some are read from files.
  private let makeQuestions: @Sendable () throws -> [Question]
  /// How two answers differ, which is not at all if they are equal up to
  /// rounding; nil if there are many right ones and the invariants decide.
  private let difference: Comparison?
  var misconceptions: [Misconception]
  var invariants: [Invariant]
  /// Whether an answer that keeps the invariants does what was asked; nil if all
  /// do.
  private let isGoodEnough: (@Sendable (Input, Answer) -> Bool)?
  /// Why it may not.
  var shortcomings: [Invariant]

  typealias Comparison =
    @Sendable (_ expected: Answer, _ actual: Answer) -> Difference?

  init(
    questions: @autoclosure @escaping @Sendable () throws -> [Question],
    difference: Comparison? = nil, misconceptions: [Misconception] = [],
    invariants: [Invariant] = [],
    isGoodEnough: (@Sendable (Input, Answer) -> Bool)? = nil,
    shortcomings: [Invariant] = []
  ) {
    makeQuestions = questions
    self.difference = difference
    self.misconceptions = misconceptions
    self.invariants = invariants
    self.isGoodEnough = isGoodEnough
    self.shortcomings = shortcomings
  }

  /// Asks the questions in turn until an answer is wrong.
  ///
  /// - Parameters:
  ///   - attempt: The learner's answer to a question.
  ///   - reference: The library's.
  ///   - note: Told each question before it is asked.
  /// - Returns: Solved, or refused with the first wrong answer.
  func verdict(
    on attempt: (Input) -> Answer, reference: (Input) -> Answer,
    note: (String) -> Void
  ) -> Verdict {
    let questions: [Question]
    do { questions = try makeQuestions() } catch { return .unasked(error) }
    for (index, question) in questions.enumerated() {
      note(question.description)
      let actual = attempt(question.input)
      let found = difference?(reference(question.input), actual)
      let known =
        found == nil
        ? nil
        : misconception(
          of: attempt, saying: actual, to: questions[index...], note)
      if let refusal = refusal(of: actual, to: question, found, known) {
        return .refused(refusal)
      }
    }
    return .solved
  }

  /// The misconception that gives this wrong answer, and the next one, too: one
  /// example alone may fit by coincidence.
  ///
  /// Where several give both, further questions decide.
  private func misconception(
    of attempt: (Input) -> Answer, saying actual: Answer,
    to questions: ArraySlice<Question>, _ note: (String) -> Void
  ) -> Misconception? {
    var candidates = misconceptions.filter {
      difference?($0.answer(questions[questions.startIndex].input), actual)
        == nil
    }
    var isFirst = true
    for question in questions.dropFirst()
    where candidates.count > (isFirst ? 0 : 1) {
      note(question.description)
      let next = attempt(question.input)
      let left = candidates.filter {
        difference?($0.answer(question.input), next) == nil
      }
      if isFirst || !left.isEmpty { candidates = left }
      isFirst = false
    }
    return candidates.first
  }

  /// A known wrong answer says most; then a broken rule; then any difference.
  private func refusal(
    of actual: Answer, to question: Question, _ found: Difference?,
    _ known: Misconception?
  ) -> Refusal? {
    if let found, let known {
      return Refusal(
        question: question.description, difference: found,
        misconception: Diagnosis(
          name: known.name, explanation: known.explanation))
    }
    if let broken = first(of: invariants, for: actual, to: question) {
      return broken
    }
    if let isGoodEnough, !isGoodEnough(question.input, actual) {
      return first(of: shortcomings, for: actual, to: question)
    }
    return found.map {
      Refusal(question: question.description, difference: $0)
    }
  }

  private func first(
    of invariants: [Invariant], for actual: Answer, to question: Question
  ) -> Refusal? {
    for invariant in invariants {
      guard let violation = invariant.violation(question.input, actual) else {
        continue
      }
      return Refusal(
        question: question.description, difference: violation,
        misconception: Diagnosis(
          name: invariant.name, explanation: invariant.explanation))
    }
    return nil
  }
}
