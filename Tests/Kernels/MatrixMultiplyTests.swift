import Testing

@testable import Shared

extension Kernels {
  @Suite struct MatrixMultiplyTests {
    // Rows through every height of tile, columns through pairs of vectors, single
    // vectors and the rest, for vectors of 4, 8 and 16.
    static let rows = Array(1...16) + [27, 29, 41]
    static let columns = [
      1, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 64, 77,
    ]
    static let depth = 11

    @Test(arguments: columns)
    func `every tile sums every product`(_ columns: Int) {
      for rows in Self.rows {
        for accumulate in [false, true] {
          expectProduct(rows, columns, accumulate: accumulate)
        }
      }
    }

    private func expectProduct(_ rows: Int, _ columns: Int, accumulate: Bool) {
      // A frame around the output shows whether anything beside it is written.
      let (left, right, old) = operands(rows, columns)
      var output = old
      multiply(
        left.scalars, by: right.scalars, &output.scalars, rows: rows,
        columns: columns, accumulate: accumulate)
      var expected = ExactTensor(old)
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = accumulate ? Double(old[row, column]) : 0
          for k in 0..<Self.depth {
            sum += Double(left[row, k]) * Double(right[k, column])
          }
          expected[row, column] = sum
        }
      }
      expectClose(output, expected, relative: 1e-5, "\(rows) × \(columns)")
      for row in 0..<rows {
        #expect(output[row, columns] == old[row, columns])
      }
      #expect(output.rows(rows..<rows + 1) == old.rows(rows..<rows + 1))
    }

    private func operands(_ rows: Int, _ columns: Int)
      -> (left: Tensor, right: Tensor, output: Tensor)
    {
      (
        Sample.uniform([rows, Self.depth], seed: 1),
        Sample.uniform([Self.depth, columns], seed: 2),
        Sample.uniform([rows + 1, columns + 1], seed: 3)
      )
    }

    private func multiply(
      _ left: UnsafePointer<Float>, by right: UnsafePointer<Float>,
      _ output: UnsafeMutablePointer<Float>, rows: Int, columns: Int,
      accumulate: Bool
    ) {
      Shared.multiply(
        LeftMatrix(start: left, rowStride: Self.depth, length: Self.depth),
        by: right, rightStride: columns, into: output,
        outputStride: columns + 1,
        rows: rows, columns: columns, start: accumulate ? .accumulate : .zero)
    }

    @Test func `a sum does not depend on its place in the matrix`() {
      // The same row and the same column everywhere: whatever tile or remainder
      // computes it, the bits are the same.
      let row = Sample.uniform([Self.depth], seed: 1)
      let column = Sample.uniform([Self.depth], seed: 2)
      let (rows, columns) = (29, 77)
      let left = Tensor(
        concatenating: Array(repeating: row.reshaped(to: [1, 11]), count: rows))
      let right = Tensor(
        shape: [Self.depth, columns],
        scalars: column.scalars.flatMap { Array(repeating: $0, count: columns) }
      )
      var output = Tensor(shape: [rows, columns + 1])
      multiply(
        left.scalars, by: right.scalars, &output.scalars, rows: rows,
        columns: columns, accumulate: false)
      for row in 0..<rows {
        for column in 0..<columns {
          #expect(output[row, column] == output[0, 0])
        }
      }
    }
  }
}
