import Testing

@testable import Lesson
@testable import Shared

@Suite struct TrainingCurveTests {
  private func share(_ batch: BatchResult) -> Double {
    Double(batch.correct) / Double(batch.count)
  }

  @Test func `right answers pass, however written`() throws {
    #expect(graded(.trainingCurve(trainingCurve)) == "solved")
    #expect(
      graded(
        .trainingCurve { epochs in
          var points: [CurvePoint] = []
          for batches in epochs {
            let all = batches.map(\.count).reduce(0, +)
            // A mean weighted by the size of the batch.
            var mean = 0.0
            for batch in batches {
              mean += share(batch) * Double(batch.count) / Double(all)
            }
            points.append(
              CurvePoint(x: Double(points.count + 1), y: 100 * mean))
          }
          return points
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.trainingCurve { _ in [] }) == "refused")
    #expect(
      graded(
        .trainingCurve { $0.indices.map { .init(x: Double($0 + 1), y: 0) } })
        == "refused")
  }

  @Test func `each mistake is named`() throws {
    @Sendable func percent(_ batches: [BatchResult]) -> Double {
      var (right, all) = (0, 0)
      for batch in batches {
        right += batch.correct
        all += batch.count
      }
      return Double(right) * 100 / Double(all)
    }
    expectDiagnoses([
      "off-by-one epoch": .trainingCurve { epochs in
        epochs.enumerated().map { .init(x: Double($0), y: percent($1)) }
      },
      "a share instead of per cent": .trainingCurve { epochs in
        epochs.enumerated().map {
          .init(x: Double($0 + 1), y: percent($1) / 100)
        }
      },
      "mean of the batches": .trainingCurve { epochs in
        epochs.enumerated().map { index, batches in
          var sum = 0.0
          for batch in batches { sum += share(batch) * 100 }
          return .init(x: Double(index + 1), y: sum / Double(batches.count))
        }
      },
      "sums carried over": .trainingCurve { epochs in
        var (right, all) = (0, 0)
        return epochs.enumerated().map { index, batches in
          for batch in batches {
            right += batch.correct
            all += batch.count
          }
          return .init(
            x: Double(index + 1), y: 100 * Double(right) / Double(all))
        }
      },
      "a point for each batch": .trainingCurve { epochs in
        epochs.joined().enumerated().map {
          .init(x: Double($0 + 1), y: share($1) * 100)
        }
      },
      "the error instead of the accuracy": .trainingCurve { epochs in
        epochs.enumerated().map {
          .init(x: Double($0 + 1), y: 100 - percent($1))
        }
      },
    ])
  }

  @Test func `the library counts every image once, and takes no epochs`() {
    let library = Exercise.trainingCurve(trainingCurve).library
    let points = library([
      [.init(correct: 1, count: 4), .init(correct: 1, count: 1)],
      [.init(correct: 5, count: 5)],
    ])
    #expect(points == [CurvePoint(x: 1, y: 40), CurvePoint(x: 2, y: 100)])
    #expect(library([]).isEmpty)
  }
}
