import Shared

/// What the Article states.
func articleStatements(_ ledger: Ledger) throws -> [Statement] {
  let learned = try statementsOnLearning(ledger)
  return try learned + statementsOnAttacks(ledger)
    + statementsOnSecurity(ledger.decoded("06-Security"))
}

/// Chapters 1 to 3.
private func statementsOnLearning(_ ledger: Ledger) throws -> [Statement] {
  let architecture: ArchitectureResults = try ledger.decoded(
    "01-Architecture")
  let data: DataResults = try ledger.decoded("02-Data")
  let training: TrainingResults = try ledger.decoded("03-Training")
  let gap = training.history.first.map {
    ($0.validationAccuracy - $0.trainingAccuracy) * 100
  }
  return [
    """
    linear layers: \(architecture.parameters.grouped) parameters, \
    \(architecture.multiplyAdds.grouped) multiply-adds
    """,
    """
    `fc1` holds \(architecture.share(of: "fc1", \.parameters)) of the \
    parameters, and the second convolution `conv2` does \
    \(architecture.share(of: "conv2", \.multiplyAdds)) of the multiply-adds
    """,
    """
    \(data.exactlyBlack.percent(1)) of all training pixels are exactly black
    """,
    """
    \(data.between.percent(1)) of all pixels, and \
    \(data.inkBetween.percent(1)) of the inked ones
    """,
    "training lies \((gap ?? 0).decimals(2)) points *below* validation",
  ]
}

/// Chapters 4 and 5.
private func statementsOnAttacks(_ ledger: Ledger) throws -> [Statement] {
  let hooks: HooksResults = try ledger.decoded("04-Hooks")
  let attacks: AttackResults = try ledger.decoded("05-Attacks")
  let ratios = zip(hooks.driftFGSM, hooks.driftNoise).map {
    ($0.relativeDistance / $1.relativeDistance).decimals(2)
  }
  func left(_ curve: Int) -> String {
    attacks.curves[curve].at(0.1)?.accuracy.inText(decimals: 0, unit: " %")
      ?? ""
  }
  return [
    """
    moves the output of the first layer \(ratios.first ?? "") times as far as \
    random signs, drawn once, and the logits \(ratios.last ?? "") times as far
    """,
    """
    At ε = 0.1 random signs leave \(left(0)) of these images, FGSM \(left(1)), \
    PGD-40 \(left(2)) and the worst case \(left(3)).
    """,
  ]
}

/// Chapter 6.
private func statementsOnSecurity(_ security: SecurityResults) -> [Statement] {
  let few = security.cleanOnExamImages
  let (plain, hardened) = (security.plainClean, security.hardenedClean)
  func row(
    _ name: String, _ plain: Proportion, _ hardened: Proportion,
    images: String = "first 1,000", decimals: Int = 1
  ) -> Statement {
    """
    | \(literal: name) | \(literal: images) \
    | \(plain.value.percent(decimals)) | \(hardened.value.percent(decimals)) |
    """
  }
  let exam = zip(security.examPlain, security.examHardened).map {
    (plain: $0.accuracy, hardened: $1.accuracy)
  }
  let names = ["random signs", "FGSM", "PGD-40"]
  let attacked = zip(names, exam).map { row($0, $1.plain, $1.hardened) }
  func inText(_ accuracy: Proportion, _ decimals: Int) -> String {
    accuracy.inText(decimals: decimals, unit: " %")
  }
  let turned = security.beyond.first { $0.change == "rotated up to 30 degrees" }
  func rotated(_ network: String) -> String {
    turned?.shares[network].map {
      inText(Proportion(Int(($0 * 1000).rounded()), of: 1000), 1)
    } ?? ""
  }
  let sentences: [Statement] = [
    row("no attack", few.plain.accuracy, few.hardened.accuracy),
    row("no attack", plain, hardened, images: "all 10,000", decimals: 2),
    """
    the hardened model keeps \(inText(exam[2].hardened, 1)) of these images \
    and the plain one \(inText(exam[2].plain, 1))
    """,
    """
    the hardened model reads \(inText(hardened, 2)) of all 10,000 images and \
    the plain one \(inText(plain, 2)).
    """,
    """
    Several attacks together leave \(inText(security.truth[0][1].accuracy, 0)) \
    of the first 100 images of this model, and \
    \(inText(security.truth[1][1].accuracy, 0)) of the same images
    """,
    """
    Interval bounds prove \
    \(security.proved("interval-0.3", at: 0.3).map { inText($0, 1) } ?? "") of all \
    10,000 images at ε = 0.3.
    """,
    """
    rotated up to 30 degrees the plain network reads \(rotated("plain")) of \
    the first 1,000 images right under every rotation that was tried, the \
    four-step one \(rotated("four-steps")) and the one with certificates \
    \(rotated("interval-0.3"))
    """,
  ]
  return attacked + sentences
}
