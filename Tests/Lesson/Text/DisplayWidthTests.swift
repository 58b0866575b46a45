import Testing

@testable import Lesson
@testable import Shared

/// Expected widths from EastAsianWidth.txt and emoji-data.txt of Unicode.
@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("‖x′ − x‖∞ ≤ ε", 13), ("e\u{301}", 1),
    ("日本", 4), ("한글", 4), ("ﾊﾝ", 2), ("Ａ", 2), ("🙂", 2), ("👩‍🔬", 2),
    ("🇨🇭", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("a\u{200B}b", 2), ("█▌", 2),
    ("∂L⁄∂w", 5),
  ])
  func `columns of a terminal`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test func `what steers a terminal is made visible`() {
    #expect("a\u{1B}[2Jb\u{7}\tc".printable == "a\u{FFFD}[2Jb\u{FFFD} c")
    #expect("ε ≤ 日本 🙂".printable == "ε ≤ 日本 🙂")
  }
}
