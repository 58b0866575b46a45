import Testing

@testable import Shared

@Suite struct SequentialValidationTests {
  @Test func `the tutorial's network fits its images`() throws {
    try Sequential.notebookNetwork(seed: 1).validate(forImages: [28, 28, 1])
  }

  @Test func `a wrong size is named with both shapes`() {
    var generator = SeededGenerator(seed: 1)
    let network: Sequential = [
      "conv": Conv2D(1, 4, kernelSize: 3, padding: 1, using: &generator),
      "pool": MaxPool2D(2),
      "flatten": Flatten(),
      "fc": Linear(4 * 7 * 6, 10, using: &generator),
    ]
    let error = #expect(throws: TutorialError.self) {
      try network.validate(forImages: [14, 14, 1])
    }
    #expect(error?.description.hasPrefix("Layer fc takes 168 numbers") == true)
    #expect(error?.description.contains("[10, 168]") == true)
    #expect(error?.description.contains("gets 196") == true)
  }

  @Test func `channels and small images are checked too`() {
    var generator = SeededGenerator(seed: 1)
    let network: Sequential = [
      "conv": Conv2D(3, 4, kernelSize: 3, padding: 0, using: &generator)
    ]
    for shape in [[28, 28, 1], [2, 28, 3], [28, 3]] {
      #expect(throws: TutorialError.self) {
        try network.validate(forImages: shape)
      }
    }
    let pooling: Sequential = ["pool": MaxPool2D(2)]
    #expect(throws: TutorialError.self) {
      try pooling.validate(forImages: [1, 5, 1])
    }
  }
}
