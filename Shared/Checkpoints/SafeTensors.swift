import Foundation

/// Named tensors and text in one file, readable by PyTorch and many others.
///
/// The safetensors format (https://github.com/huggingface/safetensors): eight
/// bytes with the length of a JSON header, least significant first; the header,
/// which gives each tensor's type, shape and place; then the numbers. This
/// reader takes 32-bit floats, and 64-bit whole numbers, with which PyTorch
/// counts batches; it trusts nothing the file says.
public struct SafeTensors: Sendable, Equatable {
  /// The tensors, sorted by name in the file.
  public var tensors: [String: Tensor]
  /// Text that travels along.
  public var metadata: [String: String]

  /// Tensors with text beside them.
  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  /// A value of the header: a tensor's type, shape and place, or texts.
  ///
  /// It is decoded at once, so that what is neither takes no memory.
  private struct Item: Decodable {
    var entry: Entry?
    var texts: [String: String]?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      entry = try? container.decode(Entry.self)
      if entry == nil {
        texts = try? container.decode([String: String].self)
      }
    }
  }

  /// The file's bytes.
  public func encoded() throws -> Data {
    var header: [String: Any] = ["__metadata__": metadata]
    var body = Data()
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let end = body.count + 4 * tensor.count
      header[name] = [
        "dtype": "F32", "shape": tensor.shape,
        "data_offsets": [body.count, end],
      ]
      tensor.scalars.map(\.bitPattern.littleEndian).withUnsafeBytes {
        body.append(contentsOf: $0)
      }
    }
    var json = try JSONSerialization.data(
      withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    // Spaces at the end of the header align the numbers to eight bytes.
    json += Data(repeating: 0x20, count: (8 - json.count % 8) % 8)
    let length = (0..<8).map {
      UInt8(truncatingIfNeeded: json.count >> (8 * $0))
    }
    return Data(length) + json + body
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - name: What to call the file in an error.
  /// - Throws: A `TutorialError` that says what is wrong.
  public init(decoding data: Data, name: String) throws {
    let data = Data(data)
    func fail(_ what: String) -> TutorialError {
      TutorialError("\(name) cannot be used (\(what)).")
    }
    guard data.count >= 8 else { throw fail("\(data.count) bytes long") }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    // A network of a hundred layers needs some 20 kB; a header is parsed whole,
    // and that takes up to fifty times its size.
    guard length <= UInt64(min(data.count - 8, 1 << 20)) else {
      throw fail("its header is said to be \(length) bytes long")
    }
    let body = data.dropFirst(8 + Int(length))
    guard
      var header = try? JSONDecoder().decode(
        [String: Item].self, from: data.dropFirst(8).prefix(Int(length)))
    else { throw fail("its header is not JSON") }

    metadata = [:]
    if let item = header.removeValue(forKey: "__metadata__") {
      guard let texts = item.texts else {
        throw fail("its metadata is not text")
      }
      metadata = texts
    }
    tensors = [:]
    var used: [Range<Int>] = []
    for (tensorName, item) in header {
      let (entry, range) = try Self.place(item.entry, bodyCount: body.count) {
        fail("\(tensorName) \($0)")
      }
      used.append(range)
      tensors[tensorName] = Tensor(
        shape: entry.shape,
        scalars: entry.dtype == "F32"
          ? Self.numbers(body, range) { Float(bitPattern: $0) }
          : Self.numbers(body, range) { Float(Int64(bitPattern: $0)) })
    }
    // A tensor without numbers lies nowhere, and so in nobody's way.
    used.removeAll(where: \.isEmpty)
    used.sort { $0.lowerBound < $1.lowerBound }
    for (left, right) in zip(used, used.dropFirst())
    where left.upperBound > right.lowerBound {
      throw fail("two tensors share bytes")
    }
    guard used.reduce(0, { $0 + $1.count }) == body.count else {
      throw fail("\(body.count) bytes of numbers do not fit its header")
    }
  }

  /// One tensor's shape and place, checked against each other and the file.
  private static func place(
    _ entry: Entry?, bodyCount: Int, fail: (String) -> TutorialError
  ) throws -> (entry: Entry, range: Range<Int>) {
    guard let entry else { throw fail("has no type, shape and place") }
    guard let bytes = ["F32": 4, "I64": 8][entry.dtype] else {
      throw fail("holds \(entry.dtype), and only F32 and I64 are read")
    }
    let size = entry.shape.reduce((value: bytes, isBad: false)) {
      let next = $0.value.multipliedReportingOverflow(by: $1)
      return (next.partialValue, $0.isBad || next.overflow || $1 < 0)
    }
    guard entry.dataOffsets.count == 2,
      0 <= entry.dataOffsets[0], entry.dataOffsets[0] <= entry.dataOffsets[1],
      entry.dataOffsets[1] <= bodyCount, !size.isBad,
      entry.dataOffsets[1] - entry.dataOffsets[0] == size.value
    else {
      throw fail(
        "has a size that does not match its shape; is the file cut short?")
    }
    return (entry, entry.dataOffsets[0]..<entry.dataOffsets[1])
  }

  private static func numbers<Bits: FixedWidthInteger>(
    _ body: Data, _ range: Range<Int>, _ number: (Bits) -> Float
  ) -> [Float] {
    let first = body.startIndex
    let bytes = body[first + range.lowerBound..<first + range.upperBound]
    return bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: MemoryLayout<Bits>.size).map {
        number(
          Bits(
            littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: Bits.self)))
      }
    }
  }
}
