import Testing

@testable import Shared

@Suite struct AuditTests {
  /// Class 0 leads by x₁ − x₂ in images of two pixels.
  let model: Sequential = [
    "flatten": Flatten(),
    "scores": Linear(
      weight: Tensor(shape: [2, 2], scalars: [1, -1, 0, 0]),
      bias: Tensor([0, 0])),
  ]

  /// Images with a lead of 0.15, all of class 0.
  func leads(_ count: Int) -> Batch {
    Batch(
      images: Tensor(
        rows: Array(repeating: [0.5, 0.35], count: count), of: [1, 2, 1]),
      labels: Array(repeating: 0, count: count))
  }

  /// Takes 2ε of each lead, if it feels like it.
  func down(
    ifNot isLazy: @escaping @Sendable (AttackSettings, _ image: Int) -> Bool
  ) -> AuditedAttack {
    AuditedAttack(norm: .maximum) { settings in
      HomeMade<ScoreAccess>(settings) { images, _, _ in
        let epsilon = settings.epsilon
        let rows = images.allRows.enumerated().map { image, row in
          isLazy(settings, image)
            ? row : [row[0] - epsilon.pixels, row[1] + epsilon.pixels]
        }
        return projected(
          Tensor(rows: rows, of: [1, 2, 1]), around: images, epsilon)
      }
    }
  }

  func audit(_ attack: AuditedAttack, on batch: Batch) throws -> Audit {
    try Audit(
      of: attack, settings: AttackSettings(size: 0.1), against: model,
      on: batch)
  }

  @Test func `three images may speak against an attack, four not`() throws {
    for (lazy, verdict) in [
      (0, Audit.Verdict.passed), (3, .passed), (4, .failed),
    ] {
      let audit = try audit(
        down { settings, image in settings.size == 0.2 && image < lazy },
        on: leads(20))
      #expect(audit[.notRisingWithEpsilon]?.verdict == verdict)
      #expect(
        audit[.notRisingWithEpsilon]?.measured
          == "right of 20: 20 at 0.025, 20 at 0.05, 0 at 0.1, \(lazy) at 0.2")
      #expect(audit.isPassed == (verdict == .passed))
    }
  }

  @Test func `not one image may change at size 0`() throws {
    let attack = AuditedAttack(norm: .maximum) { settings in
      HomeMade<ScoreAccess>(settings, bound: Bound.none) { images, _, _ in
        var changed = images
        changed.scalars[0] = 0.25
        return changed
      }
    }
    let audit = try audit(attack, on: leads(20))
    #expect(audit[.zeroIsIdentity]?.verdict == .failed)
    #expect(audit[.zeroIsIdentity]?.measured == "1 of 20 images changed")
    #expect(audit.broken.isEmpty)
  }

  @Test func `chance is one answer to all`() throws {
    // Class 1 is answered to all as soon as anything is moved far.
    var batch = leads(20)
    batch.labels = (0..<20).map { $0 < 12 ? 1 : 0 }
    let line = try audit(down { _, _ in false }, on: batch)[
      .unboundedReachesChance]
    #expect(line?.verdict == .passed)
    #expect(
      line?.measured == "right of 20: 12 at 1; one answer to all gets 12")
    batch.labels = (0..<20).map { $0 < 3 ? 1 : 0 }
    let lazy = try audit(down { _, image in image >= 3 }, on: batch)
    #expect(lazy[.unboundedReachesChance]?.verdict == .passed)
    batch.labels = (0..<20).map { $0 < 10 ? 1 : 0 }
    let worse = try audit(down { _, image in image >= 6 }, on: batch)
    #expect(worse[.unboundedReachesChance]?.verdict == .failed)
  }

  @Test func `the first 100 images are used`() throws {
    let audit = try audit(down { _, _ in false }, on: leads(130))
    #expect(audit[.zeroIsIdentity]?.measured == "0 of 100 images changed")
  }

  @Test func `a cheating attack looks strong, but is found out`() throws {
    let digits = try MeanDigits.shared.get()
    func audit(
      _ move:
        @escaping @Sendable (
          AttackSettings, _ images: Tensor, _ slope: Tensor
        ) -> Tensor
    ) throws -> Audit {
      try digits.audit(
        AuditedAttack(norm: .maximum) { settings in
          HomeMade<GradientAccess>(settings) { images, goals, model in
            move(
              settings, images,
              model.slope(of: .crossEntropy, at: images, goals: goals).gradient
            )
          }
        })
    }
    /// A step of that size, between these ends.
    @Sendable func stepped(
      _ size: Float, _ range: ClosedRange<Float>, _ images: Tensor,
      _ slope: Tensor
    ) -> Tensor {
      images.combined(with: slope) {
        min(max($0 + size * sign($1), range.lowerBound), range.upperBound)
      }
    }
    let otherUnits = try audit {
      stepped($0.epsilon.pixels / 0.3081, 0...1, $1, $2)
    }
    #expect(otherUnits.failed.isEmpty)
    #expect(otherUnits.broken.map(\.promise) == [.bound])
    #expect(!otherUnits.isPassed)
    let otherClamp = try audit {
      stepped($0.epsilon.pixels, -0.4242...2.8215, $1, $2)
    }
    #expect(otherClamp.broken.map(\.promise).contains(.range))
    let noNumbers = try audit { _, images, slope in
      images.combined(with: slope) { $0 + 0 * $1 / abs($1) }
    }
    #expect(noNumbers.broken.map(\.promise) == [.finite])
    #expect(noNumbers.broken.map(\.images) == [100])
    let lost = try audit { _, images, _ in images.rows(0..<99) }
    #expect(lost.broken.map(\.promise) == [.shape])
  }

  @Test func `an attack that writes into its input spoils nothing else`()
    throws
  {
    let batch = leads(20)
    let before = batch.images.map { $0 }
    let audit = try audit(
      AuditedAttack(norm: .maximum) { settings in
        HomeMade<NoAccess>(settings) { images, _, _ in
          images.scalars.withUnsafeBufferPointer {
            UnsafeMutableBufferPointer(mutating: $0)[3] = 0.75
          }
          return images
        }
      }, on: batch)
    #expect(audit.broken.contains { $0 == (.inputUntouched, 1) })
    #expect(batch.images == before)
    #expect(audit[.zeroIsIdentity]?.measured == "1 of 20 images changed")
  }
}
