import Testing

@testable import Shared

@Suite struct AttackLossTests {
  private static let all: [AttackLoss] = [
    .crossEntropy, .margin, .dlr, .logit, .lead,
  ]

  @Test func `values and slopes are PyTorch's`() throws {
    let rows = try AttackFixture.load().attackLosses
    #expect(rows.count >= 10)
    for row in rows {
      let avoid = Goal.avoid(row.label)
      let reach = Goal.reach(row.target, from: row.label)
      expect(.crossEntropy, row.logits, avoid, row.crossEntropy)
      expect(.margin, row.logits, avoid, row.margin)
      expect(.dlr, row.logits, avoid, row.dlr)
      expect(.dlr, row.logits, reach, row.targetedDLR)
    }
  }

  private func expect(
    _ loss: AttackLoss, _ logits: [Float], _ goal: Goal,
    _ expected: AttackFixture.Slope
  ) {
    let (value, gradient) = loss(logits, goal)
    let name = "\(loss.name) of \(logits), \(goal)"
    expectClose([value], [expected.value], relative: 1e-5, name)
    expectClose(
      gradient.map(Double.init), expected.gradient, relative: 1e-5, name)
  }

  @Test(arguments: [2, 3, 4, 10])
  func `slopes are those of the values`(classes: Int) {
    // All logits differ by at least 0.125, more than two steps: no order
    // changes. They are numbers that a step does not round.
    let step: Float = 0x1p-9
    var generator = SeededGenerator(seed: UInt64(classes))
    for _ in 0..<20 {
      let logits = (0..<classes).shuffled(using: &generator)
        .map { 0.125 * (3 * Float($0) - Float(classes)) }
      for (loss, goal) in lossesAndGoals(classes) {
        let slopes = logits.indices.map { i in
          var (up, down) = (logits, logits)
          up[i] += step
          down[i] -= step
          return (loss(up, goal).value - loss(down, goal).value)
            / Double(2 * step)
        }
        expectClose(
          loss(logits, goal).gradient.map(Double.init), slopes, relative: 1e-5,
          "\(loss.name) of \(logits), \(goal)")
      }
    }
  }

  private func lossesAndGoals(_ classes: Int) -> [(AttackLoss, Goal)] {
    let goals = (0..<classes).flatMap { label in
      [Goal.avoid(label), .reach((label + 1) % classes, from: label)]
    }
    return Self.all.flatMap { loss in goals.map { (loss, $0) } }
  }

  @Test func `above 0 the margin's goal is met, and below it is not`() {
    for (index, row) in Sample.uniform([200, 5], seed: 1).allRows.enumerated() {
      let label = index % 5
      let answer = predictions(Tensor(shape: [1, 5], scalars: row))[0]
      for goal in [Goal.avoid(label), .reach((label + 2) % 5, from: label)] {
        let value = AttackLoss.margin(row, goal).value
        #expect((value > 0) == goal.isMet(by: answer))
        // The sign of DLR without a target tells the same.
        if goal.target == nil {
          #expect((AttackLoss.dlr(row, goal).value > 0) == (value > 0))
        }
      }
    }
  }

  @Test func `by hand`() {
    let logits: [Float] = [4, 1, 3, 0]
    func value(_ loss: AttackLoss, _ goal: Goal) -> Double {
      loss(logits, goal).value
    }
    #expect(value(.margin, .avoid(0)) == -1)
    #expect(value(.margin, .avoid(1)) == 3)
    #expect(value(.margin, .reach(2, from: 1)) == -1)
    #expect(value(.margin, .reach(0, from: 1)) == 1)
    #expect(value(.lead, .avoid(0)) == -1)
    #expect(value(.lead, .reach(2, from: 1)) == 2)
    #expect(value(.logit, .avoid(0)) == -4)
    #expect(value(.logit, .reach(2, from: 0)) == 3)
    #expect(AttackLoss.logit(logits, .avoid(0)).gradient == [-1, 0, 0, 0])
    #expect(value(.dlr, .avoid(0)) == -1.0 / 3)
    #expect(value(.dlr, .avoid(3)) == 4.0 / 3)
    #expect(value(.dlr, .reach(2, from: 0)) == -1 / 3.5)
  }

  @Test func `cross-entropy with a target is that of the target, negative`() {
    let logits: [Float] = [4, 1, 3, 0]
    let plain = AttackLoss.crossEntropy(logits, .avoid(2))
    let targeted = AttackLoss.crossEntropy(logits, .reach(2, from: 0))
    #expect(targeted.value == -plain.value)
    #expect(targeted.gradient == plain.gradient.map { -$0 })
  }

  @Test func `cross-entropy pulls the right class down when p rounds to 1`() {
    // p is 1 − 2e⁻²⁰, and the nearest number to that is 1.
    let slope = AttackLoss.crossEntropy([20, 0, 0], .avoid(0)).gradient
    expectClose(
      slope.map(Double.init), [-2, 1, 1].map { $0 * 2.061153622e-9 },
      relative: 1e-6)
  }

  @Test func `DLR does not change when all logits grow or shift`() {
    for row in Sample.uniform([50, 10], seed: 2).allRows {
      for goal in [Goal.avoid(3), .reach(5, from: 3)] {
        let (value, gradient) = AttackLoss.dlr(row, goal)
        let (larger, flatter) = AttackLoss.dlr(row.map { 4096 * $0 }, goal)
        #expect(abs(larger - value) < 1e-12 * max(1, abs(value)))
        expectClose(
          flatter.map { 4096 * Double($0) }, gradient.map(Double.init),
          relative: 1e-6)
        let shifted = AttackLoss.dlr(row.map { $0 + 8 }, goal).value
        #expect(abs(shifted - value) < 1e-4 * max(1, abs(value)))
      }
    }
  }

  @Test func `logits of a certain model leave a slope, unlike probabilities`() {
    var logits = [Float](repeating: 0, count: 10)
    logits[0] = 200
    logits[1] = 60
    #expect(AttackLoss.crossEntropy(logits, .avoid(0)).gradient[0] == 0)
    #expect(AttackLoss.crossEntropy(logits, .avoid(0)).value > 0)
    for loss in [AttackLoss.margin, .lead, .logit, .dlr] {
      #expect(loss(logits, .avoid(0)).gradient[0] < -1e-3, "\(loss.name)")
    }
  }

  @Test(arguments: [2, 3, 4, 10])
  func `equal logits give numbers`(classes: Int) {
    let logits = [Float](repeating: 1.5, count: classes)
    for (loss, goal) in lossesAndGoals(classes) {
      let (value, gradient) = loss(logits, goal)
      #expect(value.isFinite && gradient.allSatisfy(\.isFinite))
      #expect(gradient.count == classes)
    }
  }

  @Test func `with few classes DLR is a difference of two logits`() {
    #expect(AttackLoss.dlr([3, 1], .avoid(0)).value == -2)
    #expect(AttackLoss.dlr([3, 1], .reach(1, from: 0)).value == -2)
    #expect(AttackLoss.dlr([3, 1, 0], .reach(1, from: 0)).value == -2)
    #expect(AttackLoss.dlr([3, 1, 0], .avoid(0)).value == -2.0 / 3)
  }

  @Test func `many images are as one after the other`() {
    let logits = Sample.uniform([6, 10], seed: 3)
    let goals = (0..<6).map { Goal.reach($0 + 1, from: $0) }
    for loss in Self.all {
      let (losses, gradient) = loss.slopes(logits, goals)
      #expect(gradient.shape == [6, 10])
      for (row, goal) in goals.enumerated() {
        let one = loss(Array(logits.row(row)), goal)
        #expect(losses[row] == one.value)
        #expect(Array(gradient.row(row)) == one.gradient)
      }
    }
  }
}
