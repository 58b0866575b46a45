/// The ink of a picture, looked for on a sheet if one lies in it.
struct FoundInk {
  let ink: Ink
  /// Where the ink's picture begins in the picture that was searched.
  private(set) var column = 0
  private(set) var row = 0
  /// Sentences on what may have been taken for ink and is not the digit.
  let remarks: [String]

  /// - Throws: A `TutorialError` if nothing stands out, or half the picture.
  init(in picture: GrayImage) throws {
    let ink = try Ink(in: picture)
    if ink.isSheet {
      let columns = Self.inside(of: ink.pieces[0].columns)
      let rows = Self.inside(of: ink.pieces[0].rows)
      let sheet = picture.cropped(columns: columns, rows: rows)
      if let onSheet = try? Ink(in: sheet, keepingEdges: false) {
        self.ink = onSheet
        (column, row) = (columns.lowerBound, rows.lowerBound)
        let kind = ink.isDark ? "darker" : "lighter"
        remarks = [
          "The picture holds one large filled shape, \(kind) than what is "
            + "around it, as a sheet on a desk is: only what is on it was "
            + "taken for ink."
        ]
        return
      }
    }
    guard ink.share < 0.5 else {
      throw TutorialError(
        "\(ink.share.percent(0)) of the picture differs from its border: cut "
          + "it to one digit on plain paper, with a margin")
    }
    self.ink = ink
    remarks = Self.remarks(on: ink)
  }

  /// Without the soft edge of the sheet.
  private static func inside(of range: Range<Int>) -> Range<Int> {
    let edge = range.count / 40 + 1
    return range.lowerBound + edge..<range.upperBound - edge
  }

  private static func remarks(on ink: Ink) -> [String] {
    var remarks: [String] = []
    if ink.reachesBorder {
      remarks.append(
        "Ink reaches the border of the picture. If that is not your digit but "
          + "a ruled line, a shadow or the edge of the sheet, cut the picture "
          + "to the digit, with a margin of plain paper.")
    }
    if ink.isTwoDigits {
      remarks.append(
        "Two pieces of ink lie side by side, and they are read as one digit. "
          + "If they are two digits, cut the picture to one.")
    }
    return remarks
  }
}
