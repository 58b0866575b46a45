import Foundation

extension Page {
  /// Every number of the page as JSON: what was recorded, tables, outputs.
  func encodedResults() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [
      .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
    ]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var everything = results
    everything["tables"] = blocks.compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    everything["outputs"] = blocks.compactMap { block -> String? in
      if case .output(let text) = block { text } else { nil }
    }
    return try encoder.encode(everything.mapValues(AnyEncodable.init))
  }
}

private struct AnyEncodable: Encodable {
  var value: any Encodable

  init(_ value: any Encodable) { self.value = value }

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
