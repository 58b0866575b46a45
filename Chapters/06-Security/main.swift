import Foundation
import Shared
let E = ProcessInfo.processInfo.environment
func f(_ k: String, _ d: Float) -> Float { Float(E[k] ?? "") ?? d }
let mnist = try MNIST()
var model = Sequential.notebookNetwork(seed: 2)
if f("PRE", 0) == 1 { try model.load(LoadedCheckpoint(PackageFiles.pretrained).contents.tensors, from: "x") }
let peak = f("LR", 0.001), bs = Int(f("BS", 64)), warm = f("WARM", 0.33), drop = f("DROP", 0) == 1, epochs = Int(f("EP", 3)), alpha = f("ALPHA", 1.25)
let training = mnist.training.subset(Array(5000..<60000))
var opt = Adam(learningRate: peak)
let steps = (training.count + bs - 1) / bs
let total = Float(epochs * steps)
let t0 = Date()
for epoch in 1...epochs {
  var run = RunningMean()
  for (i, b) in training.batches(of: bs, seed: 2, epoch: epoch).enumerated() {
    let n = Float((epoch - 1) * steps + i)
    let eps = 0.3 * min(1, n / (warm * total))
    let lrShare = E["TRI"] != nil ? (n < 0.4 * total ? n / (0.4 * total) : (total - n) / (0.6 * total)) : (E["DEC"] != nil ? max(0.02, min(1, (total - n) / (0.4 * total))) : 1)
    opt.learningRate = peak * lrShare
    let seed = derivedSeed(2, UInt64(epoch), UInt64(i))
    let x = PGD(epsilon: .pixels(eps), stepSize: .pixels(min(1, alpha * eps)), steps: 1, seed: seed).perturb(b.images, labels: b.labels, against: model)
    let g = model.parameterGradients(on: Batch(images: x, labels: b.labels), mode: drop ? .training(seed: seed) : .inference)
    opt.update(&model, with: g.parameters)
    run.add(g, count: b.count)
  }
  let few = mnist.test.head(500)
  let c = model.evaluate(on: mnist.test.head(2000)).accuracy.value
  let fg = model.accuracy(on: few, under: { _ in FGSM(epsilon: .pixels(0.3)) }).accuracy
  let pg = model.accuracy(on: few, under: { s in PGD(epsilon: .pixels(0.3), stepSize: .pixels(0.01), steps: 40, seed: UInt64(s)) }).accuracy
  print(epoch, run.loss, run.accuracy, "clean", c, "fgsm", fg, "pgd", pg, Date().timeIntervalSince(t0))
}
