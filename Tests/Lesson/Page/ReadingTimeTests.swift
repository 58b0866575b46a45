import Testing

@testable import Lesson
@testable import Shared

@Suite struct ReadingTimeTests {
  @Test func `only long literals are prose`() {
    let source = #"""
      let name = "03-Training"  // four words that nobody prints
      page.say(
        """
        Six words of \(prose) are here.
        """)
      page.table("Four words of title", columns: ["a", "b"])
      """#
    #expect(ReadingTime.words(in: source) == 10)
  }

  @Test(arguments: ChapterName.allCases)
  func `every chapter takes some minutes`(chapter: ChapterName) {
    #expect((2...60).contains(ReadingTime(chapter: chapter.rawValue).minutes))
  }

  @Test func `a chapter without source files takes a minute`() {
    #expect(ReadingTime(chapter: "07-Nowhere").words == 0)
    #expect(ReadingTime(chapter: "07-Nowhere").minutes == 1)
  }
}
