import Foundation
import Shared

/// The two small networks that ship for attacks which are carried over.
///
/// Trained on all training images, with seeds of their own. The files hold no
/// date, so that the same code makes the same bytes.
func surrogateFiles() throws -> [RecordedFile] {
  let data = try MNIST()
  return try [
    surrogateFile(
      PackageFiles.smallConvolution, .smallConvolution(seed: 11, for: data),
      seed: 11, epochs: 6, on: data),
    surrogateFile(
      PackageFiles.perceptron, .perceptron(seed: 12, for: data), seed: 12,
      epochs: 10, on: data),
  ]
}

private func surrogateFile(
  _ file: URL, _ network: Sequential, seed: UInt64, epochs: Int, on data: MNIST
) throws -> RecordedFile {
  print("training", file.lastPathComponent)
  let trained = trained(network, seed: seed, epochs: epochs, on: data.training)
  let checkpoint = Checkpoint(
    tensors: trained.stateDictionary, seed: seed, data: data.sha256,
    facts: [
      "accuracy": "\(trained.evaluate(on: data.test).accuracy.value)",
      "architecture": trained.architecture,
      "epochs": "\(epochs)",
    ])
  return RecordedFile(
    path: "Shared/Pretrained/\(file.lastPathComponent)",
    content: try checkpoint.encoded())
}

/// Adam, with smaller steps in the last third of the epochs.
private func trained(
  _ network: Sequential, seed: UInt64, epochs: Int, on images: ImageSet
) -> Sequential {
  var (network, optimizer) = (network, Adam())
  for epoch in 1...epochs {
    optimizer.learningRate = 3 * epoch > 2 * epochs ? 0.0003 : 0.001
    for batch in images.batches(of: 64, seed: seed, epoch: epoch) {
      let gradients = network.parameterGradients(
        on: batch, mode: .training(seed: seed))
      optimizer.update(&network, with: gradients)
    }
  }
  return network
}
