/// A question a reader should be able to answer after a chapter.
public struct SelfCheck: Sendable, Equatable {
  /// The question, in the page's Markdown.
  public var question: String
  /// The answer, shown to who asks for it.
  public var answer: String

  /// A question with its answer.
  public init(_ question: String, answer: String) {
    self.question = question
    self.answer = answer
  }

  /// The answers as a numbered list.
  static func prose(ofAnswers checks: [SelfCheck]) -> [Prose] {
    [.numbers(first: 1, checks.map { Inline.parse($0.answer.unwrapped) })]
  }
}

extension Page {
  /// What a chapter comes down to.
  ///
  /// - Parameter lines: Three sentences, in the page's Markdown.
  public func recap(_ lines: [String]) {
    section("In three lines")
    add(.prose([.numbers(first: 1, lines.map { Inline.parse($0.unwrapped) })]))
  }

  /// Questions to ask oneself; the answers fold out on the page, and in the
  /// terminal they are behind a key.
  public func selfCheck(_ questions: [SelfCheck]) {
    section("Five questions to ask yourself")
    let file = short(workspace.url("\(chapter).html"))
    add(.selfCheck(questions, page: file))
    pause(answers: questions)
  }
}

extension String {
  /// A text that was wrapped in the source, in one line.
  var unwrapped: String {
    split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
