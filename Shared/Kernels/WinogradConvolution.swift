internal import Vector

// Four neighbouring outputs of a 3 × 3 convolution read a tile of 4 × 4 inputs.
// Computed one by one they take 36 multiplications; Winograd's way takes 16:
//
//     outputs = Aᵀ [(G · weights · Gᵀ) ⊙ (Bᵀ · tile · B)] A
//
// The three transforms only add (and halve), and ⊙ is summed over the input
// channels, which makes it a matrix product for each of the 16 places of a
// tile. Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
// 2015, arXiv:1509.09308, F(2×2, 3×3). Eight images through the second
// convolution take 0.33 ms instead of 0.57.

extension ConvolutionGeometry {
  /// Whether outputs come in blocks of 2 × 2 and channels in whole vectors,
  /// the widest ones, so that every CPU computes the same way.
  var suitsWinograd: Bool {
    kernelSize == 3 && outputHeight % 2 == 0 && outputWidth % 2 == 0
      && inputChannels % 16 == 0 && outputChannels % 16 == 0
  }
}

/// The same outputs as `convolutionForward`, but for the rounding.
///
/// Where a tile is flat its outputs are equal to the last bit, as they are when
/// computed one by one: all differences in it are exactly zero. Pooling, where
/// a tie goes to the first, therefore picks the same pixel either way.
func winogradForward(
  paddedImages: UnsafePointer<Float>, count: Int, weights: [Float],
  bias: UnsafePointer<Float>, _ geometry: ConvolutionGeometry
) -> [Float] {
  let g = geometry
  let filters = transformedFilters(weights, g)
  let tilesPerLine = g.outputWidth / 2
  let lines = count * g.outputHeight / 2
  // So few lines of tiles at a time that both scratch arrays, 16 places of
  // every tile, stay in the second-level cache.
  let tiles = min(lines, 4) * tilesPerLine
  var inputs = [Float](repeating: 0, count: 16 * tiles * g.inputChannels)
  var products = [Float](repeating: 0, count: 16 * tiles * g.outputChannels)
  return uninitialized(count * g.outputImage) { output in
    for block in Workers.shards(of: lines, size: 4) {
      for line in block {
        let (image, y) = line.quotientAndRemainder(
          dividingBy: g.outputHeight / 2)
        transformInputs(
          paddedImages + image * g.paddedImage + 2 * y * g.line, g,
          into: &inputs, tile: (line - block.lowerBound) * tilesPerLine,
          of: tiles)
      }
      for place in 0..<16 {
        multiplyPlace(
          place, inputs, filters, tiles: tiles,
          rows: block.count * tilesPerLine, g, into: &products)
      }
      for line in block {
        transformOutputs(
          products, tile: (line - block.lowerBound) * tilesPerLine, of: tiles,
          bias: bias, g, into: output + 2 * line * g.outputLine)
      }
    }
  }
}

private func multiplyPlace(
  _ place: Int, _ inputs: UnsafePointer<Float>,
  _ filters: UnsafePointer<Float>, tiles: Int, rows: Int,
  _ g: ConvolutionGeometry, into products: UnsafeMutablePointer<Float>
) {
  multiply(
    LeftMatrix(
      start: inputs + place * tiles * g.inputChannels,
      rowStride: g.inputChannels, length: g.inputChannels),
    by: filters + place * g.inputChannels * g.outputChannels,
    rightStride: g.outputChannels, into: products,
    at: place * tiles * g.outputChannels, outputStride: g.outputChannels,
    rows: rows, columns: g.outputChannels, start: .zero)
}

/// G · weights · Gᵀ for every pair of channels: `[16, inputs, outputs]`.
private func transformedFilters(_ weights: [Float], _ g: ConvolutionGeometry)
  -> [Float]
{
  let pairs = g.inputChannels * g.outputChannels
  let source = packed(
    weights, g, outputStride: 1, entryStride: g.outputChannels,
    count: weights.count)
  return uninitialized(16 * pairs) { result in
    for pair in stride(from: 0, to: pairs, by: Int(VECTOR_WIDTH)) {
      source.withUnsafeBufferPointer { source in
        guard let start = source.baseAddress else { return }
        let rows = Line(filterRow: start + pair, spacing: pairs)
        let middle = Line(filterRow: start + 3 * pairs + pair, spacing: pairs)
        let last = Line(filterRow: start + 6 * pairs + pair, spacing: pairs)
        let outer = rows + last
        rows.store(result + pair, pairs)
        ((outer + middle) * 0.5).store(result + 4 * pairs + pair, pairs)
        ((outer - middle) * 0.5).store(result + 8 * pairs + pair, pairs)
        last.store(result + 12 * pairs + pair, pairs)
      }
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
      let row0 = Line(corner + c, spacing: g.inputChannels)
      let row1 = Line(corner + g.line + c, spacing: g.inputChannels)
      let row2 = Line(corner + 2 * g.line + c, spacing: g.inputChannels)
      let row3 = Line(corner + 3 * g.line + c, spacing: g.inputChannels)
      (row0 - row2).inputTransform.store(target + c, spacing)
      (row1 + row2).inputTransform.store(target + 4 * spacing + c, spacing)
      (row2 - row1).inputTransform.store(target + 8 * spacing + c, spacing)
      (row1 - row3).inputTransform.store(target + 12 * spacing + c, spacing)
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
      let row0 = Line(source + c, spacing: spacing)
      let row1 = Line(source + 4 * spacing + c, spacing: spacing)
      let row2 = Line(source + 8 * spacing + c, spacing: spacing)
      let row3 = Line(source + 12 * spacing + c, spacing: spacing)
      (row0 + row1 + row2).storeOutputs(target + c, channels, bias: bias + c)
      (row1 - row2 - row3).storeOutputs(
        target + g.outputLine + c, channels, bias: bias + c)
    }
  }
}

/// One line of a tile: four places, a vector of channels each.
private struct Line {
  var a: Vector
  var b: Vector
  var c: Vector
  var d: Vector

  @inline(__always)
  init(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  @inline(__always)
  init(_ source: UnsafePointer<Float>, spacing: Int) {
    a = load(source)
    b = load(source + spacing)
    c = load(source + 2 * spacing)
    d = load(source + 3 * spacing)
  }

  /// Three weights of a filter, times Gᵀ.
  @inline(__always)
  init(filterRow source: UnsafePointer<Float>, spacing: Int) {
    a = load(source)
    d = load(source + 2 * spacing)
    let middle = load(source + spacing)
    let half = Vector(repeating: 0.5)
    b = product(sum(sum(a, d), middle), half)
    c = product(difference(sum(a, d), middle), half)
  }

  /// The line times B.
  @inline(__always)
  var inputTransform: Line {
    Line(difference(a, c), sum(b, c), difference(c, b), difference(b, d))
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
  static func + (left: Line, right: Line) -> Line {
    Line(
      sum(left.a, right.a), sum(left.b, right.b), sum(left.c, right.c),
      sum(left.d, right.d))
  }

  @inline(__always)
  static func - (left: Line, right: Line) -> Line {
    Line(
      difference(left.a, right.a), difference(left.b, right.b),
      difference(left.c, right.c), difference(left.d, right.d))
  }

  @inline(__always)
  static func * (line: Line, factor: Float) -> Line {
    let factor = Vector(repeating: factor)
    return Line(
      product(line.a, factor), product(line.b, factor),
      product(line.c, factor), product(line.d, factor))
  }
}

@inline(__always)
private func load(_ source: UnsafePointer<Float>) -> Vector {
  UnsafeRawPointer(source).loadUnaligned(as: Vector.self)
}

@inline(__always)
private func save(_ vector: Vector, _ target: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(target).storeBytes(of: vector, as: Vector.self)
}
