import Foundation
import Testing

@testable import Record

@Suite struct LedgerPathTests {
  private let ledger = #"""
    {
      "01-Architecture": {"minutes": 3, "map": [[1, 2], [3, 4]]},
      "02-Data": {
        "minutes": 4, "between0.2And0.8": 0.5, "between0": 0.25,
        "points": [
          {"epsilon": 0.05, "accuracy": 0.9, "name": "a"},
          {"epsilon": 0.1, "accuracy": 0.8, "name": "random signs"},
          {"epsilon": 0.1, "accuracy": 0.7, "name": "blurred, σ = 1"}
        ],
        "leads": {"random signs": [0.5, -1]}
      },
      "03-Training": {"minutes": 5}, "04-Hooks": {"minutes": 6},
      "05-Attacks": {"minutes": 7}, "06-Security": {"minutes": 8},
      "seeds": [{"accuracy": 0.6}, {"accuracy": 0.4}]
    }
    """#

  private func numbers(_ entry: String, _ path: String) throws -> [Double] {
    try Ledger(json: Data(ledger.utf8))
      .values(at: LedgerPath(entry: entry, path: path))
      .map { try #require($0 as? NSNumber).doubleValue }
  }

  @Test(
    arguments: [
      ("02-Data", "minutes", [4]),
      ("01-Architecture", "map[1][0]", [3]),
      ("02-Data", "between0", [0.25]),
      ("02-Data", "between0.2And0.8", [0.5]),
      ("02-Data", "points[0].accuracy", [0.9]),
      ("02-Data", "points[epsilon=0.1].accuracy", [0.8]),
      ("02-Data", "points[name=random_signs].accuracy", [0.8]),
      ("02-Data", "points[name=blurred,_σ_=_1].accuracy", [0.7]),
      ("02-Data", "leads.random_signs[1]", [-1]),
      ("02-Data", "points[*].accuracy", [0.9, 0.8, 0.7]),
      ("seeds", "[*].accuracy", [0.6, 0.4]),
      ("*", "minutes", [3, 4, 5, 6, 7, 8]),
    ] as [(String, String, [Double])])
  func `a path leads to its values`(
    entry: String, path: String, values: [Double]
  ) throws {
    #expect(try numbers(entry, path) == values)
  }

  @Test(arguments: [
    ("07-More", "minutes"), ("02-Data", "hours"), ("02-Data", "minutes.a"),
    ("02-Data", "points[3]"), ("02-Data", "points[epsilon=0.3]"),
    ("02-Data", "points[name=random]"), ("02-Data", "points.accuracy"),
    ("02-Data", "points[0"), ("02-Data", "minutes[0]"), ("02-Data", "between"),
    ("02-Data", "points[-1]"), ("02-Data", "points[0]accuracy."),
  ])
  func `a path that leads nowhere is an error`(entry: String, path: String) {
    #expect(throws: (any Error).self) { try numbers(entry, path) }
  }
}
