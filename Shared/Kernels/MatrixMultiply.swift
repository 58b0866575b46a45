internal import Vector

/// output[r, c] = start + Σ_k left[r, k] · right[k, c].
///
/// Every kernel of this library ends here. Vectors run along the columns of the
/// output and every sum runs in the order of k, so a sum does not depend on the
/// width of a vector, on the number of rows, or on who computes it.
func multiply(
  _ left: LeftMatrix,
  by right: UnsafePointer<Float>, rightStride: Int,
  into target: UnsafeMutablePointer<Float>, at offset: Int = 0,
  outputStride: Int, rows: Int, columns: Int, start: ProductStart
) {
  let output = target + offset
  let width = Int(VECTOR_WIDTH)
  var column = 0
  while column + 2 * width <= columns {
    columnBlock(
      Pair.self, left, right + column, rightStride, output + column,
      outputStride, rows, start.moved(by: column))
    column += 2 * width
  }
  while column + width <= columns {
    columnBlock(
      Single.self, left, right + column, rightStride, output + column,
      outputStride, rows, start.moved(by: column))
    column += width
  }
  for column in column..<columns {
    scalarColumn(
      left, right + column, rightStride, output + column, outputStride, rows,
      start.moved(by: column))
  }
}

/// One block of columns, all rows: the tallest tile that fits, again and again.
///
/// Fourteen rows of two vectors are 28 running sums: with 32 vector registers
/// they all stay in registers and hide the latency of the multiply-add (about
/// 92 % of peak with AVX-512). With 16 registers six rows are the most.
@inline(__always)
private func columnBlock<Lanes: LaneBlock>(
  _: Lanes.Type, _ left: LeftMatrix, _ right: UnsafePointer<Float>,
  _ rightStride: Int, _ output: UnsafeMutablePointer<Float>,
  _ outputStride: Int, _ rows: Int, _ start: ProductStart
) {
  var row = 0
  @inline(__always)
  func run<Tile: RowTile>(_: Tile.Type) {
    while row + Tile.rows <= rows {
      var moved = left
      moved.start += row * left.rowStride
      runTile(
        Tile.self, moved, right, rightStride,
        output + row * outputStride, outputStride, start)
      row += Tile.rows
    }
  }
  if hasManyRegisters() {
    run(Fourteen<Lanes>.self)
    run(Twelve<Lanes>.self)
    run(Eight<Lanes>.self)
  }
  // Not six and two of eight: a tile of two waits for its four sums.
  if rows - row != 8 { run(Six<Lanes>.self) }
  run(Four<Lanes>.self)
  run(Three<Lanes>.self)
  run(Two<Lanes>.self)
  run(One<Lanes>.self)
}

@inline(__always)
private func runTile<Tile: RowTile>(
  _: Tile.Type, _ left: LeftMatrix, _ right: UnsafePointer<Float>,
  _ rightStride: Int, _ output: UnsafeMutablePointer<Float>,
  _ outputStride: Int, _ start: ProductStart
) {
  var tile: Tile
  switch start {
  case .zero: tile = Tile()
  case .accumulate: tile = Tile(loading: output, outputStride)
  case .bias(let pointer): tile = Tile(loading: pointer, 0)
  }
  var b = right
  for segment in 0..<left.segments {
    var a = left.start + segment * left.segmentStride
    for _ in 0..<left.length {
      tile.multiplyAdd(a, left.rowStride, Tile.Lanes(loading: b))
      a += left.elementStride
      b += rightStride
    }
  }
  tile.store(output, outputStride)
}

/// The columns of one row that a tile holds: one vector or two.
private protocol LaneBlock {
  init()
  init(loading source: UnsafePointer<Float>)
  mutating func multiplyAdd(_ factor: Float, _ other: Self)
  func store(_ target: UnsafeMutablePointer<Float>)
}

private struct Single: LaneBlock {
  var lanes = Vector()

  @inline(__always) init() {}

  @inline(__always) init(loading source: UnsafePointer<Float>) {
    lanes = load(source)
  }

  @inline(__always)
  mutating func multiplyAdd(_ factor: Float, _ other: Single) {
    lanes = fusedMultiplyAdd(Vector(repeating: factor), other.lanes, lanes)
  }

  @inline(__always) func store(_ target: UnsafeMutablePointer<Float>) {
    save(lanes, target)
  }
}

private struct Pair: LaneBlock {
  var low = Single()
  var high = Single()

  @inline(__always) init() {}

  @inline(__always) init(loading source: UnsafePointer<Float>) {
    low = Single(loading: source)
    high = Single(loading: source + Int(VECTOR_WIDTH))
  }

  @inline(__always)
  mutating func multiplyAdd(_ factor: Float, _ other: Pair) {
    low.multiplyAdd(factor, other.low)
    high.multiplyAdd(factor, other.high)
  }

  @inline(__always) func store(_ target: UnsafeMutablePointer<Float>) {
    low.store(target)
    high.store(target + Int(VECTOR_WIDTH))
  }
}

/// Some rows of running sums.
///
/// A taller tile is two shorter ones stacked: the compiler takes the nested
/// structs apart and keeps each vector in a register.
private protocol RowTile {
  associatedtype Lanes: LaneBlock
  static var rows: Int { get }
  init()
  init(loading source: UnsafePointer<Float>, _ stride: Int)
  mutating func multiplyAdd(
    _ left: UnsafePointer<Float>, _ stride: Int, _ right: Lanes)
  func store(_ target: UnsafeMutablePointer<Float>, _ stride: Int)
}

private struct One<Lanes: LaneBlock>: RowTile {
  var lanes = Lanes()
  static var rows: Int { 1 }

  @inline(__always) init() {}

  @inline(__always)
  init(loading source: UnsafePointer<Float>, _ stride: Int) {
    lanes = Lanes(loading: source)
  }

  @inline(__always)
  mutating func multiplyAdd(
    _ left: UnsafePointer<Float>, _ stride: Int, _ right: Lanes
  ) {
    lanes.multiplyAdd(left.pointee, right)
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>, _ stride: Int) {
    lanes.store(target)
  }
}

private struct Stack<Top: RowTile, Bottom: RowTile>: RowTile
where Top.Lanes == Bottom.Lanes {
  typealias Lanes = Top.Lanes
  var top = Top()
  var bottom = Bottom()
  static var rows: Int { Top.rows + Bottom.rows }

  @inline(__always) init() {}

  @inline(__always)
  init(loading source: UnsafePointer<Float>, _ stride: Int) {
    top = Top(loading: source, stride)
    bottom = Bottom(loading: source + Top.rows * stride, stride)
  }

  @inline(__always)
  mutating func multiplyAdd(
    _ left: UnsafePointer<Float>, _ stride: Int, _ right: Lanes
  ) {
    top.multiplyAdd(left, stride, right)
    bottom.multiplyAdd(left + Top.rows * stride, stride, right)
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>, _ stride: Int) {
    top.store(target, stride)
    bottom.store(target + Top.rows * stride, stride)
  }
}

private typealias Two<Lanes: LaneBlock> = Stack<One<Lanes>, One<Lanes>>
private typealias Three<Lanes: LaneBlock> = Stack<Two<Lanes>, One<Lanes>>
private typealias Four<Lanes: LaneBlock> = Stack<Two<Lanes>, Two<Lanes>>
private typealias Six<Lanes: LaneBlock> = Stack<Four<Lanes>, Two<Lanes>>
private typealias Eight<Lanes: LaneBlock> = Stack<Four<Lanes>, Four<Lanes>>
private typealias Twelve<Lanes: LaneBlock> = Stack<Eight<Lanes>, Four<Lanes>>
private typealias Fourteen<Lanes: LaneBlock> = Stack<Twelve<Lanes>, Two<Lanes>>
