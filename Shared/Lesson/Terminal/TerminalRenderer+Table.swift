extension TerminalRenderer {
  /// Columns below their headings, or a list if the terminal is too narrow.
  func lines(of table: Table) -> [String] {
    let title = spans(Inline.parse(table.title), style: .bold)
    let columns = aligned(table)
    let fits = columns.allSatisfy { $0.displayWidth <= width - 2 }
    return wrapped(title, first: "  ", hanging: "  ")
      + (fits
        ? columns.enumerated().map { index, line in
          "  " + (index < 2 ? terminal.styled(line, .faint) : line)
        } : list(table))
  }

  /// A heading line, a rule, and one line a row.
  private func aligned(_ table: Table) -> [String] {
    let rows = ([table.columns] + table.rows).map { $0.map(terminal.shown) }
    let widths = table.columns.indices.map { column in
      rows.map { $0[column].displayWidth }.max() ?? 0
    }
    let isNumeric = table.isNumeric
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        cells[column].padded(to: widths[column], atEnd: !isNumeric[column])
      }
      return padded.joined(separator: "  ").trimmingEnd()
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
      .joined(separator: "  ")
    return [line(rows[0]), rule] + rows.dropFirst().map(line)
  }

  /// One "heading: value" a line, an empty line between rows.
  private func list(_ table: Table) -> [String] {
    let rows = table.rows.map { row in
      zip(table.columns, row).flatMap { heading, cell in
        wrapped(
          [Span("\(heading):", .faint), Span(" \(cell)")],
          first: "  ", hanging: "    ")
      }
    }
    return Array(rows.joined(separator: [""]))
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var copy = self
    while copy.last == " " { copy.removeLast() }
    return copy
  }
}
