import Testing

@testable import Record

@Suite struct StatementTests {
  let text = """
    Of ten digits the model misreads
    five: FGSM leaves 93.1 % (91.4–94.5)
    at ε = 0.3, and 1,000 images.
    """

  @Test func `new numbers take the old ones' places, lines stay as they are`()
    throws
  {
    let statement: Statement = """
      misreads \("six"): FGSM leaves \("88.12 % (87.00–89.5)") at ε = 0.3, \
      and \("10,000") images
      """
    #expect(
      try statement.written(into: text) == """
        Of ten digits the model misreads
        six: FGSM leaves 88.12 % (87.00–89.5)
        at ε = 0.3, and 10,000 images.
        """)
  }

  @Test func `what is said already stays`() throws {
    let statement: Statement = "FGSM leaves \("93.1 % (91.4–94.5)") at ε"
    #expect(try statement.written(into: text) == text)
  }

  @Test(
    arguments: [
      "misreads \("five") images", "FGSM leaves \("93.1 %") at ε = 0.4",
      "i\("s")",
    ] as [Statement])
  func `what is not said, or said twice, is an error`(statement: Statement) {
    #expect(throws: (any Error).self) {
      try statement.written(into: text + " It is; it is.")
    }
  }
}
