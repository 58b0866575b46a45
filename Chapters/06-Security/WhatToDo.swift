import Lesson
import Shared

/// Advice that follows from the chapters, not from this run's numbers.
func deployment(_ page: Page, _ mnist: MNIST) {
  checklist(page, mnist)
  page.say(
    """
    **Watch what arrives.** Log each answer with its margin (how far it leads),
    the sender and the model's SHA-256. Raise an alarm on rates: of each answer,
    of small margins, of nearly equal images from one sender, as attacks by
    queries send them: they betray the search, not the finished image. And do not wait
    for low confidence: a network that erred on
    89.4 % of FGSM's images did so with a mean confidence of 97.6 % (Goodfellow
    et al. 2015, arXiv:1412.6572).

    And have a plan before an alarm:

    1. Contain: let the second signal or a person decide; keep the inputs.
    2. Reproduce: the same input, the same SHA-256, the same answer?
    3. Name it: inside the box, outside it, or no attack at all?
    4. Repair, measure with `--require`, and only then put it back.
    5. Tell those concerned; add the case to tests and threat model.
    """)
}

/// What the chapters come to, a line each.
private func checklist(_ page: Page, _ mnist: MNIST) {
  let elsewhere = mnist.isShipped ? "another pen" : "images from elsewhere"
  page.say(
    """
    What to do, in eight lines (more in Carlini et al. 2019, arXiv:1902.06705):

    - **Threat model** first: who gains, knows what, may change what?
    - **Attack** as one who knows the defence; state norm, ε, unit, budget.
    - **Suspect good news**: one step beats many, noise beats gradients.
    - **FGSM** is a regression test, never evidence of robustness.
    - **State what is not covered**: rotation, stickers, \(elsewhere).
    - **Limit** queries, hide exact scores (ATLAS AML.M0004, M0002).
    - **Do not rest on the model alone**: a second signal, a person.
    - **Load** only files that hold numbers, and compare their SHA-256.
    """)
}
