import Testing

@testable import Shared

@Suite struct LogitLeadTests {
  private let logits = Tensor(shape: [1, 4], scalars: [1, 5, -3, 3])

  @Test func `winner, runner-up and gap`() throws {
    let lead = try #require(LogitLead(logits))
    #expect(lead.winner == 1 && lead.runnerUp == 3)
    #expect(lead.gap == 2)
    #expect(abs(lead.length - 44.0.squareRoot()) < 1e-6)
    #expect(abs(lead.shortestTurn - 2.0.squareRoot()) < 1e-6)
    #expect(abs(lead.relativeTurn - (2.0 / 44).squareRoot()) < 1e-6)
  }

  @Test func `half up and half down makes the two equal`() throws {
    let lead = try #require(LogitLead(logits))
    var turned = logits
    turned.scalars[lead.winner] -= Float(lead.gap / 2)
    turned.scalars[lead.runnerUp] += Float(lead.gap / 2)
    #expect(turned.lead(of: lead.winner) == 0)
    #expect(abs((turned - logits).norm - lead.shortestTurn) < 1e-6)
  }

  @Test func `no shorter change turns the answer`() throws {
    let lead = try #require(LogitLead(logits))
    for seed in 0..<200 as Range<UInt64> {
      let direction = Sample.uniform([1, 4], seed: seed)
      let scale = 0.999 * lead.shortestTurn / direction.norm
      let changed = logits + direction * Float(scale)
      #expect(predictions(changed) == [lead.winner])
    }
  }

  @Test func `a lead may be negative, and one class has none`() {
    #expect(logits.lead(of: 0) == -4)
    #expect(logits.lead(of: 1) == 2)
    #expect(LogitLead(Tensor(shape: [1, 1], scalars: [1])) == nil)
    #expect(LogitLead(Tensor(shape: [1, 2]))?.relativeTurn == 0)
  }
}
