/// Suspects images about which the model changes its mind when detail is lost.
///
///     score = max over squeezers of ‖softmax(f(x)) − softmax(f(squeezed x))‖₁
///
/// Xu, Evans and Qi, "Feature Squeezing: Detecting Adversarial Examples in Deep
/// Neural Networks", NDSS 2018, arXiv:1704.01155. A squeezer maps many images
/// to one, by rounding pixels or by taking medians. On a clean image the model
/// should hardly notice. The score lies in 0...2.
public struct FeatureSqueezing: Detector {
  private let model: Sequential
  private let squeezers: [any Layer]

  /// - Parameters:
  ///   - model: The model whose answers are compared.
  ///   - squeezers: From pixels to pixels of the same shape, one or more.
  public init(of model: Sequential, by squeezers: [any Layer]) {
    precondition(
      !squeezers.isEmpty, "feature squeezing takes at least one squeezer")
    self.model = model
    self.squeezers = squeezers
  }

  public func scores(of images: Tensor) -> [Double] {
    compared(images).scores
  }

  /// The scores and their gradient, which passes a squeezer as if that changed
  /// nothing: the slope of rounding is 0 almost everywhere and tells nothing.
  ///
  /// Athalye, Carlini and Wagner, "Obfuscated Gradients Give a False Sense of
  /// Security", ICML 2018, arXiv:1802.00420, section 4.1.
  public func scoreGradient(of images: Tensor)
    -> (scores: [Double], gradient: Tensor)
  {
    let found = compared(images)
    let plain = model.inputGradient(of: images) { logits, range in
      distanceSlope(logits, from: found.squeezedProbabilities.rows(range))
    }
    let squeezed = model.inputGradient(of: found.squeezed) { logits, range in
      distanceSlope(logits, from: found.probabilities.rows(range))
    }
    return (found.scores, plain + squeezed)
  }

  /// What the model makes of images and of the squeezed version of each that
  /// changes its answer most.
  private struct Comparison {
    var scores: [Double]
    var probabilities: Tensor
    var squeezed: Tensor
    var squeezedProbabilities: Tensor
  }

  private func compared(_ images: Tensor) -> Comparison {
    let probabilities = softmax(model.logits(of: images))
    // Every image begins as its own squeezed version, at distance 0.
    var result = Comparison(
      scores: Array(repeating: 0, count: images.shape[0]),
      probabilities: probabilities, squeezed: images,
      squeezedProbabilities: probabilities)
    for squeezer in squeezers {
      let candidates = squeeze(images, by: squeezer)
      let others = softmax(model.logits(of: candidates))
      for image in result.scores.indices {
        let score = difference(probabilities.row(image), others.row(image))
        guard score > result.scores[image] else { continue }
        result.scores[image] = score
        result.squeezed.replaceRow(image, with: candidates.row(image))
        result.squeezedProbabilities.replaceRow(image, with: others.row(image))
      }
    }
    return result
  }

  /// Applies one squeezer, by all workers.
  private func squeeze(_ images: Tensor, by squeezer: any Layer) -> Tensor {
    let shards = Workers.shards(of: images.shape[0], size: independentShardSize)
    let parts = Workers.map(shards.count) { index in
      squeezer.erasedForward(images.rows(shards[index]), mode: .inference)
        .output
    }
    let result = Tensor(concatenating: parts)
    precondition(
      result.shape == images.shape,
      "a squeezer keeps the shape of images, \(images.shape); "
        + "\(type(of: squeezer)) gave \(result.shape)")
    return result
  }
}

/// ‖one − other‖₁, added in `Double`.
private func difference(_ one: ArraySlice<Float>, _ other: ArraySlice<Float>)
  -> Double
{
  zip(one, other).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) }
}

/// The slope of ‖softmax(logits) − others‖₁ at every logit, row by row.
///
/// With p the softmax and sᵢ the sign of pᵢ − othersᵢ it is pᵢ Σⱼ (sᵢ − sⱼ) pⱼ.
/// Where p of one class rounds to 1 this sum still has the small other terms,
/// which sᵢ − Σⱼ sⱼ pⱼ loses.
///
/// - Parameters:
///   - logits: Shape `[N, classes]`.
///   - others: Probabilities, in the same shape.
/// - Returns: In the same shape.
private func distanceSlope(_ logits: Tensor, from others: Tensor) -> Tensor {
  let probabilities = softmax(logits)
  return Tensor(
    rows: (0..<logits.shape[0]).map { row in
      let p = Array(probabilities.row(row))
      let signs = zip(p, others.row(row)).map { sign($0 - $1) }
      return p.indices.map { i in
        var sum = 0.0
        for j in p.indices {
          sum += Double(signs[i] - signs[j]) * Double(p[j])
        }
        return Float(Double(p[i]) * sum)
      }
    }, of: [logits.shape[1]])
}
