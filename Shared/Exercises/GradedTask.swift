/// What an exercise asks for: the right answer, the wrong ones that people
/// really give, and questions that tell them apart.
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
    /// The mistake that breaks it.
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

  /// The worked example first, then seeded random cases.
  var questions: [Question]
  /// The right answer; nil if there are many, and the invariants decide.
  var reference: (@Sendable (Input) -> Answer)?
  /// How two answers differ; nil if they are equal up to rounding.
  var difference: @Sendable (_ expected: Answer, _ came: Answer) -> Difference?
  var misconceptions: [Misconception] = []
  var invariants: [Invariant] = []

  /// Asks the questions in turn until an answer is wrong.
  ///
  /// - Parameters:
  ///   - attempt: The learner's function.
  ///   - note: Told each question before it is asked.
  /// - Returns: Solved, or refused with the first wrong answer.
  /// - Throws: What the attempt throws.
  func verdict(
    on attempt: (Input) throws -> Answer, note: (String) -> Void
  ) throws -> Verdict {
    for (index, question) in questions.enumerated() {
      note(question.description)
      let came = try attempt(question.input)
      let expected = reference?(question.input)
      let found = expected.flatMap { difference($0, came) }
      let known =
        try found == nil
        ? nil
        : misconception(of: attempt, saying: came, from: index, note: note)
      if let refusal = refusal(of: came, to: question, found, known) {
        return .refused(refusal)
      }
    }
    return .solved
  }

  /// The mistake that gives this wrong answer.
  ///
  /// Where several give it, further questions decide.
  private func misconception(
    of attempt: (Input) throws -> Answer, saying came: Answer,
    from index: Int, note: (String) -> Void
  ) rethrows -> Misconception? {
    var candidates = misconceptions.filter {
      difference($0.answer(questions[index].input), came) == nil
    }
    for question in questions[(index + 1)...] where candidates.count > 1 {
      note(question.description)
      let next = try attempt(question.input)
      let left = candidates.filter {
        difference($0.answer(question.input), next) == nil
      }
      if !left.isEmpty { candidates = left }
    }
    return candidates.first
  }

  /// A known wrong answer says most; then a broken rule; then any difference.
  private func refusal(
    of came: Answer, to question: Question, _ found: Difference?,
    _ known: Misconception?
  ) -> Refusal? {
    if let found, let known {
      return Refusal(
        question: question.description, difference: found,
        misconception: Diagnosis(
          name: known.name, explanation: known.explanation))
    }
    for invariant in invariants {
      guard let violation = invariant.violation(question.input, came) else {
        continue
      }
      return Refusal(
        question: question.description, difference: violation,
        misconception: Diagnosis(
          name: invariant.name, explanation: invariant.explanation))
    }
    return found.map {
      Refusal(question: question.description, difference: $0)
    }
  }
}
