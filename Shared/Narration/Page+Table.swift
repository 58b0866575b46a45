extension Page {
  /// Prints rows under headings.
  ///
  /// Numbers line up on the right, words on the left.
  ///
  /// - Parameters:
  ///   - title: What the table shows.
  ///   - columns: The headings.
  ///   - rows: One text a column.
  public func table(
    _ title: String, columns: [String], rows: [[String]]
  ) {
    let table = Table(title: title, columns: columns, rows: rows)
    tables.append(table)
    let label = isQuick ? "\(title) (quick run)" : title
    print("  " + terminal.styled(label, .bold))
    for (index, line) in table.lines.enumerated() {
      print("  " + (index < 2 ? terminal.styled(line, .faint) : line))
    }
    print("")
  }
}

/// Text in columns, as it is printed and as the chapter's JSON file has it.
struct Table: Encodable {
  var title: String
  var columns: [String]
  var rows: [[String]]

  /// A heading line, a rule, and one line a row.
  var lines: [String] {
    let widths = columns.indices.map { column in
      ([columns] + rows).map { $0[column].count }.max() ?? 0
    }
    let isNumeric = columns.indices.map { column in
      rows.allSatisfy { Self.startsLikeANumber($0[column]) }
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let gap = String(
          repeating: " ", count: widths[column] - cells[column].count)
        return isNumeric[column] ? gap + cells[column] : cells[column] + gap
      }
      return padded.joined(separator: "  ").trimmingEnd()
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
      .joined(separator: "  ")
    return [line(columns), rule] + rows.map(line)
  }

  private static func startsLikeANumber(_ text: String) -> Bool {
    guard let first = text.first(where: { !"+-−±.~".contains($0) }) else {
      return text.count < 2
    }
    return first.isNumber
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var copy = self
    while copy.last == " " { copy.removeLast() }
    return copy
  }
}
