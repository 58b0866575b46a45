import Lesson
import Shared
import Testing

@Suite struct AttackResultsTests {
  @Test func `the same results are the same text in every run`() throws {
    let results = AttackResults(
      fgsm: [], randomSigns: [], pgd: [], worstCase: [])
    #expect(
      try results.encoded()
        == #"{"fgsm":[],"pgd":[],"randomSigns":[],"worstCase":[]}"#)
  }
}
