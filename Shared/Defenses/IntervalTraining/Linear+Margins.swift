// With the last layer merged into the margins, the bound of z_j − z_y is that
// of one weighted sum, with weights w_j − w_y. As a difference of two bounds it
// would be wider: each logit would take its worst case from another image.

extension Linear {
  /// Every logit minus every other: output y · classes + j is z_j − z_y.
  var margins: Linear {
    let (classes, inputs) = (weight.shape[0], weight.shape[1])
    let (weights, biases) = (weight.scalars, bias.scalars)
    var rows: [Float] = []
    rows.reserveCapacity(classes * classes * inputs)
    var shifts: [Float] = []
    for label in 0..<classes {
      for other in 0..<classes {
        for i in 0..<inputs {
          rows.append(weights[other * inputs + i] - weights[label * inputs + i])
        }
        shifts.append(biases[other] - biases[label])
      }
    }
    return Linear(
      weight: Tensor(shape: [classes * classes, inputs], scalars: rows),
      bias: Tensor(shifts))
  }

  /// The gradients of weight and bias, from those of `margins`.
  func gradients(fromMargins gradients: [Tensor]) -> [Tensor] {
    let (classes, inputs) = (weight.shape[0], weight.shape[1])
    let (rows, shifts) = (gradients[0].scalars, gradients[1].scalars)
    var weights = [Float](repeating: 0, count: classes * inputs)
    var biases = [Float](repeating: 0, count: classes)
    for label in 0..<classes {
      for other in 0..<classes where other != label {
        let row = label * classes + other
        for i in 0..<inputs {
          let slope = rows[row * inputs + i]
          weights[other * inputs + i] += slope
          weights[label * inputs + i] -= slope
        }
        biases[other] += shifts[row]
        biases[label] -= shifts[row]
      }
    }
    return [Tensor(shape: weight.shape, scalars: weights), Tensor(biases)]
  }
}

/// The worst logits of each image, that of its label being 0: the upper bounds
/// of z_j − z_y for its label y.
///
/// - Parameters:
///   - margins: Center and radius of all margins, `[N, classes²]`.
///   - labels: N class numbers.
///   - classes: How many there are.
/// - Returns: Shape `[N, classes]`.
func worstLogits(_ margins: TensorPair, labels: [Int], classes: Int) -> Tensor {
  let (centers, radii) = (margins.first.scalars, margins.second.scalars)
  var logits: [Float] = []
  for (image, label) in labels.enumerated() {
    precondition(
      (0..<classes).contains(label), "label \(label) is not in 0..<\(classes)")
    let first = (image * classes + label) * classes
    for i in first..<first + classes { logits.append(centers[i] + radii[i]) }
  }
  return Tensor(shape: [labels.count, classes], scalars: logits)
}

/// The gradient of the margins' centers, and of their radii, which is the same:
/// `[N, classes²]`, from that of the worst logits, `[N, classes]`.
func marginGradient(_ gradient: Tensor, labels: [Int], classes: Int) -> Tensor {
  let slopes = gradient.scalars
  var result = [Float](
    repeating: 0, count: labels.count * classes * classes)
  for (image, label) in labels.enumerated() {
    let first = (image * classes + label) * classes
    for j in 0..<classes { result[first + j] = slopes[image * classes + j] }
  }
  return Tensor(
    shape: [labels.count, classes * classes], scalars: result)
}
