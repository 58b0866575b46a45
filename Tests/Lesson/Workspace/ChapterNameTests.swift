import Testing

@testable import Lesson

@Suite struct ChapterNameTests {
  @Test func `chapters know their neighbours`() {
    #expect(ChapterName.architecture.previous == nil)
    #expect(ChapterName.architecture.next == .data)
    #expect(ChapterName.hooks.previous == .training)
    #expect(ChapterName.security.next == nil)
    #expect(ChapterName.training.title == "Training")
  }
}
