import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct CrashReportTests {
  private let report = """
    Swift/ContiguousArrayBuffer.swift:705: Fatal error: Index out of range

    Thread 0 "05-Attacks" crashed:

      0  0x00007f in _assertionFailure in libswiftCore.so
      1 [ra]  0x000055 ascend + 161 in 05-Attacks at /a b/Exercises.swift:10:8
      2 [ra]  0x000056 closure in 05-Attacks at /a b/Exercises.swift:99:8
    """

  @Test func `reason and line are found`() {
    #expect(CrashReport.reason(in: report) == "Index out of range")
    #expect(CrashReport.line(in: report) == 10)
    #expect(
      CrashReport.reason(in: "Tensor.swift:70: Precondition failed: no row 9\n")
        == "no row 9")
  }

  @Test func `a stub that was called is found by its line`() {
    #expect(
      CrashReport.stubLine(
        in: "error: /a b/Exercises.swift:17 is still a stub\n") == 17)
    #expect(CrashReport.stubLine(in: report) == nil)
  }

  @Test func `where nothing is said, nothing is made up`() {
    #expect(CrashReport.reason(in: "Killed") == nil)
    #expect(CrashReport.reason(ofSignal: SIGABRT).contains("abort"))
    #expect(CrashReport.line(in: "at /x/MyExercises.swift:10:8") == nil)
    #expect(CrashReport.reason(ofSignal: 77).contains("77"))
    #expect(CrashReport.reason(ofSignal: SIGSEGV).contains("memory"))
  }
}
