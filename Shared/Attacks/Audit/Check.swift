extension Audit {
  /// What can be asked of an attack whatever its model.
  public enum Check: String, Sendable, CaseIterable {
    /// With a size of 0 the images come back to the bit.
    case zeroIsIdentity
    /// The loss has a slope at the clean images.
    case zeroGradients
    /// Not every pixel is at the end of its range to which its slope points.
    case clippedGradients
    /// Where the model stands, its loss is no lower than on the clean image.
    case lossRises
    /// With a quarter, half and twice the size: more room never helps the
    /// model.
    case notRisingWithEpsilon
    /// No worse than a single step of the same size.
    case iterativeBeatsSingleStep
    /// Hardly an image falls to queries or to a transfer alone.
    case whiteBoxBeatsBlackBox
    /// Twice the steps find hardly more.
    case moreStepsHelpLittle
    /// Three times the starts find hardly more.
    case moreRestartsHelpLittle
    /// With room to turn any image into any other, the model can only guess.
    case unboundedReachesChance
    /// No worse than noise of the same size.
    case beatsNoise
  }
}

extension Audit.Check {
  /// What is expected, in a few words.
  public var expectation: String {
    switch self {
    case .zeroIsIdentity: "size 0 changes nothing"
    case .zeroGradients: "gradients are not zero"
    case .clippedGradients: "pixels can move where the gradient points"
    case .lossRises: "the loss rises"
    case .notRisingWithEpsilon: "more room never helps the model"
    case .iterativeBeatsSingleStep: "many steps do no worse than one"
    case .whiteBoxBeatsBlackBox: "gradients do no worse than queries"
    case .moreStepsHelpLittle: "twice the steps change little"
    case .moreRestartsHelpLittle: "three times the starts change little"
    case .unboundedReachesChance: "with all the room the model only guesses"
    case .beatsNoise: "it does better than noise"
    }
  }

  /// What it usually means if it fails.
  public var whatItMeans: String {
    switch self {
    case .zeroIsIdentity:
      "Something beside the steps moves the images: noise that is not "
        + "multiplied by ε, or a way into other units and back that rounds."
    case .zeroGradients:
      "There is no direction to go. A softmax before the loss has saturated, a "
        + "layer rounds or thresholds, or a defense masks its gradients."
    case .clippedGradients:
      "Every gradient points out of 0...1, so that nothing can move: the sign "
        + "of the loss is wrong, or the pixels are in other units."
    case .lossRises:
      "The steps lead downhill: the sign of the loss is wrong, the labels "
        + "belong to other images, or the step is too long."
    case .notRisingWithEpsilon:
      "What a small bound allows, a larger one allows too. The attack gets "
        + "lost in the larger one: the step is too small to cross it, or so "
        + "long that it misses what lies near."
    case .iterativeBeatsSingleStep:
      "The steps undo each other or hardly move: too long, too small, of the "
        + "wrong sign, or not put back properly."
    case .whiteBoxBeatsBlackBox:
      "The gradients are masked, or the attack is too weak (a single step): "
        + "the model falls to somebody who knows less. Try another loss, more "
        + "steps and starts, another way back through the layer that masks."
    case .moreStepsHelpLittle:
      "It has not converged: too few steps, or too small ones. The model "
        + "looks better than it is."
    case .moreRestartsHelpLittle:
      "What is found depends on where it starts: the loss has many hills. The "
        + "model looks better than it is; start more often."
    case .unboundedReachesChance:
      "The attack does not use its room: the step is too small, ε is counted "
        + "in other units, the sign of the loss is wrong, or the gradients are "
        + "masked."
    case .beatsNoise:
      "It follows nothing, or the wrong way: dropout is on, the labels are "
        + "shuffled, the sign of the loss is wrong, or the gradients are masked."
    }
  }
}
