/// What one batch says about a model: how well it does, and how to do better.
public struct BatchGradients: Sendable {
  /// The mean loss over the batch.
  public var loss: Double
  /// The images that the model classified as labelled, of all.
  public var accuracy: Proportion
  /// ∂(mean loss)/∂parameter, in the order of the model's parameters.
  public var parameters: [Tensor]
  /// What layers that see the whole batch have measured in it, each with the
  /// number of its layer.
  var measurements: [(layer: Int, cache: any Sendable)] = []
}

extension Sequential {
  /// The gradient of the mean loss with respect to every parameter, and what
  /// the layers have measured.
  ///
  /// - Parameters:
  ///   - batch: At least one image.
  ///   - mode: `.training`, also without dropout; `.inference` to look at the
  ///     finished network.
  /// - Returns: Loss, accuracy and gradients.
  public func parameterGradients(on batch: Batch, mode: Mode) -> BatchGradients
  {
    parameterGradients(
      on: batch, mode: mode, through: .crossEntropy(labels: batch.labels))
  }

  /// The same for any loss that is a function of the logits.
  ///
  /// - Parameters:
  ///   - batch: At least one image. Its labels count for the accuracy; whether
  ///     they count for the loss is the loss's affair.
  ///   - mode: `.training`, also without dropout; `.inference` to look at the
  ///     finished network.
  ///   - loss: What the mean is taken of.
  /// - Returns: Loss, accuracy and gradients.
  public func parameterGradients(
    on batch: Batch, mode: Mode, through loss: BatchLoss
  ) -> BatchGradients {
    precondition(batch.count > 0, "an empty batch has no gradient")
    var pass = BatchPass(self, on: batch, mode: mode, through: loss)
    pass.run()
    WorkReport.send(
      passes: WorkReport.passesOfGradient * batch.count, loss: pass.loss)
    return BatchGradients(
      loss: pass.loss, accuracy: Proportion(pass.correct, of: batch.count),
      parameters: layers.indices.flatMap {
        layers[$0].layer.erasedParameterGradients(
          from: pass.contributions[$0])
      },
      measurements: pass.measurements)
  }

  /// Takes what training on a batch has measured into the buffers.
  public mutating func absorb(_ gradients: BatchGradients) {
    for (index, cache) in gradients.measurements {
      layers[index].layer.erasedAbsorb(cache)
    }
  }

  /// The same network with every dropout at rate 0.
  ///
  /// To train without dropout is still to train: batch normalization measures.
  public var withoutDropout: Sequential {
    var copy = self
    for index in layers.indices where layers[index].layer is Dropout {
      copy.layers[index].layer = Dropout(0)
    }
    return copy
  }
}
