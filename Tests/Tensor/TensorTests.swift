import Testing

@testable import Shared

@Suite struct TensorTests {
  let tensor = Tensor(shape: [2, 3], scalars: [0, 1, 2, 3, 4, 5])

  @Test func `the last axis is contiguous`() {
    #expect(tensor[0, 2] == 2)
    #expect(tensor[1, 0] == 3)
    var changed = tensor
    changed[1, 1] = 9
    #expect(changed.scalars == [0, 1, 2, 3, 9, 5])
    #expect(tensor.scalars[4] == 4)
  }

  @Test func `tensors are equal in shape and scalars`() {
    #expect(tensor == Tensor(shape: [2, 3], scalars: tensor.scalars))
    #expect(tensor != tensor.reshaped(to: [3, 2]))
    #expect(Tensor(shape: [2, 2], repeating: 3).scalars == [3, 3, 3, 3])
    #expect(Tensor([1, 2, 3]).shape == [3])
  }

  @Test func `rows are entries of the first axis`() {
    #expect(tensor.rowCount == 3)
    #expect(tensor.rows(1..<2) == Tensor(shape: [1, 3], scalars: [3, 4, 5]))
    #expect(tensor.rows(0..<0).shape == [0, 3])
  }

  @Test func `concatenation undoes cutting into rows`() {
    let parts = [tensor.rows(0..<1), tensor.rows(1..<2), tensor.rows(0..<2)]
    let whole = Tensor(concatenating: parts)
    #expect(whole.shape == [4, 3])
    #expect(whole.rows(0..<2) == tensor)
    #expect(whole.rows(2..<4) == tensor)
  }

  @Test func `too few scalars are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(shape: [2, 3], scalars: [1, 2, 3, 4, 5])
    }
    expectMessage(of: result, contains: "[2, 3]", "6 scalars", "got 5")
  }

  @Test func `an index outside the shape is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      // Inside the scalars, but not inside the row.
      _ = Tensor(shape: [2, 3])[0, 3]
    }
    expectMessage(of: result, contains: "[0, 3]", "[2, 3]")
  }

  @Test func `rows outside the tensor are refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(shape: [2, 3]).rows(1..<3)
    }
    expectMessage(of: result, contains: "1..<3", "[2, 3]")
  }

  @Test func `rows of different shapes are not concatenated`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor(
        concatenating: [Tensor(shape: [2, 3]), Tensor(shape: [2, 4])])
    }
    expectMessage(of: result, contains: "[2, 3]", "[2, 4]")
  }
}
