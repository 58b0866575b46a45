import Testing

@testable import Shared

extension AuditTests {
  @Test func `a line that says nothing says why`() throws {
    let digits = try MeanDigits.shared.get()
    let control = try digits.audit(
      AuditedAttack(norm: .maximum) { RandomSigns(epsilon: $0.epsilon) })
    let patch = try digits.audit(
      AuditedAttack(norm: nil) { settings in
        HomeMade<GradientAccess>(settings, bound: .patch(side: 3)) {
          images, _, _ in images
        }
      })
    func obstacles(_ audit: Audit) -> [String?] {
      audit.lines.map {
        guard case .notApplicable(let why) = $0.verdict else { return nil }
        #expect($0.measured.isEmpty)
        return why
      }
    }
    let (gradient, model) = (
      "it asks for no gradient", "it does not ask the model"
    )
    let (steps, starts) = (
      "it takes no number of steps", "it takes no number of starts"
    )
    let norm = "its size is not a distance"
    #expect(control.lines.map(\.check) == Audit.Check.allCases)
    #expect(
      obstacles(control) == [
        nil, gradient, gradient, gradient, nil, gradient, gradient, steps,
        starts, model, model,
      ])
    #expect(
      obstacles(patch) == [
        norm, nil, nil, nil, norm, norm, norm, steps, starts, norm, norm,
      ])
  }

  @Test func `one search for the nearest image answers for every size`()
    throws
  {
    // The lead of 0.15 is gone at a distance of 0.15 ⁄ √2 = 0.106. This one
    // goes further with fewer steps.
    let attack = AuditedAttack(norm: .euclidean, steps: 5, isMinimal: true) {
      settings in
      #expect(settings.size == nil)
      let step: Float = settings.steps == 5 ? 0.1 : 0.08
      return HomeMade<ScoreAccess>(settings, bound: Bound.none) {
        images, _, _ in
        Tensor(
          rows: images.allRows.map { [$0[0] - step, $0[1] + step] },
          of: [1, 2, 1])
      }
    }
    func audit(_ radius: Float) throws -> Audit {
      try Audit(
        of: attack, settings: AttackSettings(size: radius), against: model,
        on: leads(20))
    }
    for (radius, left, more, verdict) in [
      (0.15, 0, 0, Audit.Verdict.passed), (0.12, 20, 0, .failed),
      (0.1, 20, 20, .passed),
    ] {
      let audit = try audit(Float(radius))
      #expect(audit[.moreStepsHelpLittle]?.verdict == verdict)
      #expect(
        audit[.moreStepsHelpLittle]?.measured
          == "right of 20: \(left), \(more) with 10 steps")
      #expect(
        audit[.unboundedReachesChance]?.measured
          == "right of 20: 0 at any distance; one answer to all gets 20")
      #expect(
        audit[.notRisingWithEpsilon]?.verdict
          == .notApplicable("it looks for the nearest image"))
    }
  }

  @Test func `what cannot be made is not audited`() throws {
    let batch = leads(4)
    #expect(throws: TutorialError.self) {
      try audit(
        AuditedAttack(norm: .maximum) { _ in throw TutorialError("No.") },
        on: batch)
    }
  }

  @Test func `the same lines for any number of workers`() throws {
    let digits = try MeanDigits.shared.get()
    let recipe = try #require(AttackRecipe.named("pgd"))
    let audits = try [1, 2, 3].map { workers in
      try Workers.$count.withValue(workers) {
        try Audit(
          of: recipe, settings: AttackSettings(size: 0.1, steps: 5),
          material: AttackMaterial(
            model: digits.model, images: digits.batch,
            surrogates: [digits.model]),
          on: digits.batch.prefix(40))
      }
    }
    #expect(audits[0].lines == audits[1].lines)
    #expect(audits[0].lines == audits[2].lines)
    #expect(audits[0].passes == audits[2].passes)
    #expect(
      audits[0][.whiteBoxBeatsBlackBox]?.measured.contains("a transfer")
        == true)
  }
}
