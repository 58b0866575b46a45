import Testing

@testable import Shared

@Suite struct MedianFilterTests {
  static let shapes = [
    [1, 1, 1, 1], [1, 1, 5, 1], [2, 6, 1, 2], [3, 7, 5, 3], [2, 2, 2, 1],
  ]

  @Test func `three by three by hand`() {
    // At the corner of 1 the window sees 1 1 2, 1 1 2, 4 4 5: in the middle
    // of 1 1 1 1 2 2 4 4 5 is 2.
    let image = Tensor(
      shape: [1, 3, 3, 1], scalars: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let layer = MedianFilter(size: 3)
    let (output, cache) = layer.forward(image, mode: .inference)
    #expect(output.scalars == [2, 3, 3, 4, 5, 6, 7, 7, 8])
    // 3 and 7 are the median of two windows, 1 and 9 of none.
    let gradient = layer.inputGradient(
      Tensor(shape: image.shape, repeating: 1), cache: cache)
    #expect(gradient.scalars == [0, 1, 2, 1, 1, 1, 2, 1, 0])
  }

  @Test func `two by two by hand`() {
    // The pixel is the lower right one: 1 1 1 1, 1 1 2 2, 1 1 3 3, 1 2 3 4.
    let image = Tensor(shape: [1, 2, 2, 1], scalars: [1, 2, 3, 4])
    let layer = MedianFilter(size: 2)
    let (output, cache) = layer.forward(image, mode: .inference)
    #expect(output.scalars == [1, 2, 3, 3])
    let gradient = layer.inputGradient(
      Tensor(shape: image.shape, scalars: [1, 10, 100, 1000]), cache: cache)
    #expect(gradient.scalars == [1, 10, 1100, 0])
  }

  @Test func `of equals the first gets the gradient`() {
    let image = Tensor(shape: [1, 2, 2, 1], repeating: 0.5)
    let (_, cache) = MedianFilter().forward(image, mode: .inference)
    let gradient = MedianFilter().inputGradient(
      Tensor(shape: image.shape, scalars: [1, 2, 3, 4]), cache: cache)
    #expect(gradient.scalars == [10, 0, 0, 0])
  }

  @Test(arguments: shapes, [2, 3])
  func `forward equals the definition`(_ shape: [Int], size: Int) {
    let input = Sample.uniform(shape, seed: 1)
    let output = MedianFilter(size: size)(input)
    #expect(ExactTensor(output) == medians(ExactTensor(input), size: size))
  }

  @Test(arguments: shapes, [2, 3])
  func `the gradient is the slope`(_ shape: [Int], size: Int) {
    let input = Sample.distinct(shape, seed: 1)
    let layer = MedianFilter(size: size)
    let (_, cache) = layer.forward(input, mode: .inference)
    let gradient = Sample.uniform(shape, seed: 2)
    expectClose(
      layer.inputGradient(gradient, cache: cache),
      finiteDifferences(at: ExactTensor(input)) {
        medians($0, size: size).dot(ExactTensor(gradient))
      }, relative: 1e-5)
  }

  @Test func `a single speck vanishes wherever it is`() {
    for position in 0..<36 {
      var image = Tensor(shape: [1, 6, 6, 1])
      image.scalars[position] = 1
      #expect(MedianFilter()(image) == Tensor(shape: image.shape))
    }
  }

  @Test func `it takes images and nothing else`() {
    #expect(MedianFilter().problem(withInput: [1, 1, 3]) == nil)
    #expect(MedianFilter().problem(withInput: [784]) != nil)
    expectSentence("Layer median takes images of at least 1 × 1 pixels") {
      let model: Sequential = ["median": MedianFilter()]
      try model.validate(forImages: [784])
    }
  }

  @Test func `no other window is offered`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = MedianFilter(size: 4)
    }
    expectMessage(of: result, contains: "2 × 2 or 3 × 3, got 4")
  }
}

/// Each window sorted; of two in the middle the greater.
private func medians(_ input: ExactTensor, size: Int) -> ExactTensor {
  var output = ExactTensor(zeros: input.shape)
  let (height, width) = (input.shape[1], input.shape[2])
  for n in 0..<input.shape[0] {
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<input.shape[3] {
          var window: [Double] = []
          for row in y - 1..<y - 1 + size {
            for column in x - 1..<x - 1 + size {
              window.append(
                input[
                  n, min(max(row, 0), height - 1),
                  min(max(column, 0), width - 1), c])
            }
          }
          output[n, y, x, c] = window.sorted()[size * size / 2]
        }
      }
    }
  }
  return output
}
