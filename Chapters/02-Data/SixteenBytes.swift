import Lesson
import Shared

/// The IDX format, from the real first bytes of a real file.
func readHeader(_ page: Page) throws {
  let folder = page.options.data ?? PackageFiles.mnist
  let url = try MNIST.locate(MNIST.fileNames[0], in: folder)
  let packed =
    url.pathExtension == "gz"
    ? "The file is packed, as its name ends in .gz; the bytes are those of the "
      + "unpacked file. " : ""
  page.say(
    """
    The images come in IDX, a format that sixteen bytes explain.
    \(packed)These are the first sixteen of the training images:
    """)
  let header = try page.show("header") {
    try IDX.header(of: url, count: 16)
  }
  page.output(hexadecimal(header))
  func number(_ start: Int) -> Int {
    header[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
  }
  page.table(
    "What they say", columns: ["bytes", "meaning", "value"],
    rows: [
      [hexadecimal(header[0..<2]), "always zero", "\(number(0) >> 16)"],
      [hexadecimal(header[2..<3]), "8: unsigned bytes", "\(header[2])"],
      [hexadecimal(header[3..<4]), "number of axes", "\(header[3])"],
      [hexadecimal(header[4..<8]), "images", number(4).grouped],
      [hexadecimal(header[8..<12]), "rows", "\(number(8))"],
      [hexadecimal(header[12..<16]), "columns", "\(number(12))"],
    ])
  page.say(
    """
    Each of the three sizes is four bytes, the most significant first. After the header
    come the pixels, one byte each, image after image:
    $16 + \(number(4).grouped) · \(number(8)) · \(number(12)) =
    \((16 + number(4) * number(8) * number(12)).grouped)$ bytes in all. A file
    of another length is refused.
    """)
}
