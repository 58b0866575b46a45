/// Turns the unpacked data of a PNG file into grey levels, row by row.
///
/// Unpacked, a picture of 4096 × 4096 pixels may have 134 million bytes; a row
/// at a time, the two planes kept here have 34 million.
struct PNGRaster {
  /// Which pixels of the picture a pass holds.
  private struct Pass {
    var column: Int
    var row: Int
    var columnStep: Int
    var rowStep: Int
  }

  private let header: PNGHeader
  private let colors: PNGColors
  private var passes: [Pass]
  /// The row of the picture that comes next, within the first pass.
  private var rowIndex = 0
  /// The row that is coming in, after the number of its filter.
  private var row: [UInt8] = []
  private var rowAbove: [UInt8] = []
  /// Grey on black, row after row.
  private var levels: [UInt8]
  /// As many opacities, or none where all is opaque.
  private var opacities: [UInt8]

  init(_ header: PNGHeader, _ colors: PNGColors) {
    self.header = header
    self.colors = colors
    passes = Self.passes(of: header)
    rowIndex = passes[0].row
    levels = Array(repeating: 0, count: header.width * header.height)
    opacities = colors.mayBeTransparent ? levels : []
  }

  /// All rows of all passes, each with the number of its filter.
  var byteCount: Int {
    passes.reduce(0) { sum, pass in
      let rows = (header.height - pass.row + pass.rowStep - 1) / pass.rowStep
      return sum + rows * (1 + rowLength(pass))
    }
  }

  /// Takes the next bytes, however many.
  ///
  /// - Throws: A `TutorialError` if a filter or a colour does not exist.
  mutating func take(_ bytes: ArraySlice<UInt8>) throws {
    var rest = bytes
    while let pass = passes.first, !rest.isEmpty {
      let missing = 1 + rowLength(pass) - row.count
      row += rest.prefix(missing)
      rest = rest.dropFirst(missing)
      if row.count == 1 + rowLength(pass) { try finishRow(pass) }
    }
  }

  private mutating func finishRow(_ pass: Pass) throws {
    if rowAbove.isEmpty { rowAbove = Array(repeating: 0, count: row.count) }
    try unfilter()
    let samples = row[1...]
    var target = rowIndex * header.width + pass.column
    for index in 0..<columnCount(pass) {
      let (level, opacity) = try colors.pixel(index, of: samples)
      levels[target] = level
      if !opacities.isEmpty { opacities[target] = opacity }
      target += pass.columnStep
    }
    swap(&row, &rowAbove)
    row.removeAll(keepingCapacity: true)
    rowIndex += pass.rowStep
    if rowIndex >= header.height {
      passes.removeFirst()
      rowIndex = passes.first?.row ?? 0
      rowAbove = []
    }
  }

  /// Undoes one of five filters; left of the first pixel is 0, and so is the
  /// row above the first.
  private mutating func unfilter() throws {
    let filter = row[0]
    guard filter <= 4 else {
      throw TutorialError("the PNG file has a filter of no meaning")
    }
    if filter == 0 { return }
    let pixel = max(1, header.kind.channels * header.depth / 8)
    for i in 1..<row.count {
      let left = i > pixel ? Int(row[i - pixel]) : 0
      let corner = i > pixel ? Int(rowAbove[i - pixel]) : 0
      let above = Int(rowAbove[i])
      let guess =
        switch filter {
        case 1: left
        case 2: above
        case 3: (left + above) / 2
        default: Self.paeth(left, above, corner)
        }
      row[i] &+= UInt8(guess)
    }
  }

  /// Whichever of three neighbours is nearest to left + above − corner.
  private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> Int {
    let (a, b) = (abs(above - corner), abs(left - corner))
    let c = abs(left + above - 2 * corner)
    return a <= b && a <= c ? left : b <= c ? above : corner
  }

  private func columnCount(_ pass: Pass) -> Int {
    (header.width - pass.column + pass.columnStep - 1) / pass.columnStep
  }

  private func rowLength(_ pass: Pass) -> Int {
    (columnCount(pass) * header.kind.channels * header.depth + 7) / 8
  }

  /// Adam7's seven, or all pixels in one; a pass without pixels is left out.
  private static func passes(of header: PNGHeader) -> [Pass] {
    guard header.isInterlaced else {
      return [Pass(column: 0, row: 0, columnStep: 1, rowStep: 1)]
    }
    return [
      Pass(column: 0, row: 0, columnStep: 8, rowStep: 8),
      Pass(column: 4, row: 0, columnStep: 8, rowStep: 8),
      Pass(column: 0, row: 4, columnStep: 4, rowStep: 8),
      Pass(column: 2, row: 0, columnStep: 4, rowStep: 4),
      Pass(column: 0, row: 2, columnStep: 2, rowStep: 4),
      Pass(column: 1, row: 0, columnStep: 2, rowStep: 2),
      Pass(column: 0, row: 1, columnStep: 1, rowStep: 2),
    ].filter { $0.column < header.width && $0.row < header.height }
  }

  /// The picture on its paper.
  ///
  /// That is white, but black where most of the picture is transparent and
  /// the rest is light: white ink on white paper would be lost.
  consuming func image() -> GrayImage {
    if !opacities.isEmpty {
      let clear = opacities.count { $0 < 128 }
      let light = levels.reduce(0) { $0 + Int($1) }
      let opaque = opacities.reduce(0) { $0 + Int($1) }
      let isOnBlack = 2 * clear > opacities.count && 2 * light > opaque
      if !isOnBlack {
        for pixel in levels.indices { levels[pixel] += 255 - opacities[pixel] }
      }
    }
    return GrayImage(
      width: header.width, height: header.height, levels: levels)
  }
}
