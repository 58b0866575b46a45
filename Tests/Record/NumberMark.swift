import Shared

/// A comment in a Markdown text behind a number that this code measured.
///
///     84.3 %<!--=05-Attacks pgd[epsilon=0.1].accuracy percent 1-->
///
/// It says where the number lies in the ledger, and how it is written. So the
/// number can be compared with the ledger, and written anew. A mark that is
/// shown as code is none.
struct NumberMark {
  /// Of the whole comment.
  let range: Range<String.Index>
  /// From 1.
  let line: Int
  private let body: Substring

  static func all(in text: String) -> [NumberMark] {
    var marks: [NumberMark] = []
    // Whether a span of code is open; it may go on in the next line.
    var isCode = false
    for line in MarkdownLine.all(in: text) {
      if line.isCode || line.isBlank {
        isCode = false
        continue
      }
      var last = line.text.startIndex
      for match in line.text.matches(of: #/<!--=(.*?)-->/#) {
        if line.text[last..<match.range.lowerBound].hasOddTicks {
          isCode.toggle()
        }
        last = match.range.lowerBound
        if isCode { continue }
        marks.append(
          NumberMark(
            range: match.range, line: line.number, body: match.output.1))
      }
      if line.text[last...].hasOddTicks { isCode.toggle() }
    }
    return marks
  }

  /// What stands before the mark, and what should.
  struct Reading {
    var range: Range<String.Index>
    var found: String
    var expected: String
  }

  /// - Throws: If the mark cannot be read, the ledger has no such number, or
  ///   none stands before the mark.
  func reading(in text: String, by ledger: Ledger) throws -> Reading {
    guard
      let parts = body.wholeMatch(
        of: #/(\S+) (\S+) ([a-z]+) ([0-9])(?: ([0-9]+))?/#)?.output,
      let kind = NumberFormat.Kind(rawValue: String(parts.3)),
      let decimals = Int(parts.4)
    else {
      throw TutorialError("a mark is ENTRY PATH FORMAT DIGITS")
    }
    let format = NumberFormat(
      kind: kind, decimals: decimals, images: parts.5.flatMap { Int($0) })
    let path = LedgerPath(entry: String(parts.1), path: String(parts.2))
    let wanted = try format.text(of: ledger.values(at: path))
    let regex = try Regex("(?:\(format.pattern))\\z")
    let before = text[..<range.lowerBound].suffix(80)
    guard let match = before.firstMatch(of: regex),
      !before[..<match.range.lowerBound].endsInNumber
    else {
      throw TutorialError("no such number as \(wanted) stands before it")
    }
    let found = text[match.range]
    return Reading(
      range: match.range, found: String(found),
      expected: wanted.written(as: found))
  }

  /// An error that says where.
  fileprivate func fault(_ what: String, in path: String) -> TutorialError {
    TutorialError("\(path), line \(line), <!--=\(body)-->: \(what)")
  }
}

extension Substring {
  fileprivate var hasOddTicks: Bool {
    filter { $0 == "`" }.count % 2 == 1
  }

  /// Whether what follows is but the rest of a number.
  fileprivate var endsInNumber: Bool {
    last.map { "0123456789.,–".contains($0) } ?? false
  }
}

extension String {
  /// With the line breaks and the capital of what stands there.
  fileprivate func written(as old: Substring) -> String {
    var words = split(separator: " ")[...]
    let gaps = old.matches(of: #/\s+/#).map(\.output)
    var text = String(words.popFirst() ?? "")
    if old.first?.isUppercase == true {
      text = text.prefix(1).uppercased() + text.dropFirst()
    }
    for (index, word) in words.enumerated() {
      text.append(contentsOf: index < gaps.count ? gaps[index] : " ")
      text.append(contentsOf: word)
    }
    return text
  }
}

/// A text with every marked number as the ledger has it.
func withNumbers(of ledger: Ledger, in text: String, path: String) throws
  -> String
{
  var result = ""
  var last = text.startIndex
  for mark in NumberMark.all(in: text) {
    do {
      let reading = try mark.reading(in: text, by: ledger)
      result.append(contentsOf: text[last..<reading.range.lowerBound])
      result.append(reading.expected)
      last = reading.range.upperBound
    } catch {
      throw mark.fault("\(error)", in: path)
    }
  }
  return result + text[last...]
}

/// What is wrong with the marked numbers of a text, a sentence each.
func numberFaults(in text: String, path: String, by ledger: Ledger)
  -> [String]
{
  NumberMark.all(in: text).compactMap { mark -> String? in
    do {
      let reading = try mark.reading(in: text, by: ledger)
      if reading.found == reading.expected { return nil }
      return mark.fault(
        "\"\(reading.found)\" should be \"\(reading.expected)\"", in: path
      ).description
    } catch {
      return mark.fault("\(error)", in: path).description
    }
  }
}
