import Foundation
import Lesson
import Shared

// EXERCISE 7a · advanced · Adversarial training on a mix: the batch
//
// Of the N images in `clean`, the last round(share · N) are replaced by their
// attacked versions, and the first ones stay as they are. `attacked` (N, H, W,
// C) holds the attacked version of every image, in the same order. The result
// has N images and the labels that they had. You may use `rows`, which takes a
// range (`attacked.rows(2..<5)` are the images 2, 3 and 4),
// `Tensor(concatenating:)` of a list, `.rounded()` and `Batch(images:labels:)`.
//
// Worked example: the images 0.1, 0.2, 0.3, 0.4 of one pixel each, attacked
// 0.6, 0.9, 0.5, 0.7, with share 0.25: one image is replaced, and the mix is
// 0.1, 0.2, 0.3, 0.7.
func mixedBatch(
  clean: Batch, attacked: Tensor, share: Float
) -> Batch {
  // Rounded, not cut off: 2.8 images are 3, not 2.
  let replaced = Int((share * Float(clean.count)).rounded())
  let kept = clean.count - replaced
  // Every image stays in its place, clean or attacked. So the labels, which an
  // attack does not change, can stay in theirs.
  let images = Tensor(concatenating: [
    clean.images.rows(0..<kept), attacked.rows(kept..<clean.count),
  ])
  return Batch(images: images, labels: clean.labels)
}

// EXERCISE 7b · advanced · Adversarial training on a mix: the step
//
// Return what the optimizer needs for one update: the gradients of the mean
// loss over a batch of which a share is attacked. Attack the model as it is
// now, with the true labels; replace the last round(share · N) images as in 7a;
// take the gradients over the whole mix, in training but without dropout. You
// may use `attack.perturb(_:labels:against:)`, `model.withoutDropout` and its
// method `parameterGradients(on:mode:)` in the mode `.training(seed: 0)`. Write
// the mix out again here: then this step does not wait for 7a.
//
// Worked example: class 0 scores x₁ − x₂, class 1 scores 0. Three images (0.6,
// 0.6) are of class 0, the last one, (0.4, 0.4), is of class 1. With share 0.25,
// FGSM with ε = 0.1 moves the last one to (0.5, 0.3), where class 0 has the
// probability 0.55. The gradient of the first two weights is (3·(−0.5)·(0.6,
// 0.6) + 0.55·(0.5, 0.3)) / 4 = (−0.156, −0.184).
func hardeningStep(
  model: Sequential, batch: Batch, attack: any Attack, share: Float
) -> BatchGradients {
  // The current model is attacked, not an earlier one: what fooled the weights
  // of yesterday may be harmless for those of today. And with true labels: the
  // attacker wants those answers to become wrong.
  let attacked = attack.perturb(
    batch.images, labels: batch.labels, against: model)
  let kept = batch.count - Int((share * Float(batch.count)).rounded())
  let mix = Batch(
    images: Tensor(concatenating: [
      batch.images.rows(0..<kept), attacked.rows(kept..<batch.count),
    ]),
    labels: batch.labels)
  // One mean over all N images, so that the share alone decides how much the
  // attacked ones weigh.
  return model.withoutDropout.parameterGradients(
    on: mix, mode: .training(seed: 0))
}

// EXERCISE 8a · advanced · ONNX export: one tensor
//
// Write a tensor as the bytes of ONNX's message `TensorProto`: `dims` (field 1),
// one whole number an axis; `data_type` (2), 1 for 32-bit floats; `name` (8);
// and `raw_data` (9), all scalars in order, four bytes each, the lowest byte
// first. `ProtobufWriter` writes fields: `var message = ProtobufWriter()`,
// `message.write(value, field: 2)` for an Int, a String or Data, and
// `message.bytes` at the end. A list is one field for each element.
//
// Example: 1, −2, 0.5 in shape [1, 3] under the name w are the 23 bytes 08 01
// 08 03, 10 01, 42 01 77, 4a 0c 00 00 80 3f 00 00 00 c0 00 00 00 3f.
func onnxTensor(_ tensor: Tensor, name: String) -> Data {
  var message = ProtobufWriter()
  for size in tensor.shape { message.write(size, field: 1) }
  message.write(1, field: 2)
  message.write(name, field: 8)
  // The bits of each float as they are, in the byte order of the format, which
  // need not be that of this machine.
  let bits = tensor.scalars.map(\.bitPattern.littleEndian)
  message.write(bits.withUnsafeBytes { Data($0) }, field: 9)
  return message.bytes
}

// EXERCISE 8b · advanced · ONNX export: one node
//
// Write an operation as a `NodeProto`: `input` (field 1), one field an input;
// `output` (2); `name` (3); `op_type` (4), the operation; `attribute` (5), one
// field a setting. A setting is a message of its own, an `AttributeProto`:
// `name` (1); `i` (3) for a number or `ints` (8), one field a number, for a
// list; and `type` (20), 2 for a number, 7 for a list.
//
// Example: Relu named r from a to b is 0a 01 61, 12 01 62, 1a 01 72, 22 04 52 65
// 6c 75.
func onnxNode(
  _ operation: String, name: String, inputs: [String], output: String,
  settings: [ONNXSetting]  // with name, numbers and isList
) -> Data {
  var message = ProtobufWriter()
  for input in inputs { message.write(input, field: 1) }
  message.write(output, field: 2)
  message.write(name, field: 3)
  message.write(operation, field: 4)
  for setting in settings {
    // A message inside a message is a field of bytes.
    var attribute = ProtobufWriter()
    attribute.write(setting.name, field: 1)
    for number in setting.numbers {
      attribute.write(number, field: setting.isList ? 8 : 3)
    }
    attribute.write(setting.isList ? 7 : 2, field: 20)
    message.write(attribute.bytes, field: 5)
  }
  return message.bytes
}

// EXERCISE 8c · advanced · ONNX export: graph and model
//
// Put the finished pieces together. A `GraphProto` has `node` (field 1), one
// field a node, in the given order; `name` (2), any text; `initializer` (5), one
// field a tensor; `input` (11) and `output` (12). A `ModelProto` has
// `ir_version` (1), 8; `graph` (7); and `opset_import` (8), a message with
// `domain` (1), the empty text (or left out), and `version` (2), 17.
//
// Example: a graph of one Relu computes 0, 2 from −1, 2.
func onnxModel(
  nodes: [Data], tensors: [Data],  // each an encoded message
  input: Data, output: Data
) -> Data {
  var graph = ProtobufWriter()
  // In order: a node may take only what an earlier one has made.
  for node in nodes { graph.write(node, field: 1) }
  graph.write("network", field: 2)
  for tensor in tensors { graph.write(tensor, field: 5) }
  graph.write(input, field: 11)
  graph.write(output, field: 12)
  var operations = ProtobufWriter()
  // The empty domain is ONNX's own set of operations.
  operations.write("", field: 1)
  operations.write(17, field: 2)
  var model = ProtobufWriter()
  model.write(8, field: 1)
  model.write(graph.bytes, field: 7)
  model.write(operations.bytes, field: 8)
  return model.bytes
}

// EXERCISE 10 · intermediate · Break it: a slope that rounds to 0
//
// Change `challenge.images` so that `challenge.model` misreads them; change
// nothing else. Every pixel stays within `challenge.epsilon` of where it was and
// within 0...1 (`projected(_:around:_:)` takes it back). The model's logits are
// so large that the probabilities of the wrong classes round to 0, and with them
// the slope of the cross-entropy: FGSM and PGD stand still. You may use
// `model.inputGradient(of: images) { logits, rows in … }`, whose closure gives
// the slope of any loss at the logits of the images `rows`, for instance
// `softmaxCrossEntropy(logits:labels:).gradient`. The closure cannot reach
// `challenge`: `let labels = challenge.labels` before it, and within it
// `Array(labels[rows])`. `challenge.epsilon.pixels` is ε as a number. Asked of
// chapter 3's network and 30 test images: at most 10 % may stay right at ε = 0.2.
//
// Worked example: class 0 scores 1000·(x₁ − x₂) against 0, the image (0.6, 0.4)
// is of class 0, ε = 0.2. The other class has the probability e⁻²⁰⁰ = 0, rounded,
// and the slope is 0. But
// the margin, the wrong logit minus the right one, has the slope (−1000, 1000):
// its signs lead to (0.4, 0.6), which scores −200.
func breakMaskedGradients(_ challenge: inout Challenge) {
  let original = challenge.images
  let labels = challenge.labels
  let step = challenge.epsilon.pixels / 8
  for _ in 0..<20 {
    // A hundredth of the logits gives the same answers, and probabilities that
    // do not round to 1.
    let gradient = challenge.model.inputGradient(of: challenge.images) {
      logits, rows in
      softmaxCrossEntropy(
        logits: logits * 0.01, labels: Array(labels[rows])
      ).gradient
    }
    challenge.images = projected(
      challenge.images.combined(with: gradient) {
        $0 + ($1 > 0 ? step : $1 < 0 ? -step : 0)
      }, around: original, challenge.epsilon)
  }
}

// EXERCISE 11 · advanced · Break it: a step without a slope
//
// As in 10: change the images, nothing else. The first layer of the model,
// `Thresholding()`, makes each pixel black or white, and no slope comes back
// through it. You may use a layer like a function, `Thresholding()(images)`,
// the layers behind it, `Sequential(Array(challenge.model.layers.dropFirst()))`,
// and `inputGradient(of:labels:)`. Asked of chapter 3's network behind the
// threshold and 50 test images: at most 38 % may stay right at ε = 0.47.
//
// Worked example: the image (0.6, 0.4) of class 0 is seen as (1, 0), where class
// 0 scores x₁ − x₂ = 1. There the loss of the rest has a slope with the signs
// (−, +). Taken as the slope at (0.6, 0.4), it leads with ε = 0.2 to (0.4, 0.6),
// seen as (0, 1): score −1.
func breakThreshold(_ challenge: inout Challenge) {
  let original = challenge.images
  let step = challenge.epsilon.pixels / 16
  let rest = Sequential(Array(challenge.model.layers.dropFirst()))
  for _ in 0..<40 {
    // Forward through the threshold, backward as if it were not there.
    let gradient = rest.inputGradient(
      of: Thresholding()(challenge.images), labels: challenge.labels)
    challenge.images = projected(
      challenge.images.combined(with: gradient) {
        $0 + ($1 > 0 ? step : $1 < 0 ? -step : 0)
      }, around: original, challenge.epsilon)
  }
}

// EXERCISE 12 · advanced · Break it: noise in front of a network
//
// As in 10: change the images, nothing else. The first layer of the model adds
// normal noise of 0.25 to every pixel. What it draws depends on its seed and on
// the image: the same image meets the same draw again, one that differs in a
// single pixel another one. An image counts as safe if it is read right in most
// of five draws with seeds that you do not know. You may use
// `challenge.model(drawing: seed)`, the same model with other draws. Asked of
// the network trained with four steps and 30 test images: at most 40 % may stay
// safe at ε = 0.2.
//
// Worked example: in three draws the slope of one pixel is +3, −1 and −1. Two of
// three draws say down; the mean, ⅓, says up, and up is where the mean loss
// rises.
func breakNoise(_ challenge: inout Challenge) {
  let original = challenge.images
  let step = challenge.epsilon.pixels / 8
  var seed: UInt64 = 0
  for _ in 0..<20 {
    // The slope of a mean is the mean of the slopes; its signs are those of the
    // sum.
    var sum = Tensor(shape: original.shape)
    for _ in 0..<10 {
      seed += 1
      sum += challenge.model(drawing: seed).inputGradient(
        of: challenge.images, labels: challenge.labels)
    }
    challenge.images = projected(
      challenge.images.combined(with: sum) {
        $0 + ($1 > 0 ? step : $1 < 0 ? -step : 0)
      }, around: original, challenge.epsilon)
  }
}

// EXERCISE 13 · advanced · Break it: a detector that rejects
//
// As in 10: change the images, nothing else. `challenge.alarm`, which is there in
// this exercise, has a `detector` and a `threshold`; an image whose score lies above it is rejected, and then
// its wrong answer helps nobody. You may use `detector.scores(of: images)`,
// `detector.scoreGradient(of: images)` with its `scores` and `gradient`,
// `predictions(model.logits(of: images))`, and of tensors `row`, `replaceRow`
// and `Tensor(rows:of:)`. Asked of chapter 3's network and 30 test images: at
// most 5 % may stay safe, read right or rejected, at ε = 0.3.
//
// Worked example: an image is misread, and its score of 1.6 lies above the
// threshold of 1.3: rejected. From here on a step that raises the loss gains
// nothing; one that lowers the score does, as long as the answer stays wrong.
func breakDetector(_ challenge: inout Challenge) {
  guard let alarm = challenge.alarm else { return }
  let (original, labels) = (challenge.images, challenge.labels)
  let step = challenge.epsilon.pixels / 20
  /// What counts is where a pixel lies among the others, not the unit.
  func scaled(_ slope: ArraySlice<Float>) -> [Float] {
    let sum = slope.reduce(0) { $0 + abs($1) }
    return sum > 0 ? slope.map { $0 / sum } : Array(slope)
  }
  var current = original
  for _ in 0..<60 {
    let loss = challenge.model.inputGradient(of: current, labels: labels)
    let score = alarm.detector.scoreGradient(of: current)
    let answers = predictions(challenge.model.logits(of: current))
    let rows = labels.indices.map { image in
      let isWrong = answers[image] != labels[image]
      if isWrong, score.scores[image] <= alarm.threshold {
        // Misread and accepted: this one is kept, whatever comes later.
        challenge.images.replaceRow(image, with: current.row(image))
      }
      // The aim that is still open decides, the other one counts a fifth.
      let (up, down): (Float, Float) = isWrong ? (0.2, 1) : (1, 0.2)
      return zip(
        scaled(loss.row(image)), scaled(score.gradient.row(image))
      ).map { up * $0 - down * $1 }
    }
    let way = Tensor(rows: rows, of: Array(original.shape.dropFirst()))
    current = projected(
      current.combined(with: way) {
        $0 + ($1 > 0 ? step : $1 < 0 ? -step : 0)
      }, around: original, challenge.epsilon)
  }
}

// EXERCISE 14 · intermediate · Interval bounds of one layer
//
// Output o of a linear layer is bias[o] + Σ weight[o, i] · x[i]. Each input has
// an interval of its own: in row n, input i lies in lower[n, i]...upper[n, i].
// Return the least and the largest value that each output can take there, as
// two tensors [N, outputs]. `lower` and `upper` are [N, inputs], `weight` is
// [outputs, inputs], `bias` is [outputs]. Number i of row n is `lower[n, i]` or
// `lower.scalars[n * inputs + i]`; `Tensor(shape:repeating:)` makes a tensor to
// be filled, `Tensor(shape:scalars:)` one from a list. You may also calculate
// with whole tensors: `a + b`, `a - b`, `a * 0.5`, `a.map(abs)`, and
// `Linear(weight:bias:)` makes a layer that you call with [N, inputs].
//
// Worked example: the inputs lie in 0.4...0.6 and 0.3...0.5. With weights 2 and
// −1 and bias 0 the output is at least 2·0.4 − 0.5 = 0.3 and at most 2·0.6 −
// 0.3 = 0.9; with weights −2 and 3 and bias 0.5 it lies in 0.2...1.2.
func linearBounds(
  lower: Tensor, upper: Tensor, weight: Tensor, bias: Tensor
) -> (lower: Tensor, upper: Tensor) {
  // A box is its center and its radius. The center moves as any input does.
  let center = Linear(weight: weight, bias: bias)((lower + upper) * 0.5)
  // An input may leave its center by the radius, up or down, whichever hurts.
  // So the sign of its weight does not matter, only the magnitude. All inputs
  // may do so at once, and what they do adds up. The bias moves the box and
  // makes it no wider.
  let magnitudes = Linear(weight: weight.map(abs), bias: bias * 0)
  let radius = magnitudes((upper - lower) * 0.5)
  return (center - radius, center + radius)
}
