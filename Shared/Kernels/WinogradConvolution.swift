internal import Vector

// Four neighbouring outputs of a 3 × 3 convolution read a tile of 4 × 4 inputs.
// Computed one by one they take 36 multiplications; Winograd's way takes 16:
//
//     outputs = Aᵀ [(G · weights · Gᵀ) ⊙ (Bᵀ · tile · B)] A
//
// The transforms only add and halve; ⊙, summed over the input channels, is a
// matrix product for each of the 16 places of a tile (Lavin and Gray, 2015,
// arXiv:1509.09308, F(2×2, 3×3)). conv2 takes 0.33 ms for 8 images, not 0.57.

extension ConvolutionGeometry {
  /// Whether outputs come in blocks of 2 × 2 and channels in whole vectors,
  /// the widest ones, so that every CPU computes the same way.
  var suitsWinograd: Bool {
    kernelSize == 3 && stride == 1 && outputHeight % 2 == 0
      && outputWidth % 2 == 0
      && inputChannels % 16 == 0 && outputChannels % 16 == 0
  }
}

/// Computes two lines of outputs, one of tiles, after the other, and calls
/// `body` with its number and where they are.
func forEachTileLine(
  _ paddedImages: UnsafePointer<Float>, _ count: Int,
  _ weights: ConvolutionWeights, _ g: ConvolutionGeometry,
  _ body: (_ line: Int, _ outputs: UnsafePointer<Float>) -> Void
) {
  let (tilesPerLine, tileLines) = (g.outputWidth / 2, g.outputHeight / 2)
  let lines = count * tileLines
  // So few tiles at a time that both arrays stay in the second-level cache.
  let tiles = min(lines, 4) * tilesPerLine
  var inputs = [Float](repeating: 0, count: 16 * tiles * g.inputChannels)
  var products = [Float](repeating: 0, count: 16 * tiles * g.outputChannels)
  var outputs = [Float](repeating: 0, count: 2 * g.outputLine)
  for block in Workers.shards(of: lines, size: 4) {
    for line in block {
      let (image, y) = line.quotientAndRemainder(dividingBy: tileLines)
      transformInputs(
        paddedImages + image * g.paddedImage + 2 * y * g.line, g,
        into: &inputs, tile: (line - block.lowerBound) * tilesPerLine,
        of: tiles)
    }
    for place in 0..<16 {
      multiplyPlace(
        place, inputs, weights.forward, tiles: tiles,
        rows: block.count * tilesPerLine, g, into: &products)
    }
    for line in block {
      transformOutputs(
        products, tile: (line - block.lowerBound) * tilesPerLine, of: tiles,
        bias: weights.bias, g, into: &outputs)
      body(line, outputs)
    }
  }
}

/// One place of every tile times the same place of every filter.
private func multiplyPlace(
  _ place: Int, _ inputs: UnsafePointer<Float>,
  _ filters: UnsafePointer<Float>, tiles: Int, rows: Int,
  _ g: ConvolutionGeometry, into products: UnsafeMutablePointer<Float>
) {
  let (channels, outputs) = (g.inputChannels, g.outputChannels)
  multiply(
    LeftMatrix(
      start: inputs + place * tiles * channels, rowStride: channels,
      length: channels),
    by: filters + place * channels * outputs, rightStride: outputs,
    into: products, at: place * tiles * outputs, outputStride: outputs,
    rows: rows, columns: outputs, start: .zero)
}

/// G · weights · Gᵀ for every pair of channels: `[16, inputs, outputs]`.
func transformedFilters(_ weights: [Float], _ g: ConvolutionGeometry)
  -> [Float]
{
  let pairs = g.inputChannels * g.outputChannels
  let source = packed(
    weights, g, outputStride: 1, entryStride: g.outputChannels,
    count: weights.count)
  return uninitialized(16 * pairs) { result in
    for pair in stride(from: 0, to: pairs, by: Int(VECTOR_WIDTH)) {
      let first = Line(filterRow: source, at: pair, spacing: pairs)
      let middle = Line(filterRow: source, at: 3 * pairs + pair, spacing: pairs)
      let last = Line(filterRow: source, at: 6 * pairs + pair, spacing: pairs)
      let outer = first + last
      first.store(result + pair, pairs)
      (outer + middle).halved.store(result + 4 * pairs + pair, pairs)
      (outer - middle).halved.store(result + 8 * pairs + pair, pairs)
      last.store(result + 12 * pairs + pair, pairs)
    }
  }
}

/// Bᵀ · tile · B for every tile of a line, all channels.
private func transformInputs(
  _ image: UnsafePointer<Float>, _ g: ConvolutionGeometry,
  into inputs: UnsafeMutablePointer<Float>, tile first: Int, of tiles: Int
) {
  let spacing = tiles * g.inputChannels
  for tile in 0..<g.outputWidth / 2 {
    let corner = image + 2 * tile * g.inputChannels
    let target = inputs + (first + tile) * g.inputChannels
    for c in stride(from: 0, to: g.inputChannels, by: Int(VECTOR_WIDTH)) {
      let t = Tile(corner + c, lines: g.line, places: g.inputChannels)
      (t.a - t.c).inputTransform.store(target + c, spacing)
      (t.b + t.c).inputTransform.store(target + 4 * spacing + c, spacing)
      (t.c - t.b).inputTransform.store(target + 8 * spacing + c, spacing)
      (t.b - t.d).inputTransform.store(target + 12 * spacing + c, spacing)
    }
  }
}

/// Aᵀ · products · A + bias for every tile of a line, all channels.
private func transformOutputs(
  _ products: UnsafePointer<Float>, tile first: Int, of tiles: Int,
  bias: UnsafePointer<Float>, _ g: ConvolutionGeometry,
  into output: UnsafeMutablePointer<Float>
) {
  let channels = g.outputChannels
  let spacing = tiles * channels
  for tile in 0..<g.outputWidth / 2 {
    let source = products + (first + tile) * channels
    let target = output + 2 * tile * channels
    for c in stride(from: 0, to: channels, by: Int(VECTOR_WIDTH)) {
      let t = Tile(source + c, lines: 4 * spacing, places: spacing)
      (t.a + t.b + t.c).storeOutputs(target + c, channels, bias: bias + c)
      (t.b - t.c - t.d).storeOutputs(
        target + g.outputLine + c, channels, bias: bias + c)
    }
  }
}

/// Four lines of four places, a vector of channels each.
private struct Tile {
  let a, b, c, d: Line

  @inline(__always)
  init(_ corner: UnsafePointer<Float>, lines: Int, places: Int) {
    a = Line(corner, spacing: places)
    b = Line(corner + lines, spacing: places)
    c = Line(corner + 2 * lines, spacing: places)
    d = Line(corner + 3 * lines, spacing: places)
  }
}

/// One line of a tile.
private struct Line {
  let a, b, c, d: Vector
}

extension Line {
  @inline(__always)
  init(_ p: UnsafePointer<Float>, spacing s: Int) {
    self.init(
      a: load(p), b: load(p + s), c: load(p + 2 * s), d: load(p + 3 * s))
  }

  /// Three weights of a filter, times Gᵀ.
  @inline(__always)
  init(filterRow source: UnsafePointer<Float>, at first: Int, spacing: Int) {
    let left = load(source + first)
    let middle = load(source + first + spacing)
    let right = load(source + first + 2 * spacing)
    let half = Vector(repeating: 0.5)
    self.init(
      a: left, b: product(sum(sum(left, right), middle), half),
      c: product(difference(sum(left, right), middle), half), d: right)
  }

  /// The line times B.
  @inline(__always)
  var inputTransform: Line {
    Line(
      a: difference(a, c), b: sum(b, c), c: difference(c, b),
      d: difference(b, d))
  }

  /// The line times A, plus the bias: two neighbouring outputs.
  @inline(__always)
  func storeOutputs(
    _ target: UnsafeMutablePointer<Float>, _ spacing: Int,
    bias: UnsafePointer<Float>
  ) {
    let bias = load(bias)
    save(sum(sum(sum(a, b), c), bias), target)
    save(sum(difference(difference(b, c), d), bias), target + spacing)
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>, _ spacing: Int) {
    save(a, target)
    save(b, target + spacing)
    save(c, target + 2 * spacing)
    save(d, target + 3 * spacing)
  }

  @inline(__always)
  static func + (l: Line, r: Line) -> Line {
    Line(a: sum(l.a, r.a), b: sum(l.b, r.b), c: sum(l.c, r.c), d: sum(l.d, r.d))
  }

  @inline(__always)
  static func - (l: Line, r: Line) -> Line {
    Line(
      a: difference(l.a, r.a), b: difference(l.b, r.b),
      c: difference(l.c, r.c), d: difference(l.d, r.d))
  }

  @inline(__always)
  var halved: Line {
    let h = Vector(repeating: 0.5)
    return Line(
      a: product(a, h), b: product(b, h), c: product(c, h), d: product(d, h))
  }
}
