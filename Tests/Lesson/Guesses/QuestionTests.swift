import Testing

@testable import Lesson
@testable import Shared

@Suite struct QuestionTests {
  @Test(
    arguments: [
      ("87", 0.87), (" 87.5 % ", 0.875), ("87,5", 0.875), ("0", 0),
      ("100", 1), ("-1", nil), ("101", nil), ("abc", nil), ("nan", nil),
      ("inf", nil), ("", nil),
    ] as [(String, Double?)])
  func `a percentage is a number from 0 to 100`(line: String, value: Double?) {
    let question = Question("x", "How many?", .percent)
    #expect(question.value(of: line) == value)
  }

  @Test(
    arguments: [
      ("a", 0), ("B", 1), (" fc1 ", 2), ("d", nil), ("", nil), ("1", nil),
    ] as [(String, Double?)])
  func `a choice is a letter or the word itself`(line: String, value: Double?) {
    let question = Question("x", "Which?", .choice(["conv1", "conv2", "fc1"]))
    #expect(question.value(of: line) == value)
    #expect(question.full == "Which? **a** conv1, **b** conv2, **c** fc1")
    #expect(question.hint == "a letter, a to c")
  }

  @Test func `values are said as they were asked for`() {
    #expect(Question("x", "", .percent).words(for: 0.8704) == "87.0 %")
    #expect(
      Question("x", "", .choice(["left", "right"])).words(for: 1) == "right")
  }
}
