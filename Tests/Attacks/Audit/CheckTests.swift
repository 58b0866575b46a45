import Testing

@testable import Shared

/// Whatever is wrong with an attack shows in a line of its audit.
@Suite struct CheckTests {
  /// PGD in ten steps that cross the box, unless told otherwise.
  private func pgd(
    step: Float = 0.25, seed: UInt64? = nil, loss: AttackLoss = .crossEntropy
  ) -> AuditedAttack {
    AuditedAttack(norm: .maximum, steps: 10) { settings in
      var attack = PGD(
        epsilon: settings.epsilon,
        stepSize: .pixels(step * settings.epsilon.pixels),
        steps: settings.steps ?? 10, seed: seed)
      attack.loss = loss
      return attack
    }
  }

  /// FGSM that uses but a share of its ε.
  private func timid(_ share: @escaping @Sendable (AttackSettings) -> Float)
    -> AuditedAttack
  {
    AuditedAttack(norm: .maximum, restarts: 1) { settings in
      HomeMade<GradientAccess>(settings) { images, goals, model in
        FGSM(epsilon: .pixels(share(settings) * settings.epsilon.pixels))
          .perturb(images, goals: goals, asking: model)
      }
    }
  }

  @Test func `a sound attack passes every line`() throws {
    let audit = try MeanDigits.shared.get().audit(pgd())
    #expect(audit.failed.isEmpty, "\(audit.lines)")
    #expect(audit.broken.isEmpty)
    #expect(audit.isPassed)
  }

  @Test func `a constant that is added whatever the size`() throws {
    let audit = try MeanDigits.shared.get().audit(
      AuditedAttack(norm: .maximum) { settings in
        HomeMade<GradientAccess>(settings) { images, goals, model in
          let epsilon = Epsilon.pixels(max(settings.epsilon.pixels, 0.01))
          return FGSM(epsilon: epsilon).perturb(
            images, goals: goals, asking: model)
        }
      })
    #expect(audit.failed == [.zeroIsIdentity])
    #expect(audit.broken.map(\.promise) == [.bound])
  }

  @Test func `a softmax in the network saturates`() throws {
    let digits = try MeanDigits.shared.get()
    let (weight, bias) = (digits.scores.weight, digits.scores.bias)
    let audit = try digits.audit(
      pgd(),
      model: [
        "flatten": Flatten(),
        "scores": Linear(weight: weight * 10_000, bias: bias * 10_000),
        "softmax": Softmax(),
      ])
    #expect(
      audit.failed
        == [.zeroGradients, .whiteBoxBeatsBlackBox, .unboundedReachesChance])
  }

  @Test func `a layer that rounds masks the gradients`() throws {
    let digits = try MeanDigits.shared.get()
    let audit = try digits.audit(
      pgd(seed: 0),
      model: Sequential(
        [(name: "rounding", layer: Rounding())] + digits.model.layers))
    #expect(
      audit.failed == [
        .zeroGradients, .lossRises, .whiteBoxBeatsBlackBox,
        .unboundedReachesChance, .beatsNoise,
      ])
  }

  @Test func `nothing can move into where it already is`() throws {
    // Black pixels that should become darker.
    let model: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 4], scalars: [1, 1, 1, 1, 0, 0, 0, 0]),
        bias: Tensor([0.1, 0])),
    ]
    func audit(_ pixel: Float) throws -> Audit {
      try Audit(
        of: pgd(), settings: AttackSettings(size: 0.1), against: model,
        on: Batch(
          images: Tensor(shape: [10, 2, 2, 1], repeating: pixel),
          labels: Array(repeating: 0, count: 10)))
    }
    #expect(try audit(0).failed == [.clippedGradients])
    #expect(try audit(0.01).failed.isEmpty)
  }

  @Test func `the sign of the loss is wrong`() throws {
    let downhill = AttackLoss("downhill") { logits, goal in
      let (value, slope) = AttackLoss.crossEntropy(logits, goal)
      return (-value, slope.map(-))
    }
    let audit = try MeanDigits.shared.get().audit(pgd(loss: downhill))
    #expect(
      audit.failed == [
        .lossRises, .notRisingWithEpsilon, .iterativeBeatsSingleStep,
        .whiteBoxBeatsBlackBox, .unboundedReachesChance, .beatsNoise,
      ])
  }

  @Test func `steps that hardly move`() throws {
    let audit = try MeanDigits.shared.get().audit(pgd(step: 0.05))
    #expect(
      audit.failed == [
        .iterativeBeatsSingleStep, .whiteBoxBeatsBlackBox,
        .moreStepsHelpLittle,
      ])
  }

  @Test func `half of the room is left`() throws {
    let audit = try MeanDigits.shared.get().audit(timid { _ in 0.5 })
    #expect(
      audit.failed == [.iterativeBeatsSingleStep, .whiteBoxBeatsBlackBox])
  }

  @Test func `more starts find more`() throws {
    let audit = try MeanDigits.shared.get().audit(
      timid { $0.restarts == 3 ? 1 : 0.5 })
    #expect(
      audit.failed == [
        .iterativeBeatsSingleStep, .whiteBoxBeatsBlackBox,
        .moreRestartsHelpLittle,
      ])
  }

  @Test func `lost in a large box`() throws {
    let audit = try MeanDigits.shared.get().audit(
      timid { $0.size == 0.2 ? 0.1 : 1 })
    #expect(audit.failed == [.notRisingWithEpsilon])
  }

  @Test func `never further than some size`() throws {
    let audit = try MeanDigits.shared.get().audit(
      timid { min(1, 0.2 / ($0.size ?? 1)) })
    #expect(audit.failed == [.unboundedReachesChance])
  }

  @Test func `coins instead of gradients`() throws {
    let audit = try MeanDigits.shared.get().audit(
      AuditedAttack(norm: .maximum) { settings in
        HomeMade<GradientAccess>(settings) { images, _, _ in
          uniformNoise(around: images, settings.epsilon, seed: 1)
        }
      })
    #expect(audit[.beatsNoise]?.verdict == .failed)
    #expect(audit[.iterativeBeatsSingleStep]?.verdict == .failed)
    #expect(audit[.zeroGradients]?.verdict == .passed)
  }

  @Test func `each has words of its own`() {
    let checks = Audit.Check.allCases
    #expect(Set(checks.map(\.whatItMeans)).count == checks.count)
    #expect(Set(checks.map(\.expectation)).count == checks.count)
  }
}
