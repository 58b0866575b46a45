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
  /// - Throws: A `TutorialError` that names the file if it is missing, of
  ///   another kind, or not exactly as long as its header says.
  public init(contentsOf url: URL, axes: Int) throws {
    try self.init(Self.bytes(of: url), axes: axes, name: url.path)
  }

  /// A file's bytes, unpacked if it is a gzip file.
  ///
  /// Not more of them than the file itself says there are: a few packed bytes
  /// could otherwise fill the memory.
  static func bytes(of url: URL) throws -> Data {
    let data = try readFile(url)
    guard data.starts(with: [0x1F, 0x8B]) else { return data }
    do {
      let start = try Inflate.gzip(data, limit: longestHeader)
      let limit = min(sizeInHeader(start) ?? longestHeader, 1 << 30)
      return Data(try Inflate.gzip(data, limit: limit + 1))
    } catch let error as TutorialError {
      throw TutorialError(
        "\(url.path) cannot be unpacked (\(error)); copy it again.")
    }
  }

  /// The first bytes of a file, unpacked.
  ///
  /// - Throws: A `TutorialError` if there are fewer.
  public static func header(of url: URL, count: Int) throws -> [UInt8] {
    let data = try readFile(url)
    let bytes =
      data.starts(with: [0x1F, 0x8B])
      ? try Inflate.gzip(data, limit: count) : [UInt8](data.prefix(count))
    guard bytes.count == count else {
      throw TutorialError("\(url.path) has no \(count) bytes to read.")
    }
    return bytes
  }

  /// The header of images; that of labels is shorter.
  private static let longestHeader = 16

  /// How long the file is by its header; nil if that is no header.
  private static func sizeInHeader(_ start: [UInt8]) -> Int? {
    guard start.count >= 4, (1...3).contains(start[3]),
      start.count >= 4 + 4 * Int(start[3])
    else { return nil }
    let axes = Int(start[3])
    return product(shape(in: Data(start), axes: axes)).flatMap { count in
      count > 1 << 30 ? nil : count + 4 + 4 * axes
    }
  }

  /// The sizes behind the first four bytes, most significant byte first.
  private static func shape(in data: Data, axes: Int) -> [Int] {
    (0..<axes).map { axis in
      let start = data.startIndex + 4 + 4 * axis
      return data[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }

  /// Sizes come from a file, so they are multiplied with care: nil if the
  /// product is too large for a number.
  private static func product(_ shape: [Int]) -> Int? {
    shape.reduce(1) { product, size in
      product.flatMap {
        let (next, overflow) = $0.multipliedReportingOverflow(by: size)
        return overflow ? nil : next
      }
    }
  }

  init(_ data: Data, axes: Int, name: String) throws {
    let header = 4 + 4 * axes
    func fail(_ what: String) -> TutorialError {
      TutorialError("\(name) \(what).")
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
    let shape = Self.shape(in: data, axes: axes)
    guard Self.product(shape) == data.count - header else {
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
