import Testing

@testable import Lesson

@Suite struct PlainASCIITests {
  @Test(arguments: [
    ("plain", "plain"), ("ε ≤ 0.1 · ∞", "eps <= 0.1 * inf"),
    ("28 × 28 → 14 × 14…", "28 x 28 -> 14 x 14..."), ("é ñ ü", "e n u"),
    ("日本", "??"), ("\u{1B}[1m│\u{1B}[0m", "\u{1B}[1m|\u{1B}[0m"),
  ])
  func `words stay readable`(text: String, ascii: String) {
    #expect(text.plainASCII == ascii)
  }

  @Test func `what lines are drawn with keeps its width`() {
    let drawn = "─═│┌┐└┘├┤┬┴█▌▉▀░⣀⠉⢸\u{A0}"
    #expect(drawn.plainASCII.count == drawn.count)
    #expect(drawn.plainASCII.utf8.count == drawn.count)
  }
}
