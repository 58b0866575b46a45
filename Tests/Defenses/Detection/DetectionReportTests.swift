import Testing

@testable import Shared

@Suite struct DetectionReportTests {
  @Test func `what becomes of five images`() {
    // Rejected and right, rejected and wrong, accepted and right, accepted and
    // wrong, and one exactly at the threshold, which is accepted, and wrong.
    let report = DetectionReport(
      scores: [3, 4, 0, 1, 2], threshold: 2, answers: [0, 1, 2, 3, 4],
      labels: [0, 0, 2, 0, 0])
    #expect(report.rejected == Proportion(2, of: 5))
    #expect(report.rejectedOrRight == Proportion(3, of: 5))
    #expect(report.acceptedAndWrong == Proportion(2, of: 5))
    #expect(report.acceptedAndRight == Proportion(1, of: 5))
  }

  @Test func `rejecting everything is never wrong`() {
    let report = DetectionReport(
      scores: [0, 0], threshold: -1, answers: [1, 1], labels: [0, 0])
    #expect(report.rejectedOrRight.value == 1)
    #expect(report.rejected.value == 1)
    #expect(report.acceptedAndWrong.value == 0)
  }
}
