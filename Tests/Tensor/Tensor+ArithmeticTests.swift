import Testing

@testable import Shared

@Suite struct TensorArithmeticTests {
  let left = Tensor(shape: [2, 2], scalars: [1, -2, 3, -4])
  let right = Tensor(shape: [2, 2], scalars: [10, 20, 30, 40])

  @Test func `arithmetic goes element by element`() {
    #expect((left + right).scalars == [11, 18, 33, 36])
    #expect((left - right).scalars == [-9, -22, -27, -44])
    #expect((left * -0.5).scalars == [-0.5, 1, -1.5, 2])
    #expect(left.map { $0 * $0 }.scalars == [1, 4, 9, 16])
    #expect(left.combined(with: right, max) == right)
    var sum = left
    sum += right
    #expect(sum == left + right)
    #expect(left.scalars == [1, -2, 3, -4])
  }

  @Test func `sums are exact where Float's would not be`() {
    // In Float, 2²⁴ + 1 is 2²⁴.
    let tensor = Tensor([0x1p24, 1, 1, 1])
    #expect(tensor.sum == 0x1p24 + 3)
    #expect(tensor.mean == (0x1p24 + 3) / 4)
  }

  @Test func `norms are the largest magnitude and the length`() {
    let tensor = Tensor([3, -4])
    #expect(tensor.norm == 5)
    #expect(tensor.maximumMagnitude == 4)
    #expect(Tensor([]).maximumMagnitude == 0)
  }

  @Test func `different shapes are refused with both shapes`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(shape: [2, 3]) + Tensor(shape: [3, 2])
    }
    expectMessage(of: result, contains: "[2, 3]", "[3, 2]")
  }

  @Test func `adding in place refuses them too`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var sum = Tensor(shape: [2, 3])
      sum += Tensor(shape: [6])
    }
    expectMessage(of: result, contains: "[2, 3]", "[6]")
  }
}
