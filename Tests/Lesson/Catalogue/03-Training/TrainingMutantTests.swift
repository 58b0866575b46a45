import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct TrainingMutantTests {
  @Test func `1: changed results are refused`() {
    expectMutantsRefused(of: steppedLearningRate, spoiledBy: Change.number) {
      mutant in .steppedLearningRate { mutant($0, $1, $2, $3) }
    }
  }

  @Test func `1: every rule is asked for`() {
    @Sendable func falling(
      _ times: @escaping @Sendable (Int, Int) -> Int
    ) -> Exercise<LearningRateSchedule> {
      .steppedLearningRate { initial, decay, every, epoch in
        initial * pow(decay, Float(times(epoch, every)))
      }
    }
    expectRefused([
      "again and again": falling { min(($0 - 1) / $1, 4) },
      "a whole number of epochs": falling { ($0 - 1) / $1 / 2 * 2 },
      "after the last of them, not halfway": falling { ($0 - 1 + $1 / 2) / $1 },
      "stepEpochs, not one more": falling { ($0 - 1) / ($1 + 1) },
      "epochs from 1": falling { max($0 - 2, 0) / $1 },
      "multiplied": .steppedLearningRate { initial, decay, every, epoch in
        initial - decay * Float((epoch - 1) / every)
      },
      "by decay, not by what is left": .steppedLearningRate {
        initial, decay, every, epoch in
        initial * pow(1 - decay, Float((epoch - 1) / every))
      },
      "falling": .steppedLearningRate { initial, decay, every, epoch in
        initial / pow(decay, Float((epoch - 1) / every))
      },
      "to any depth": .steppedLearningRate { initial, decay, every, epoch in
        max(0.001, initial * pow(decay, Float((epoch - 1) / every)))
      },
    ])
  }

  @Test func `2: changed results are refused`() {
    let changed =
      changes(of: \CurvePoint.x, Change<Double>.number)
      + changes(of: \.y, Change.number)
    expectMutantsRefused(
      of: trainingCurve, spoiledBy: changed.flatMap { Change.list(of: $0) }
    ) { mutant in .trainingCurve { mutant($0) } }
  }

  @Test func `2: every rule is asked for`() {
    @Sendable func curve(
      _ percent: @escaping @Sendable ([BatchResult], [[BatchResult]]) -> Double
    ) -> Exercise<TrainingCurve> {
      .trainingCurve { epochs in
        epochs.enumerated().map {
          CurvePoint(x: Double($0 + 1), y: percent($1, epochs))
        }
      }
    }
    expectRefused([
      "the last batch counts": curve { batches, _ in
        percent(batches.dropLast())
      },
      "the first batch counts": curve { batches, _ in
        percent(batches.dropFirst())
      },
      "an epoch has its own images": curve { batches, epochs in
        percent(batches, of: epochs[0].map(\.count).reduce(0, +))
      },
      "an epoch has its own batches": curve { batches, epochs in
        percent(batches.prefix(epochs[0].count))
      },
      "batches have their own sizes": curve { batches, _ in
        percent(batches, of: batches[0].count * batches.count)
      },
      "not rounded": curve { batches, _ in percent(batches).rounded() },
      "the epoch's, not the best so far": .trainingCurve { epochs in
        var best = 0.0
        return epochs.enumerated().map { index, batches in
          best = max(best, percent(batches))
          return CurvePoint(x: Double(index + 1), y: best)
        }
      },
    ])
  }

  @Test func `3: every rule is asked for`() {
    @Sendable func rows(
      order: @escaping @Sendable ([Int]) -> [Int] = { $0 },
      trainedSize: @escaping @Sendable (Int, [Int]) -> Int = { size, _ in size
      },
      steps: @escaping @Sendable (Int, Int) -> Int = { $0 / $1 },
      reported: @escaping @Sendable (BatchSizeRow) -> BatchSizeRow = { $0 },
      trainings: Int = 1, measuresStart: Bool = false
    ) -> Exercise<BatchSizeComparison> {
      .batchSizes { sizes, images, start, train, measure in
        order(sizes).map { size in
          var model = start
          for _ in 0..<trainings {
            train(&model, trainedSize(size, sizes), steps(images, size))
          }
          return reported(
            BatchSizeRow(
              batchSize: size, steps: steps(images, size),
              accuracy: measure(measuresStart ? start : model)))
        }
      }
    }
    #expect(graded(rows()) == "solved")
    expectRefused([
      "every size": rows(order: { $0.dropLast() }),
      "in their order": rows(order: { $0.sorted() }),
      "each once": rows(order: { $0 + $0.suffix(1) }),
      "trained in its own size": rows(trainedSize: { $1[0] }),
      "the images of this comparison": rows(steps: { _, size in 16 / size }),
      "trained once": rows(trainings: 2),
      "trained at all": rows(trainings: 0),
      "the trained model is measured": rows(measuresStart: true),
      "the size is told": rows(reported: {
        .init(batchSize: 1, steps: $0.steps, accuracy: $0.accuracy)
      }),
      "the steps are told": rows(reported: {
        .init(
          batchSize: $0.batchSize, steps: $0.steps + 1, accuracy: $0.accuracy)
      }),
      "the accuracy is told": rows(reported: {
        .init(
          batchSize: $0.batchSize, steps: $0.steps,
          accuracy: Proportion($0.accuracy.total, of: $0.accuracy.total))
      }),
      "starting from start": .batchSizes { sizes, images, _, train, measure in
        sizes.map { size in
          var model: Sequential = [
            "memory": Linear(
              weight: Tensor(shape: [1, 2]), bias: Tensor([0]))
          ]
          train(&model, size, images / size)
          return BatchSizeRow(
            batchSize: size, steps: images / size, accuracy: measure(model))
        }
      },
    ])
  }
}

/// A share of right images, as a percentage.
private func percent(
  _ batches: some Collection<BatchResult>, of count: Int? = nil
) -> Double {
  let all = batches.map(\.count).reduce(0, +)
  return 100 * Double(batches.map(\.correct).reduce(0, +))
    / Double(count ?? all)
}
