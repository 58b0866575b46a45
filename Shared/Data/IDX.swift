import Foundation

/// A file of unsigned bytes in IDX, the format MNIST comes in.
///
/// Two zero bytes, the type (8: unsigned byte), the number of axes, then each
/// axis as four bytes with the most significant first; then the data.
public struct IDX: Sendable, Equatable {
  /// The size of each axis.
  public let shape: [Int]
  /// The data, in row-major order.
  public let bytes: [UInt8]

  /// Reads a file that must have the given number of axes.
  ///
  /// - Throws: A `TutorialError` that names the file if it is missing, packed,
  ///   of another kind, or not exactly as long as its header says.
  public init(contentsOf url: URL, axes: Int) throws {
    let data = try readFile(url)
    try self.init(data, axes: axes, name: url.path)
  }

  init(_ data: Data, axes: Int, name: String) throws {
    let header = 4 + 4 * axes
    func fail(_ what: String) -> TutorialError {
      TutorialError("\(name) \(what).")
    }
    if data.starts(with: [0x1f, 0x8b]) {
      // `gunzip` takes no file whose name does not end in .gz.
      throw fail(
        name.hasSuffix(".gz")
          ? "is still compressed: unpack it with `gunzip` and give the folder "
            + "again"
          : "is compressed, though its name does not say so: add .gz to the "
            + "name, unpack it with `gunzip` and give the folder again")
    }
    guard data.count >= 4, data.starts(with: [0, 0, 8]) else {
      throw fail(
        "is not an IDX file of bytes: it should begin with 00 00 08 and begins "
          + "with \(data.isEmpty ? "nothing" : hexadecimal(data.prefix(3))), so put the original file back"
      )
    }
    guard Int(data[data.startIndex + 3]) == axes else {
      throw fail(
        "has \(data[data.startIndex + 3]) axes where \(axes) belong: images "
          + "have three, labels one; are two files swapped?")
    }
    guard data.count >= header else {
      throw fail(
        "ends inside its header after \(data.count) bytes; copy it again")
    }
    var shape: [Int] = []
    for axis in 0..<axes {
      let start = data.startIndex + 4 + 4 * axis
      shape.append(data[start..<start + 4].reduce(0) { $0 << 8 | Int($1) })
    }
    // Sizes come from the file: multiply with care.
    let size = shape.reduce((partialValue: 1, overflow: false)) {
      let next = $0.partialValue.multipliedReportingOverflow(by: $1)
      return (next.partialValue, $0.overflow || next.overflow)
    }
    guard !size.overflow, size.partialValue == data.count - header else {
      throw fail(
        "should hold \(shape.map(String.init).joined(separator: " × ")) bytes "
          + "after its header and holds \(data.count - header); copy it again")
    }
    self.shape = shape
    self.bytes = [UInt8](data.dropFirst(header))
  }
}

/// Bytes as two hexadecimal digits each, with spaces.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    .joined(separator: " ")
}
