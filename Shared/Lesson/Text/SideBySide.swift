import Shared

/// Small matrices side by side, each below its title.
///
/// - Parameters:
///   - matrices: Shape `[rows, columns]`, or one image of one channel; all of
///     one height.
///   - decimals: How many digits behind the point.
/// - Returns: Lines of one width.
public func sideBySide(
  _ matrices: [(title: String, values: Tensor)], decimals: Int = 0
) -> String {
  let texts = matrices.map { $0.values.scalars.map { number($0, decimals) } }
  let width = 1 + (texts.joined().map(\.count).max() ?? 0)
  let blocks = zip(matrices, texts).map { matrix, texts -> [String] in
    let shape = matrix.values.shape
    let columns = shape.count == 2 ? shape[1] : shape[2]
    let rows = Workers.shards(of: texts.count, size: columns).map {
      texts[$0].map { flushRight($0, width) }.joined()
    }
    let block = ([matrix.title] + rows).filter { !$0.isEmpty }
    let whole = block.map(\.count).max() ?? 0
    return block.map { flushRight($0, whole) }
  }
  let height = blocks.map(\.count).min() ?? 0
  return (0..<height).map { line in
    blocks.map { $0[line] }.joined(separator: "    ")
  }.joined(separator: "\n")
}

/// Rounded first: adding 0 takes the sign off −0.
private func number(_ value: Float, _ decimals: Int) -> String {
  let text = value.decimals(decimals)
  return text.contains { ("1"..."9").contains($0) }
    ? text : Float(0).decimals(decimals)
}

private func flushRight(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
