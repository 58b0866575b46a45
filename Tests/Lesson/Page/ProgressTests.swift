import Synchronization
import Testing

@testable import Lesson
@testable import Shared

private final class Ear: WorkObserver {
  let reports = Mutex<[WorkReport]>([])

  func add(_ report: WorkReport) { reports.withLock { $0.append(report) } }
}

@Suite struct ProgressTests {
  @Test func `share, time left, rate and the latest note`() {
    #expect(
      Progress.line(
        "Training", done: 250, total: 1000, elapsed: 5, note: "loss 0.3",
        width: 120)
        == "Training █████░░░░░░░░░░░░░░░ 25 % · 15 s left · 50 passes a "
        + "second · loss 0.3")
  }

  @Test func `networks report what passes through them`() {
    let ear = Ear()
    let model = Sample.smallNetwork(seed: 1)
    let batch = Sample.batch(5, height: 8, width: 8, seed: 2)
    WorkReport.$observer.withValue(ear) {
      _ = model.logits(of: batch.images)
      _ = model.inputGradient(of: batch.images, labels: batch.labels)
      _ = model.parameterGradients(on: batch, mode: .inference)
    }
    let reports = ear.reports.withLock { $0 }
    #expect(reports.map(\.passes) == [5, 15, 15])
    #expect(reports.map { $0.loss != nil } == [false, false, true])
  }

  @Test(arguments: [60, 80, 120])
  func `a line never reaches the last column`(width: Int) {
    let line = Progress.line(
      "A long title", done: 999, total: 1000, elapsed: 1e6,
      note: String(repeating: "日本 ", count: 99), width: width)
    #expect(line.displayWidth < width)
    let start = Progress.line(
      "A", done: 0, total: 5, elapsed: 0, note: "", width: width)
    #expect(start.hasSuffix(" 0 %"))
  }
}
