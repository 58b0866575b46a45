/// What a line of Markdown begins.
enum ArticleLine: Equatable {
  case blank, fence, comment, row, quote, bullet, image, text
  case heading(level: Int)
  case number(Int)

  init(_ line: String) {
    let words = line.drop(while: \.isWhitespace)
    self =
      if words.isEmpty {
        .blank
      } else if words.hasPrefix("```") {
        .fence
      } else if words.hasPrefix("<!--"), !words.hasPrefix("<!--=") {
        // With the sign, it is the mark of a number within a paragraph.
        .comment
      } else if words.hasPrefix("|") {
        .row
      } else if words.hasPrefix(">") {
        .quote
      } else if words.hasPrefix("- ") {
        .bullet
      } else if words.hasPrefix("![") {
        .image
      } else if let level = Self.headingLevel(words) {
        .heading(level: level)
      } else if let number = Self.pointNumber(words) {
        .number(number)
      } else {
        .text
      }
  }

  /// Whether the line goes on with the paragraph or the point before it.
  ///
  /// As in CommonMark, only a list that begins with 1 needs no empty line
  /// before it; `2018. ` at the beginning of a line ends a sentence.
  var goesOn: Bool {
    switch self {
    case .text: true
    case .number(let number): number != 1
    default: false
    }
  }

  /// Whether the line is a point of a list, the first of which is given.
  ///
  /// Numbers may have gaps but no years.
  func isPoint(ofListThatBegins first: ArticleLine) -> Bool {
    switch (self, first) {
    case (.bullet, .bullet): true
    case (.number(let number), .number(let start)):
      number == start || number < 1000
    default: false
    }
  }

  private static func headingLevel(_ words: Substring) -> Int? {
    let level = words.prefix { $0 == "#" }.count
    let isHeading =
      (1...6).contains(level) && words.dropFirst(level).hasPrefix(" ")
    return isHeading ? level : nil
  }

  private static func pointNumber(_ words: Substring) -> Int? {
    let digits = words.prefix { $0.isNumber }
    return words.dropFirst(digits.count).hasPrefix(". ") ? Int(digits) : nil
  }
}
