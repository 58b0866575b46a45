import Testing

@testable import Lesson
@testable import Shared

@Suite struct ArchitectureMutantTests {
  @Test func `W1: changed results are refused`() {
    expectMutantsRefused(
      of: convolutionOutputSize, spoiledBy: Change.wholeNumber
    ) { mutant in .convolutionOutputSize { mutant($0, $1, $2) } }
  }

  @Test func `W1: every rule is asked for`() {
    expectRefused([
      "a kernel may be even": .convolutionOutputSize { n, k, p in
        n + 2 * p - 2 * (k / 2)
      },
      "the window moves by one": .convolutionOutputSize { n, k, p in
        (n + 2 * p - k) / 2 + 1
      },
      "the output may be smaller": .convolutionOutputSize { n, k, p in
        max(n, n + 2 * p - k + 1)
      },
      "the output may be larger": .convolutionOutputSize { n, k, p in
        min(n, n + 2 * p - k + 1)
      },
      "padding counts where it is large": .convolutionOutputSize { n, k, p in
        n + 2 * min(p, k / 2) - k + 1
      },
    ])
  }
}
