import Foundation

@testable import Shared

extension FuzzFormat {
  static let idx = FuzzFormat(
    "IDX",
    seeds: [IDXBytes.images(4), IDXBytes.labels([7, 2, 1, 0])].map { file in
      // Type and axes, each size, the data.
      let header = 4 + 4 * Int(file[3])
      return stride(from: 0, to: header, by: 4).map {
        [UInt8](file[$0..<$0 + 4])
      } + [[UInt8](file[header...])]
    },
    read: { file in
      let axes = file.count > 3 && file[3] == 1 ? 1 : 3
      return try IDX(Data(file), axes: axes, name: "file")
    },
    fault: { idx, file in
      guard idx.shape.reduce(1, *) == idx.bytes.count else {
        return "has \(idx.bytes.count) bytes and not \(idx.shape)"
      }
      let again = IDXBytes.header(idx.shape.map(UInt32.init)) + idx.bytes
      return [UInt8](again) == file ? nil : "is read as another file"
    })
}
