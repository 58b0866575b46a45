import Testing

@testable import Shared

@Suite struct TotalVariationTests {
  @Test func `two pixels approach by the weight, until they meet`() {
    let image = Tensor(shape: [1, 1, 2, 1], scalars: [0, 1])
    func smooth(_ weight: Float) -> [Double] {
      TotalVariation(weight: weight, iterations: 200)(image).scalars
        .map(Double.init)
    }
    expectClose(smooth(0.25), [0.25, 0.75], relative: 1e-4)
    expectClose(smooth(1), [0.5, 0.5], relative: 1e-4)
  }

  @Test(arguments: [false, true])
  func `each half of an image moves by its share of the weight`(
    isTurned: Bool
  ) {
    // Four pixels, moved by s each, cost ½ · 4s² a row and save weight · s:
    // s = 0.4 / 4.
    let shape = isTurned ? [1, 8, 4, 1] : [1, 4, 8, 1]
    func halves(_ dark: Float, _ bright: Float) -> Tensor {
      Tensor(
        shape: shape,
        scalars: (0..<32).map {
          (isTurned ? $0 / 4 : $0 % 8) < 4 ? dark : bright
        })
    }
    let smooth = TotalVariation(weight: 0.4, iterations: 1000)(halves(0, 1))
    expectClose(smooth, ExactTensor(halves(0.1, 0.9)), relative: 1e-3)
  }

  @Test func `nothing nearby costs less`() {
    let image = Sample.uniform([1, 6, 5, 1], seed: 1).map { abs($0) }
    let layer = TotalVariation(weight: 0.15, iterations: 2000)
    let best = ExactTensor(layer(image))
    let start = ExactTensor(image)
    func cost(_ candidate: ExactTensor) -> Double {
      let distance = zip(candidate.scalars, start.scalars).reduce(0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
      return distance / 2 + 0.15 * totalVariation(candidate)
    }
    let mean = start.scalars.reduce(0, +) / 30
    var candidates = [start.scalars, Array(repeating: mean, count: 30)]
    for seed in 0..<200 as Range<UInt64> {
      let noise = Sample.uniform([30], seed: seed + 10).scalars
      candidates.append(zip(best.scalars, noise).map { $0 + Double($1) })
    }
    for candidate in candidates {
      for share in [0.03, 0.3, 1] {
        let between = zip(best.scalars, candidate).map {
          $0 + share * ($1 - $0)
        }
        let other = ExactTensor(shape: start.shape, scalars: between)
        #expect(cost(other) > cost(best) - 1e-5)
      }
    }
    // And there was something to gain.
    #expect(cost(best) < 0.9 * cost(start))
  }

  @Test func `the mean stays, the variation does not`() {
    let images = Sample.uniform([3, 9, 7, 1], seed: 2).map {
      0.5 + 0.3 * $0
    }
    let smooth = TotalVariation(weight: 0.1)(images)
    #expect(smooth.shape == images.shape)
    for row in 0..<3 {
      let (before, after) = (images.rows([row]), smooth.rows([row]))
      #expect(abs(before.mean - after.mean) < 1e-5)
      #expect(
        totalVariation(ExactTensor(after))
          < 0.8 * totalVariation(ExactTensor(before)))
    }
  }

  @Test func `an image of one color stays as it is`() {
    let image = Tensor(shape: [1, 5, 6, 2], repeating: 0.3)
    #expect(TotalVariation(weight: 0.5)(image) == image)
    let pixel = Tensor(shape: [1, 1, 1, 1], repeating: 0.7)
    #expect(TotalVariation(weight: 0.5)(pixel) == pixel)
  }

  @Test func `images and channels stand alone`() {
    let one = Sample.batch(2, height: 6, width: 5, seed: 3).images
    let other = Sample.batch(2, height: 6, width: 5, seed: 4).images
    let both = Tensor(
      shape: [2, 6, 5, 2],
      scalars: zip(one.scalars, other.scalars).flatMap { [$0, $1] })
    let layer = TotalVariation(weight: 0.2)
    let smooth = layer(both).scalars
    #expect(
      layer(one).scalars
        == smooth.indices.filter { $0 % 2 == 0 }.map {
          smooth[$0]
        })
    #expect(
      layer(other).scalars
        == smooth.indices.filter { $0 % 2 == 1 }.map {
          smooth[$0]
        })
    #expect(layer(one.rows([1])) == layer(one).rows([1]))
  }

  @Test(arguments: [0.01, 0.2, 5] as [Float])
  func `pixels stay pixels, and there is no way back`(weight: Float) {
    let images = Sample.batch(3, seed: 5).images
    let layer = TotalVariation(weight: weight, iterations: 3)
    let (output, cache) = layer.forward(images, mode: .inference)
    #expect(output.scalars.allSatisfy { (0...1) ~= $0 })
    #expect(output != images)
    #expect(
      layer.inputGradient(output, cache: cache)
        == Tensor(shape: images.shape))
  }

  @Test func `it takes images and nothing else`() {
    let layer = TotalVariation(weight: 0.1)
    #expect(layer.problem(withInput: [1, 1, 3]) == nil)
    #expect(layer.problem(withInput: [784]) != nil)
  }

  @Test func `variation must cost something`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = TotalVariation(weight: 0)
    }
    expectMessage(of: result, contains: "a weight above 0", "got 0.0 and 20")
  }
}

/// Of one image with one channel.
private func totalVariation(_ image: ExactTensor) -> Double {
  let (height, width) = (image.shape[1], image.shape[2])
  var sum = 0.0
  for y in 0..<height {
    for x in 0..<width {
      let here = image[0, y, x, 0]
      let right = x + 1 < width ? image[0, y, x + 1, 0] - here : 0
      let below = y + 1 < height ? image[0, y + 1, x, 0] - here : 0
      sum += (right * right + below * below).squareRoot()
    }
  }
  return sum
}
