import Shared

/// What one kind of change leaves of each network, all on the same images.
struct BeyondRow: Encodable, Sendable {
  /// As the table calls it; the report knows the box and the patch by how their
  /// rows begin.
  var change: String
  /// How far each changed image lies from its original in the maximum norm,
  /// those left out that are as they were.
  var distances: [Double] = []
  /// Which images a network reads right under every change of the kind, by its
  /// name.
  var standing: [String: [Bool]] = [:]

  /// Of all images; nil if that network was not measured.
  func share(_ network: String) -> Proportion? {
    standing[network].map { stands in
      Proportion(stands.count { $0 }, of: stands.count)
    }
  }

  private enum CodingKeys: CodingKey { case change, distance, shares }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(change, forKey: .change)
    try container.encode(median(distances), forKey: .distance)
    let shares = standing.keys.reduce(into: [String: Proportion]()) {
      $0[$1] = share($1)
    }
    try container.encode(shares, forKey: .shares)
  }
}
