import Shared

/// Dense floating-point operations for one image: two a multiply-add.
let forwardOperations = 2.0 * 4_241_152
/// Training: also all weights' gradients, and all inputs' but the first one's.
let trainingOperations = 3 * forwardOperations - 2.0 * 225_792
let attackOperations = 2 * forwardOperations

/// A layer alone is too quick to time once.
private let repetitions = 20

extension Bench {
  func wholePrograms() {
    let all = mnist.training.count
    measure(
      "training epoch, batch 64", operations: trainingOperations * Double(all),
      images: all
    ) { train(images: all, batchSize: 64) }
    let test = mnist.test.first(10_000)
    measure(
      "evaluate 10,000", operations: forwardOperations * 1e4, images: 10_000
    ) {
      precondition(
        model.evaluate(on: test.images, labels: test.labels).accuracy.value
          > 0.98)
    }
    measure(
      "FGSM 10,000", operations: attackOperations * 1e4, images: 10_000
    ) {
      let images = FGSM(epsilon: .pixels(0.1)).perturb(
        test.images, labels: test.labels, against: model)
      precondition(images.count == test.images.count)
    }
    let few = test[0..<1000]
    measure(
      "PGD-40 1,000", operations: attackOperations * 40_000, images: 1000
    ) {
      let attack = PGD(
        epsilon: .pixels(0.3), stepSize: .pixels(0.01), steps: 40)
      let images = attack.perturb(
        few.images, labels: few.labels, against: model)
      precondition(images.count == few.images.count)
    }
  }

  /// The whole loop: batches, gradients, Adam.
  private func train(images: Int, batchSize: Int) {
    var model = Sequential.notebookNetwork(seed: 2)
    var optimizer = Adam()
    var seen = 0
    var loss = 0.0
    for (step, batch) in mnist.training.batches(
      of: batchSize, seed: 2, epoch: 1
    ).enumerated() where seen < images {
      let result = model.parameterGradients(
        on: batch, mode: .training(seed: UInt64(step)))
      optimizer.update(&model, with: result.parameters)
      loss += result.loss
      seen += batch.count
    }
    precondition(loss.isFinite)
  }

  func throughput(batchSize: Int) {
    let images = batchSize == 1 ? 1000 : 10_240
    measure(
      "training \(images.grouped), batch \(batchSize)",
      operations: trainingOperations * Double(images), images: images
    ) { train(images: images, batchSize: batchSize) }
  }

  /// What the programs above are made of, on one worker: short enough that
  /// the best of many repeats is not disturbed by whatever else runs.
  func steps() {
    let batch = mnist.training.first(64)
    measure(
      "logits, 64 images", operations: forwardOperations * 64, images: 64,
      workers: 1
    ) { precondition(model.logits(of: batch.images).count == 640) }
    measure(
      "input gradient, 64 images", operations: attackOperations * 64,
      images: 64, workers: 1
    ) {
      let gradient = model.inputGradient(of: batch.images, labels: batch.labels)
      precondition(gradient.count == batch.images.count)
    }
    measure(
      "parameter gradients, 64 images", operations: trainingOperations * 64,
      images: 64, workers: 1
    ) {
      let result = model.parameterGradients(
        on: batch, mode: .training(seed: 1))
      precondition(result.loss.isFinite)
    }
  }

  func threads() {
    for workers in [1, 2, 8] {
      measure(
        "training 10,240, workers \(workers)",
        operations: trainingOperations * 10_240, images: 10_240,
        workers: workers
      ) { train(images: 10_240, batchSize: 64) }
    }
  }

  /// Each layer alone, on eight images and one worker.
  func layers() {
    let batch = mnist.training.first(8)
    let summary = model.summary(for: [28, 28, 1])
    var input = batch.images
    for (named, line) in zip(model.layers, summary) {
      let work = 2 * Double(line.multiplyAdds) * 8 * Double(repetitions)
      let output = layer(
        named.name, named.layer, input, operations: work > 0 ? work : nil)
      input = output
    }
  }

  private func layer(
    _ name: String, _ layer: some Layer, _ input: Tensor, operations: Double?
  ) -> Tensor {
    let (output, cache) = layer.forward(input, mode: .training(seed: 1))
    func run(_ what: String, _ body: () -> Tensor) {
      measure(
        "\(name) \(what), 8 images", operations: operations, images: 8,
        workers: 1
      ) {
        for _ in 0..<repetitions { precondition(body().count > 0) }
      }
    }
    run("forward ×\(repetitions)") {
      layer.forward(input, mode: .training(seed: 1)).output
    }
    run("input gradient ×\(repetitions)") {
      layer.inputGradient(output, cache: cache)
    }
    if layer.parameterCount > 0 {
      run("parameter gradients ×\(repetitions)") {
        layer.parameterGradients(output, cache: cache)[0]
      }
    }
    return output
  }
}
