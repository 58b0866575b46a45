import Foundation

/// Hand-made IDX files.
enum IDXBytes {
  /// A header as the format wants it.
  static func header(_ sizes: [UInt32]) -> Data {
    var bytes: [UInt8] = [0, 0, 8, UInt8(sizes.count)]
    for size in sizes {
      bytes += (0..<4).map { UInt8(size >> (24 - 8 * $0) & 0xff) }
    }
    return Data(bytes)
  }

  /// Images of 2 × 3 pixels whose bytes count up from 0.
  static func images(_ count: Int) -> Data {
    header([UInt32(count), 2, 3])
      + Data((0..<count * 6).map { UInt8(truncatingIfNeeded: $0) })
  }

  static func labels(_ labels: [UInt8]) -> Data {
    header([UInt32(labels.count)]) + Data(labels)
  }
}
