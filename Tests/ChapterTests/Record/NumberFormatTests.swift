import Foundation
import Testing

@testable import Record

@Suite struct NumberFormatTests {
  private func text(
    _ kind: NumberFormat.Kind, _ decimals: Int, _ json: String,
    images: Int? = nil
  ) throws -> String {
    let values = try JSONSerialization.jsonObject(with: Data(json.utf8))
    return try NumberFormat(kind: kind, decimals: decimals, images: images)
      .text(of: #require(values as? [Any]))
  }

  @Test(
    arguments: [
      (.percent, 1, "[0.8434]", "84.3 %"), (.percent, 0, "[1]", "100 %"),
      (.percent, 1, "[-0.047]", "−4.7 %"), (.share, 1, "[0.8434]", "84.3"),
      (.number, 2, "[2.3251]", "2.33"), (.number, 0, "[14]", "14"),
      (.number, 1, "[-33.01]", "−33.0"), (.count, 0, "[421642]", "421,642"),
      (.count, 0, "[842.74]", "843"), (.count, 0, "[7]", "7"),
      (.word, 0, "[5]", "five"), (.word, 0, "[1000]", "1,000"),
      (.range, 1, "[0.663, 0.597, 0.667]", "59.7–66.7"),
      (.sum, 0, "[14, 8, 19]", "41"),
      (.misread, 0, "[[0, 4, 2, 5]]", "two"), (.misread, 0, "[[0]]", "zero"),
    ] as [(NumberFormat.Kind, Int, String, String)])
  func `a value is written as its format says`(
    kind: NumberFormat.Kind, decimals: Int, json: String, expected: String
  ) throws {
    #expect(try text(kind, decimals, json) == expected)
  }

  @Test func `a share on so many images has its interval`() throws {
    let point = #"[{"accuracy": 0.843, "epsilon": 0.1, "images": 1000}]"#
    #expect(try text(.interval, 1, point) == "84.3 % (81.9–86.4)")
    #expect(try text(.bounds, 1, point) == "84.3 (81.9–86.4)")
    #expect(
      try text(.interval, 1, "[0.843]", images: 1000) == "84.3 % (81.9–86.4)")
  }

  @Test(
    arguments: [
      (.percent, "[0.1, 0.2]"), (.percent, "[]"), (.percent, #"["a"]"#),
      (.percent, "[null]"), (.range, "[]"), (.interval, "[0.5]"),
      (.interval, #"[{"accuracy": 1.5, "images": 10}]"#),
      (.interval, #"[{"accuracy": 0.5, "images": 0}]"#), (.misread, "[3]"),
      (.count, "[1e300]"),
    ] as [(NumberFormat.Kind, String)])
  func `what does not fit its format is an error`(
    kind: NumberFormat.Kind, json: String
  ) {
    #expect(throws: (any Error).self) { try text(kind, 1, json) }
  }
}
