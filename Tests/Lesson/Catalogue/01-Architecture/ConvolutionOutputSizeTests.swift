import Testing

@testable import Lesson
@testable import Shared

@Suite struct ConvolutionOutputSizeTests {
  @Test func `right answers pass, however written`() throws {
    #expect(
      graded(.convolutionOutputSize(convolutionOutputSize)) == "solved")
    #expect(
      graded(
        .convolutionOutputSize { input, kernel, padding in
          var places = 0
          var left = -padding
          while left + kernel <= input + padding {
            places += 1
            left += 1
          }
          return places
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(
      graded(.convolutionOutputSize { _, _, _ in 0 }) == "refused")
    #expect(
      graded(.convolutionOutputSize { _, k, _ in k }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    expectDiagnoses([
      "one place too few": .convolutionOutputSize { n, k, p in n + 2 * p - k },
      "padding on one side only": .convolutionOutputSize { n, k, p in
        (n + p) - k + 1
      },
      "padding forgotten": .convolutionOutputSize { n, k, _ in n - (k - 1) },
      "always the size of the input": .convolutionOutputSize { n, _, _ in n },
      "padding subtracted": .convolutionOutputSize { n, k, p in
        n - k + 1 - 2 * p
      },
    ])
  }
}
