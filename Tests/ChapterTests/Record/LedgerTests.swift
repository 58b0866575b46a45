import Foundation
import Testing

@testable import Record

@Suite struct LedgerTests {
  @Test func `what differs between two runs is left out, at any depth`() throws
  {
    let old: [String: Any] = [
      "date": "2026-01-01", "seconds": 1.5, "secondsWriting": 0.1,
      "modelSHA256": "ab", "tables": ["a"], "outputs": ["b"],
      "exercise.4a": true, "accuracy": 0.99,
      "history": [["trainingSeconds": 5.0, "epoch": 1]],
    ]
    let kept = try #require(Ledger.timeless(old) as? [String: Any])
    #expect(kept.keys.sorted() == ["accuracy", "history"])
    let history = try #require(kept["history"] as? [[String: Any]])
    #expect(history.map { $0.keys.sorted() } == [["epoch"]])
  }
}
