import Testing

@testable import Lesson
@testable import Shared

@Suite struct BatchSizesTests {
  @Test func `right answers pass, however written`() throws {
    #expect(graded(.batchSizes(batchSizeRows)) == "solved")
    #expect(
      graded(
        .batchSizes { sizes, images, start, train, measure in
          var models = sizes.map { _ in start }
          for i in sizes.indices {
            train(&models[i], sizes[i], images / sizes[i])
          }
          return sizes.indices.map {
            .init(
              batchSize: sizes[$0], steps: images / sizes[$0],
              accuracy: measure(models[$0]))
          }
        }) == "solved")
  }

  @Test func `trivial answers are refused`() throws {
    #expect(graded(.batchSizes { _, _, _, _, _ in [] }) == "refused")
    // Every call of `train` begins with the first batch and a new optimizer.
    #expect(
      graded(
        .batchSizes { sizes, images, start, train, measure in
          sizes.map { size in
            var copy = start
            for _ in 0..<images / size { train(&copy, size, 1) }
            return BatchSizeRow(
              batchSize: size, steps: images / size, accuracy: measure(copy))
          }
        }) == "refused")
  }

  @Test func `each mistake is named`() throws {
    expectDiagnoses([
      "equal steps": .batchSizes { sizes, images, start, train, measure in
        let steps = images / sizes[0]
        return sizes.map { size in
          var model = start
          train(&model, size, steps)
          return .init(batchSize: size, steps: steps, accuracy: measure(model))
        }
      },
      "as many steps as images": .batchSizes {
        sizes, images, start, train, measure in
        sizes.map { size in
          var model = start
          train(&model, size, images)
          return .init(batchSize: size, steps: images, accuracy: measure(model))
        }
      },
      "the model carried over": .batchSizes {
        sizes, images, start, train, measure in
        var model = start
        return sizes.map { size in
          train(&model, size, images / size)
          return .init(
            batchSize: size, steps: images / size, accuracy: measure(model))
        }
      },
      "measured before training": .batchSizes {
        sizes, images, start, train, measure in
        sizes.map { size in
          var model = start
          let accuracy = measure(model)
          train(&model, size, images / size)
          return .init(
            batchSize: size, steps: images / size, accuracy: accuracy)
        }
      },
      "one step too many": .batchSizes { sizes, images, start, train, measure in
        sizes.map { size in
          var model = start
          let steps = images / size + 1
          train(&model, size, steps)
          return .init(batchSize: size, steps: steps, accuracy: measure(model))
        }
      },
    ])
  }
}
