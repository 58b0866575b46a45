extension Trial {
  /// What a check has found.
  struct Finding {
    /// In words.
    var measured: String
    /// How many images speak against the attack.
    var against: Int
  }

  /// Makes one check.
  mutating func line(_ check: Audit.Check) throws -> Audit.Line {
    if let obstacle = obstacle(to: check) {
      return Audit.Line(
        check: check, measured: "", verdict: .notApplicable(obstacle))
    }
    let finding = try finding(check)
    // Nothing is the only size for which there is no luck.
    let allowed = check == .zeroIsIdentity ? 0 : Audit.tolerance
    return Audit.Line(
      check: check, measured: finding.measured,
      verdict: finding.against > allowed ? .failed : .passed)
  }

  private mutating func finding(_ check: Audit.Check) throws -> Finding {
    switch check {
    case .zeroIsIdentity: try changedAtZero()
    case .zeroGradients: zeroGradients()
    case .clippedGradients: clippedGradients()
    case .lossRises: fallenLosses()
    case .notRisingWithEpsilon: try risesWithSize()
    case .iterativeBeatsSingleStep: leadOfSingleStep()
    case .whiteBoxBeatsBlackBox: leadOfBlackBox()
    case .moreStepsHelpLittle: try gainOfSteps()
    case .moreRestartsHelpLittle: try gainOfRestarts()
    case .unboundedReachesChance: try leadOverChance()
    case .beatsNoise: leadOfNoise()
    }
  }

  /// Why a check says nothing about this attack; nil if it does.
  private func obstacle(to check: Audit.Check) -> String? {
    let noNorm = attack.norm == nil ? "its size is not a distance" : nil
    let minimal = attack.isMinimal ? "it looks for the nearest image" : nil
    let blind = knowledge == .nothing ? "it does not ask the model" : nil
    let noGradient = knowledge < .gradients ? "it asks for no gradient" : nil
    return switch check {
    case .zeroIsIdentity, .notRisingWithEpsilon: noNorm ?? minimal
    case .zeroGradients, .clippedGradients: noGradient
    case .lossRises: noGradient ?? minimal
    case .iterativeBeatsSingleStep, .whiteBoxBeatsBlackBox:
      noGradient ?? noNorm
    case .moreStepsHelpLittle:
      attack.steps == nil ? "it takes no number of steps" : nil
    case .moreRestartsHelpLittle:
      attack.restarts == nil ? "it takes no number of starts" : nil
    case .unboundedReachesChance, .beatsNoise: blind ?? noNorm
    }
  }
}
