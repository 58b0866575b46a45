import Testing

@testable import Shared

@Suite struct FlippedUnitsTests {
  @Test func `on and off are told apart`() {
    let clean = Tensor([0, 0, 2, 3, 0, 1])
    let changed = Tensor([1, 0, 0, 5, 4, 0.5])
    let flipped = flippedUnits(from: clean, to: changed)
    // Numbers 0 and 4 went on, number 2 went off; 3 and 5 stayed on.
    #expect(flipped.switchedOn == 2)
    #expect(flipped.switchedOff == 1)
    #expect(flipped.count == 6)
    #expect(flipped.share == 0.5)
  }

  @Test func `a change of size alone switches nothing`() {
    let clean = Tensor(shape: [1, 2, 2, 1], scalars: [0, 1, 2, 0])
    #expect(flippedUnits(from: clean, to: clean * 7).share == 0)
    #expect(flippedUnits(from: clean, to: clean).share == 0)
  }

  @Test func `on is above zero, nothing else`() {
    let flipped = flippedUnits(
      from: Tensor([-1, 0, .nan, 1]), to: Tensor([0, -1, 1, .nan]))
    #expect(flipped.switchedOn == 1 && flipped.switchedOff == 1)
  }

  @Test func `everything can flip`() {
    let flipped = flippedUnits(from: Tensor([1, 1]), to: Tensor([0, 0]))
    #expect(flipped.share == 1 && flipped.switchedOn == 0)
  }
}
