import Testing

@testable import Shared

@Suite struct EpsilonTests {
  @Test func `one size in three units`() {
    let epsilon = Epsilon.pixels(0.1)
    #expect(epsilon.levels == 25.5)
    #expect(abs(epsilon.normalized(standardDeviation: 0.3081) - 0.32457) < 1e-5)
    #expect(epsilon.description == "0.100 (25.5/255)")
    #expect(
      epsilon.inAllUnits(standardDeviation: 0.3081)
        == "0.100 (25.5/255, 0.325 normalized)")
    // Of grayer images than MNIST's the same change is more.
    #expect(
      epsilon.inAllUnits(standardDeviation: 0.25)
        == "0.100 (25.5/255, 0.400 normalized)")
    #expect(Epsilon.levels(255).pixels == 1)
    #expect(
      abs(Epsilon.normalized(1, standardDeviation: 0.3081).pixels - 0.3081)
        < 1e-7)
  }

  @Test func `a promise broken anywhere is noticed`() {
    let image = Tensor([0.5, 0, 1])
    let epsilon = Epsilon.pixels(0.1)
    #expect(epsilon.isAllowed(Tensor([0.4375, 0.0625, 1]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.39, 0, 1]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, -0.01, 1]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, 0, 1.01]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, 0, .nan]), from: image))
    #expect(!epsilon.isAllowed(Tensor([0.5, 0]), from: image))
  }

  @Test func `lists of sizes must rise`() throws {
    func message(_ list: [Float]) -> String {
      let error = #expect(throws: TutorialError.self) {
        try list.map(Epsilon.pixels).requireRising(file: "here")
      }
      return error?.description ?? ""
    }
    try [0, 0.1, 0.3].map(Epsilon.pixels).requireRising()
    #expect(message([]).contains("list of ε in here is empty"))
    #expect(message([0.1, 0.1]).contains("holds 0.1 twice"))
    #expect(message([0.2, 0.1]).contains("has 0.1 behind 0.2"))
    let list = [0, 0.05, 0.2].map(Epsilon.pixels)
    #expect(list.nearest(to: 0.1) == .pixels(0.05))
    #expect(list.nearest(to: 0) == .pixels(0.05))
    #expect([.pixels(0)].nearest(to: 0.1) == nil)
    let points = list.map {
      RobustnessPoint(epsilon: $0, accuracy: Proportion(1, of: 2))
    }
    #expect(points.at(.pixels(0.2)) == points[2])
    #expect(points.at(.pixels(0.1)) == nil)
  }
}
