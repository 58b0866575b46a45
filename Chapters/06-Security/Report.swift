import Foundation
import Lesson
import Shared

/// What this run knows of the model's robustness, as a report.
///
/// - Parameters:
///   - page: Where to say it.
///   - lab: The networks, and what the parts before have found out.
///   - results: What chapter 5 measured, or "The gap" in its place.
/// - Throws: A `TutorialError` if the report cannot be written.
func report(_ page: Page, _ lab: Lab, _ results: AttackResults?) throws {
  let reading = CleanReading(lab)
  let attacks = lab.plainRungs.flatMap { rung in
    attacksAlone(results, rung.epsilon, reading)
      + attacksInTurn(lab, rung, reading)
  }
  let certificates = lab.plainRungs.compactMap { rung in
    rung.certified.map { certified in
      RobustnessPoint(
        epsilon: rung.epsilon,
        accuracy: Proportion(certified.count { $0 }, of: certified.count))
    }
  }
  let report = RobustnessReport(
    isQuick: page.isQuick, seed: page.options.seed, flags: page.modelFlags,
    model: RobustnessReport.Model(
      lab.trained, file: page.short(lab.trained.checkpoint.url),
      data: lab.mnist, clean: reading.share(of: lab.mnist.test.count)),
    attacks: attacks, certificates: certificates,
    audit: try auditOfPGD(page, lab), beyond: changesBeyond(lab),
    defended: comparisons(lab),
    untried: RobustnessReport.untried(after: triedRecipes(lab, results)))
  let file = RobustnessReport.fileName
  try page.workspace.write(Data(report.markdown.utf8), to: file)
  page.record("report", report)
  explain(page, report, page.short(page.workspace.url(file)))
}

/// What a report has to say, and what this one does.
private func explain(
  _ page: Page, _ report: RobustnessReport, _ place: String
) {
  page.say(
    """
    Whoever decides whether a model is used was seldom there when it was
    measured. So write down what that person needs, in this order. The **threat model**
    first: a number means nothing before it is said what the attacker wants,
    knows and may change. Then **every attack** with its budget and its images,
    and the clean accuracy of the same images. Then **what was not tried**: an
    attack gives an upper bound, only as good as the search behind it, and no
    number shows what is missing. Then a **recommendation**, with the number
    that would have changed it. (More in Carlini et al. 2019, arXiv:1902.06705.)
    This run has written such a report about its model,
    `\(place)`. Its recommendation:

    > \(report.recommendationInWords)

    \(auditInWords(report.audit)) \(report.untried.isEmpty
      ? "" : "Of the attacks of this package \(inWords(report.untried.count)) "
        + "have no line in it; it names them.") Read it, and ask whether
    you would sign it.

    A report grows old with the next training. To stop a model that has become
    worse, let your pipeline measure it again, by a line like

        swift run 06-Security --require "worst@0.1>=0.70" --model FILE

    It exits with 0 if the requirement is met, with 4 if it is not, with 1 if it
    could not be measured, and with 2 if it cannot be understood.
    """)
}

private func auditInWords(_ audit: RobustnessReport.Audited?) -> String {
  guard let audit else {
    return "PGD was not audited: this model's scores are no numbers."
  }
  let checks = audit.lines.filter { $0.verdict != .notApplicable }
  let passed = checks.count { $0.verdict == .passed }
  return "The audit of PGD at $ε = \(audit.epsilon)$ passed "
    + "\(inWords(passed)) of \(inWords(checks.count)) checks"
    + (audit.broken.isEmpty ? "." : ", and PGD broke a promise.")
}
