import Testing

@testable import Lesson
@testable import Shared

/// What holds for every step of every exercise.
@Suite struct CatalogueTests {
  /// All steps, tied to their solutions.
  private let solved: [any Gradable] = [
    Exercise.convolutionOutputSize(convolutionOutputSize),
    Exercise.standardizedPixel(standardized),
    Exercise.crossEntropyGradient(crossEntropyGradient),
    Exercise.rectifierGradient(rectifierGradient),
    Exercise.steppedLearningRate(steppedLearningRate),
    Exercise.trainingCurve(trainingCurve),
    Exercise.batchSizes(batchSizeRows),
    Exercise.batchNormalizationForward(batchNormalizedForward),
    Exercise.batchNormalizationBackward(batchNormalizedBackward),
    Exercise.runningStatistics(updatedRunningStatistics),
    Exercise.momentumStep(momentumStep),
    Exercise.adamStep(adamStep),
    Exercise.adamWStep(adamWStep),
    Exercise.zeroShare(shareOfZeros),
    Exercise.flippedShare(flippedShare),
    Exercise.fgsm(fgsm),
    Exercise.projectedPixel(projectedPixel),
    Exercise.ascend(ascend),
    Exercise.randomStart(randomStart),
    Exercise.robustnessCurves(robustnessCurves),
    Exercise.mixedBatch(mixedBatch),
    Exercise.hardeningStep(hardeningStep),
    Exercise.onnxTensor(onnxTensor),
    Exercise.onnxNode(onnxNode),
    Exercise.onnxModel(onnxModel),
    Exercise.breakMaskedGradients(breakMaskedGradients),
    Exercise.breakThreshold(breakThreshold),
    Exercise.breakNoise(breakNoise),
    Exercise.breakDetector(breakDetector),
    Exercise.linearBounds(linearBounds),
  ]

  @Test func `every stub has its step, with the same heading`() throws {
    let regions = try ChapterName.allCases.flatMap {
      try StubFile(contentsOf: StubFile.solutionsURL(of: $0.rawValue)).regions
    }
    #expect(regions.map(\.name) == solved.map(\.name))
    #expect(regions.map(\.level) == solved.map(\.level.rawValue))
    #expect(regions.map(\.title) == solved.map(\.title))
  }

  @Test func `every step has three hints`() {
    #expect(solved.allSatisfy { $0.hints.count == 3 })
  }

  @Test func `every step is summed up in one short sentence`() {
    for exercise in solved {
      let summary = exercise.summary
      #expect(summary.hasSuffix("."), "\(exercise.name)")
      #expect((2...110).contains(summary.count), "\(exercise.name)")
    }
  }

  @Test func `solutions and the library's own answers pass`() {
    for exercise in solved {
      #expect(exercise.verdict { _ in } == .solved, "\(exercise.name)")
      let library = (exercise as? any LibraryGradable)?.libraryVerdict
      #expect(library == .solved, "\(exercise.name)")
    }
  }
}

private protocol LibraryGradable {
  var libraryVerdict: Verdict { get }
}

extension Exercise: LibraryGradable {
  fileprivate var libraryVerdict: Verdict { grade(library) { _ in } }
}
