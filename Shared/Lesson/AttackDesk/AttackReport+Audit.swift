import Shared

extension AttackReport {
  /// Says which promises were kept, and what a broken one usually means.
  ///
  /// - Returns: Whether all were.
  func promises(_ broken: [(promise: Promise, images: Int)]) -> Bool {
    page.record(
      "brokenPromises",
      Dictionary(
        uniqueKeysWithValues: broken.map { ($0.promise.rawValue, $0.images) }))
    guard !broken.isEmpty else {
      page.say(
        "Promises kept on every image: size, finite numbers, 0...1, the bound, "
          + "and an input left as it was.")
      return true
    }
    for (promise, images) in broken {
      page.say(
        "**Careful:** a promise is broken on \(images.grouped) of "
          + "\(batch.count.grouped) images, so the accuracy above means "
          + "nothing. \(promise.whatItMeans)")
    }
    return false
  }

  /// Asks whether the attack behaves as a working one does.
  ///
  /// - Throws: A `TutorialError` if the attack cannot be made.
  func audit(_ material: AttackMaterial) throws {
    let audit = try page.progress(
      "audit", passes: expectedPasses * 14
    ) {
      try Audit(
        of: recipe, settings: settings, material: material, on: batch)
    }
    let count = min(batch.count, Audit.images)
    page.record("audit", audit.lines.map { AuditRow($0) })
    let lines = audit.lines.map { line in
      switch line.verdict {
      case .passed: "- yes: \(line.check.expectation) (\(line.measured))"
      case .failed: "- **NO**: \(line.check.expectation) (\(line.measured))"
      case .notApplicable(let why): "- \(line.check.expectation): \(why)"
      }
    }
    page.say(
      "**Audit.** The first \(count) images, the same on both sides; up to "
        + "\(Audit.tolerance) of them may speak against it:\n\n"
        + lines.joined(separator: "\n"))
    for line in audit.lines where line.verdict == .failed {
      page.say("**Careful:** \(line.check.expectation): no. \(line.meaning)")
    }
  }

  private var expectedPasses: Int {
    min(batch.count, Audit.images) * (settings.steps ?? recipe.steps ?? 1)
      * (settings.restarts ?? recipe.restarts ?? 1) * recipe.passesPerStep
  }
}

/// A line of the audit as it stands in the JSON file.
private struct AuditRow: Encodable, Sendable {
  var check: String
  var measured: String
  var verdict: String

  init(_ line: Audit.Line) {
    check = line.check.rawValue
    measured = line.measured
    switch line.verdict {
    case .passed: verdict = "passed"
    case .failed: verdict = "failed"
    case .notApplicable(let why): verdict = "not applicable: \(why)"
    }
  }
}
