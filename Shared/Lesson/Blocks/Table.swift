/// Text in columns, as it is printed and as the chapter's JSON file has it.
struct Table: Encodable, Sendable, Equatable {
  /// What the table shows.
  var title: String
  var columns: [String]
  /// One text a column.
  var rows: [[String]]

  /// The columns of numbers, which line up on the right.
  var isNumeric: [Bool] {
    columns.indices.map { column in
      rows.allSatisfy { Self.startsLikeANumber($0[column]) }
    }
  }

  private static func startsLikeANumber(_ text: String) -> Bool {
    guard let first = text.first(where: { !"+-−±.~–".contains($0) }) else {
      return text.count < 2
    }
    return first.isNumber
  }
}
