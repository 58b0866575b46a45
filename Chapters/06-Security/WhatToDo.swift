import Lesson
import Shared

/// Advice that follows from the chapters, not from this run's numbers.
func deployment(_ page: Page, _ mnist: MNIST) {
  page.say(
    """
    - **Write the threat model down** before choosing a defence: who attacks,
      what do they know, what may they change, what is a wrong answer worth?
    - **Measure with attacks that know your defence.** Report clean accuracy,
      attack, steps, restarts, norm, ε with its unit, and the number of images.
      "On Evaluating Adversarial Robustness" (Carlini et al. 2019,
      arXiv:1902.06705) is a checklist, by its authors' own word neither
      necessary nor sufficient.
    - **Suspect good news.** If one step beats many, if random noise beats the
      gradient, or if accuracy stays up as $ε$ grows without bound, the attack is
      broken, not the model strong.
    - **Use FGSM as a regression test**, never as evidence of robustness.
    - **Do not rest on the model alone.** Real attackers prefer cheap tricks to
      gradients (Apruzzese et al. 2023, arXiv:2212.14315). Limit queries, do not
      hand out exact scores, keep a second signal and a person for the decisions
      that matter, and watch what arrives.
    - **Say what is not covered.** What withstands changes in this box need not
      withstand rotation, stickers or
      \(mnist.isShipped ? "a digit from another pen" : "images from elsewhere").
    """)
}
