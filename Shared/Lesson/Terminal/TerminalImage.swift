import Foundation
import Shared

/// A grid of pictures made of characters, two pixels high each.
///
/// A grid wider than the terminal is cut between columns: first the left
/// columns of all its rows, below them the next, so that pictures that belong
/// together stay above one another. A single row simply goes on below. A grid
/// that keeps its rows whole is drawn at half the size instead.
struct TerminalImage {
  var grid: ImageGrid

  /// How many lines a figure may take before a part of it has to do.
  private static let limit = 50
  private static let margin = 2
  private static let gap = 2
  /// Pictures much narrower than this many pixels are enlarged.
  private static let goodWidth = 12

  /// The whole grid.
  func lines(on terminal: Terminal) -> [String] {
    if terminal.images == .kitty { return kitty(terminal) }
    let parts = groups(on: terminal).map { part($0, terminal) }
    return Array(parts.joined(separator: [""])) + signs(terminal)
  }

  /// As many of the grid's columns as fill a page; nothing if the first ones
  /// already need more.
  func excerpt(on terminal: Terminal) -> [String] {
    if terminal.images == .kitty { return kitty(terminal) }
    if grid.excerptLimit == 0 { return [] }
    if grid.keepsRowsWhole, !isWhole(on: terminal) {
      return TerminalImage(grid: grid.halved).excerpt(on: terminal)
    }
    var shown: [String] = []
    var columns = 0
    for group in groups(on: terminal, upTo: grid.excerptLimit) {
      let part = part(group, terminal)
      guard shown.count + part.count <= Self.limit else { break }
      shown += (shown.isEmpty ? [] : [""]) + part
      columns = group.upperBound
    }
    if columns == 0 { return [] }
    if columns < grid.longestRow {
      let note =
        "(the first \(columns) of \(grid.longestRow); the file has all)"
      shown += [""] + remark(note, .faint, terminal)
    }
    return shown + signs(terminal)
  }

  /// How many characters wide and half as many high one pixel becomes.
  ///
  /// Even, if not 1, so that no character covers two pixels.
  func enlargement(on terminal: Terminal) -> Int {
    let fitting =
      (terminal.width - Self.margin + Self.gap) / max(grid.columns, 1)
      - Self.gap
    let factor = min(Self.goodWidth, fitting) / max(grid.size.width, 1)
    return factor < 2 ? 1 : factor / 2 * 2
  }

  /// The ranges of columns that fit side by side.
  private func groups(on terminal: Terminal, upTo limit: Int = .max)
    -> [Range<Int>]
  {
    let cell = grid.size.width * enlargement(on: terminal) + Self.gap
    let fitting = (terminal.width - Self.margin + Self.gap) / cell
    let count = min(grid.longestRow, limit)
    let most = max(1, min(fitting, grid.columns))
    guard limit < grid.longestRow else {
      return Workers.shards(of: count, size: most)
    }
    // Six of which five fit are shown as three and three.
    let number = (count + most - 1) / most
    return Workers.shards(of: count, size: (count + number - 1) / number)
  }

  /// Whether all that is to be shown fits side by side and on a page.
  private func isWhole(on terminal: Terminal) -> Bool {
    let groups = groups(on: terminal, upTo: grid.excerptLimit)
    return groups.count < 2
      && groups.allSatisfy { part($0, terminal).count <= Self.limit }
  }

  /// Some columns of all rows.
  private func part(_ columns: Range<Int>, _ terminal: Terminal) -> [String] {
    let rows = grid.rows.compactMap { row -> [String]? in
      let shown = columns.clamped(to: 0..<row.images.shape[0])
      return shown.isEmpty ? nil : lines(row, shown, terminal)
    }
    return texts(grid.headings, columns, terminal)
      + Array(rows.joined(separator: [""]))
  }

  private func lines(
    _ row: ImageGrid.Row, _ columns: Range<Int>, _ terminal: Terminal
  ) -> [String] {
    let factor = enlargement(on: terminal)
    let margin = String(repeating: " ", count: Self.margin)
    let gap = String(repeating: " ", count: Self.gap)
    let pictures = columns.map { column in
      PixelCells(
        image: row.images.rows(column..<column + 1),
        coloring: row.colorings[column], enlargement: factor,
        depth: terminal.isASCII ? .none : terminal.colorDepth
      ).lines
    }
    let label = margin + row.label.cut(to: terminal.width - Self.margin)
    var lines = row.label.isEmpty ? [] : [terminal.styled(label, .faint)]
    for line in 0..<(pictures.first?.count ?? 0) {
      lines.append(margin + pictures.map { $0[line] }.joined(separator: gap))
    }
    return lines + texts(row.captions, columns, terminal)
  }

  /// A line with a text for each column that has one, cut to its width.
  private func texts(
    _ all: [String], _ columns: Range<Int>, _ terminal: Terminal
  ) -> [String] {
    let width = grid.size.width * enlargement(on: terminal)
    let shown = columns.filter(all.indices.contains).map {
      all[$0].cut(to: width)
        .padding(toLength: width, withPad: " ", startingAt: 0)
    }
    guard !shown.isEmpty else { return [] }
    let gap = String(repeating: " ", count: Self.gap)
    let margin = String(repeating: " ", count: Self.margin)
    return [terminal.styled(margin + shown.joined(separator: gap), .faint)]
  }

  /// What the letters of a signed picture mean, where there is no colour.
  private func signs(_ terminal: Terminal) -> [String] {
    grid.hasSignedPictures && (terminal.isASCII || !terminal.hasColor)
      ? [""]
        + remark(
          "(+ and # are above zero, - and = below, blanks near it)", nil,
          terminal) : []
  }

  private func remark(
    _ text: String, _ style: Terminal.Style?, _ terminal: Terminal
  ) -> [String] {
    [Span(text, style)].wrapped(to: terminal.width - Self.margin).map {
      String(repeating: " ", count: Self.margin) + terminal.text($0)
    }
  }

  /// The PNG file itself, and what is written beside the pictures.
  private func kitty(_ terminal: Terminal) -> [String] {
    guard grid.columns > 0 else { return [] }
    let png = grid.png(scale: max(3, 48 / grid.size.width))
    let columns = min(terminal.width - Self.margin, max(png.width / 8, 1))
    let words =
      grid.headings
      + grid.rows.flatMap {
        ($0.label.isEmpty ? [] : [$0.label]) + $0.captions
      }
    let text = [Span(words.joined(separator: " · "))]
    return [KittyImage.escapeCodes(png: png.encoded, columns: columns)]
      + text.wrapped(to: terminal.width).map(terminal.text)
  }
}

extension String {
  /// At most so many characters, with an ellipsis where some are missing.
  fileprivate func cut(to count: Int) -> String {
    self.count <= count ? self : prefix(max(count - 1, 0)) + "…"
  }
}
