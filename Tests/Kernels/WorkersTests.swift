import Foundation
import Synchronization
import Testing

@testable import Shared

extension Kernels {
  @Suite struct WorkersTests {
    static let counts = [1, 2, 3, 8]

    @Test(arguments: counts)
    func `results come in order`(_ workers: Int) {
      for pieces in [0, 1, 2, 7, 1000] {
        let results = Workers.$count.withValue(workers) {
          Workers.map(pieces) { $0 * $0 }
        }
        #expect(results == (0..<pieces).map { $0 * $0 })
      }
    }

    @Test func `as many threads as asked for work at once`() {
      // Each piece waits for all the others to have begun, which only as many
      // threads can do; without them the wait ends some time.
      let workers = 8
      let begun = Atomic(0)
      let meetings = Workers.$count.withValue(workers) {
        Workers.map(workers) { _ in
          begun.add(1, ordering: .sequentiallyConsistent)
          let end = ContinuousClock.now + .seconds(5)
          while begun.load(ordering: .sequentiallyConsistent) < workers {
            if ContinuousClock.now > end { return false }
            Thread.sleep(forTimeInterval: 0.001)
          }
          return true
        }
      }
      #expect(meetings == Array(repeating: true, count: workers))
    }

    @Test func `shards cover everything once, in order`() {
      #expect(Workers.shards(of: 10, size: 4) == [0..<4, 4..<8, 8..<10])
      #expect(Workers.shards(of: 8, size: 8) == [0..<8])
      #expect(Workers.shards(of: 0, size: 8).isEmpty)
    }

    @Test(arguments: [64, 37], counts)
    func `parameter gradients have the same bits`(_ size: Int, _ workers: Int) {
      let model = Sequential.notebookNetwork(seed: 1)
      let batch = Sample.batch(size, seed: 2)
      func gradients(_ workers: Int) -> BatchGradients {
        Workers.$count.withValue(workers) {
          model.parameterGradients(on: batch, mode: .training(seed: 3))
        }
      }
      let (one, many) = (gradients(1), gradients(workers))
      #expect(many.loss.bitPattern == one.loss.bitPattern)
      #expect(many.accuracy == one.accuracy)
      #expect(bits(many.parameters) == bits(one.parameters))
    }

    @Test(arguments: [64, 37], counts)
    func `pixel gradients have the same bits`(_ size: Int, _ workers: Int) {
      let model = Sequential.notebookNetwork(seed: 1)
      let batch = Sample.batch(size, seed: 2)
      func gradient(_ workers: Int) -> Tensor {
        Workers.$count.withValue(workers) {
          model.inputGradient(of: batch.images, labels: batch.labels)
        }
      }
      #expect(bits([gradient(workers)]) == bits([gradient(1)]))
    }

    /// Equality of numbers would let −0 pass for 0.
    private func bits(_ tensors: [Tensor]) -> [[UInt32]] {
      tensors.map { $0.scalars.map(\.bitPattern) }
    }
  }
}
