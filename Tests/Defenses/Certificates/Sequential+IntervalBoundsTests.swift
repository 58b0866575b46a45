import Synchronization
import Testing

@testable import Shared

/// Adds up the passes that are reported.
private final class Ear: WorkObserver {
  private let sum = Mutex(0)
  var passes: Int { sum.withLock { $0 } }
  func add(_ report: WorkReport) { sum.withLock { $0 += report.passes } }
}

@Suite struct SequentialIntervalBoundsTests {
  /// Images and what a network answers to them.
  private func answered(_ count: Int, by model: Sequential, seed: UInt64)
    -> Batch
  {
    let images = Sample.batch(count, height: 8, width: 8, seed: seed).images
    return Batch(images: images, labels: predictions(model.logits(of: images)))
  }

  @Test func `a linear model is certified exactly as far as it is right`()
    throws
  {
    // 3 x₀ − 4 x₁ is 0.7, and 7 ε can be taken away.
    let model: Sequential = [
      "flatten": Flatten(),
      "fc": Linear(
        weight: Tensor(shape: [2, 2], scalars: [3, -4, 0, 0]),
        bias: Tensor([0, 0])),
    ]
    let batch = Batch(
      images: Tensor(shape: [1, 1, 2, 1], scalars: [0.5, 0.2]), labels: [0])
    #expect(
      try model.isCertified(on: batch, epsilon: .pixels(0.09999)) == [true])
    #expect(
      try model.isCertified(on: batch, epsilon: .pixels(0.10001)) == [false])
    #expect(
      model.accuracy(under: FGSM(epsilon: .pixels(0.10001)), on: batch)
        == Proportion(0, of: 1))
  }

  @Test func `no attack succeeds on a certified image`() throws {
    var certified: [Int] = []
    var fallen: [Int] = []
    for size in [0.0001, 0.002, 0.01, 0.3] as [Float] {
      let epsilon = Epsilon.pixels(size)
      let attacks: [any Attack] = [
        APGD(epsilon: epsilon, steps: 20),
        PGD(epsilon: epsilon, stepSize: .pixels(size / 8), steps: 20),
      ]
      var counts = (certified: 0, fallen: 0)
      for (seed, model) in IntervalSamples.networks.enumerated() {
        let batch = answered(20, by: model, seed: UInt64(seed))
        let isCertified = try model.isCertified(on: batch, epsilon: epsilon)
        counts.certified += isCertified.count { $0 }
        for attack in attacks {
          let run = AttackRun(attack, on: batch, against: model)
          for (row, label) in batch.labels.enumerated()
          where run.answers[row] != label {
            counts.fallen += 1
            #expect(!isCertified[row])
          }
        }
      }
      certified.append(counts.certified)
      fallen.append(counts.fallen)
    }
    // Both happen, or nothing has been tried.
    #expect(certified[0] > 0)
    #expect(fallen[3] > 0)
  }

  @Test func `a wrong label is never certified`() throws {
    for model in IntervalSamples.networks {
      var batch = answered(20, by: model, seed: 3)
      batch.labels = batch.labels.map { ($0 + 1) % 10 }
      for size in [0, 0.001, 0.1] as [Float] {
        #expect(
          try model.isCertified(on: batch, epsilon: .pixels(size))
            .allSatisfy { !$0 })
      }
    }
  }

  @Test func `more room, wider bounds`() throws {
    for model in IntervalSamples.networks {
      let batch = answered(10, by: model, seed: 4)
      var margins = [Double](repeating: .infinity, count: 10)
      var bounds: (lower: Tensor, upper: Tensor)?
      for size in [0, 0.001, 0.01, 0.1, 0.5, 1] as [Float] {
        let epsilon = Epsilon.pixels(size)
        let next = try model.marginLowerBounds(on: batch, epsilon: epsilon)
        #expect(zip(next, margins).allSatisfy { $0 <= $1 })
        margins = next
        let wider = try model.intervalBounds(on: batch.images, epsilon: epsilon)
        if let bounds {
          #expect(
            zip(wider.lower.scalars, bounds.lower.scalars)
              .allSatisfy { $0 <= $1 })
          #expect(
            zip(wider.upper.scalars, bounds.upper.scalars)
              .allSatisfy { $0 >= $1 })
        }
        bounds = wider
      }
    }
  }

  @Test func `boxes in front of a layer`() throws {
    for model in IntervalSamples.networks {
      let images = answered(2, by: model, seed: 8).images
      for (index, (name, _)) in model.layers.enumerated() {
        let box = try model.intervalBounds(
          on: images, epsilon: .pixels(0.05), before: name)
        let exact = SlowIntervals(
          model.layers.prefix(index), around: images, 0.05)
        expectClose(box.lower, exact.lower, relative: 0.004, name)
        expectClose(box.upper, exact.upper, relative: 0.004, name)
      }
    }
  }

  @Test func `weights that are no numbers certify nothing`() throws {
    for value in [Float.nan, .infinity] {
      for layer in ["conv1", "fc1", "fc2"] {
        var model = Sample.smallNetwork(seed: 1)
        let batch = answered(3, by: model, seed: 5)
        model.visitParameters { name, tensor in
          if name == "\(layer).weight" {
            for i in tensor.scalars.indices { tensor.scalars[i] = value }
          }
        }
        #expect(
          try model.isCertified(on: batch, epsilon: .pixels(0))
            == [false, false, false], "\(layer)")
      }
    }
  }

  @Test func `a whole set, in parts, and the passes are reported`() throws {
    let model = Sample.smallNetwork(seed: 1)
    var generator = SeededGenerator(seed: 6)
    let data = ImageSet(
      pixels: (0..<1003 * 64).map { _ in UInt8(generator.next() % 200) },
      labels: (0..<1003).map { UInt8($0 % 10) }, size: (8, 8))
    let epsilon = Epsilon.pixels(0.0001)
    let whole = data.first(1003)
    let ear = Ear()
    let share = try WorkReport.$observer.withValue(ear) {
      try model.certifiedAccuracy(on: data, epsilon: epsilon)
    }
    let isCertified = try model.isCertified(on: whole, epsilon: epsilon)
    #expect(share == Proportion(isCertified.count { $0 }, of: 1003))
    #expect(share.successes > 0)
    #expect(
      share.successes <= model.evaluate(on: data).accuracy.successes)
    #expect(ear.passes == 1003 * WorkReport.passesOfBounds)
  }

  @Test func `the same bits on one, two and three workers`() throws {
    for model in IntervalSamples.networks {
      let batch = answered(40, by: model, seed: 7)
      let results = try [1, 2, 3].map { workers in
        try Workers.$count.withValue(workers) {
          try model.marginLowerBounds(on: batch, epsilon: .pixels(0.05))
        }
      }
      #expect(results[0] == results[1] && results[1] == results[2])
      let alone = try model.marginLowerBounds(
        on: batch[17..<18], epsilon: .pixels(0.05))
      #expect(alone[0] == results[0][17])
    }
  }

  @Test func `the trained model that ships stays within its bounds`() throws {
    let victim = try Victim.shared.get()
    let batch = victim.batch.prefix(4)
    for size in [0.002, 0.1] as [Float] {
      let bounds = try victim.model.intervalBounds(
        on: batch.images, epsilon: .pixels(size))
      for row in 0..<4 {
        let points = IntervalSamples.points(
          around: batch.images.rows([row]), size, count: 60, seed: UInt64(row))
        #expect(
          IntervalSamples.outside(
            victim.model.logits(of: points), lower: bounds.lower.row(row),
            upper: bounds.upper.row(row)) == 0)
      }
    }
    // What rounding adds leaves the answers themselves, or most of them.
    let answers = try victim.model.isCertified(
      on: victim.batch.prefix(8), epsilon: .pixels(0))
    #expect(answers.count { $0 } >= 4)
  }
}
