import Foundation
import Shared

func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
var t = now()
let mnist = try MNIST()
print("load", now() - t)
var model = Sequential.notebookNetwork(seed: 42)
var optimizer = Adam()
for epoch in 1...2 {
  t = now()
  var loss = 0.0, correct = 0, n = 0
  for (i, batch) in mnist.training.batches(of: 64, seed: 42, epoch: epoch).enumerated() {
    let g = model.parameterGradients(on: batch, mode: .training(seed: derivedSeed(42, UInt64(epoch), UInt64(i))))
    optimizer.update(&model, with: g.parameters)
    loss += g.loss * Double(batch.count); correct += g.correct; n += batch.count
  }
  print("epoch", epoch, loss / Double(n), Double(correct) / Double(n), now() - t)
  t = now()
  let e = model.evaluate(on: mnist.test)
  print("test", e.accuracy, e.meanLoss, now() - t)
}
