import Lesson

/// What is known of four fields in which people ask whether this matters.
func fourDomains(_ page: Page) {
  page.say(
    """
    Does it matter outside this laboratory? What is published is mostly
    demonstration, and real attackers prefer cheaper tricks (Apruzzese et al.
    2023, arXiv:2212.14315). In MITRE ATLAS (data v5.6, May 2026) five incidents
    evade a model; none of the five describes changes computed from gradients.

    - **Vehicles.** Stickers made a small research classifier read a stop sign
      as a speed limit in 84.8 % of the frames from a car (Eykholt et al., CVPR
      2018, arXiv:1707.08945). It was no detector: two standard ones were not
      fooled by such signs (Lu et al. 2017, arXiv:1710.03337); later attacks
      aimed at detectors. Test the system that decides, not one part.
    - **Medicine.** PGD and patches turned three research classifiers of
      medical images (Finlayson et al. 2018, arXiv:1804.05296). No small change
      is CT-GAN, which put nodules into CT scans and took them out, and deceived
      radiologists and software (Mirsky et al., USENIX Security 2019). Secure
      the way from the scanner to the reader.
    - **Faces.** Printed eyeglass frames let people evade research networks or
      pass for others (Sharif et al., CCS 2016): a demonstration. One fraud on
      record was cheaper: wigs, no gradients, at least 180 claims (ATLAS
      AML.CS0017). Check for a living person, and for a second proof.
    - **Fraud.** With its owner's leave a production system was shown 44 altered
      frauds: 80 % got a lower risk score, 6 were accepted automatically
      (Cartella et al. 2021, arXiv:2101.08030). A test, not a theft, with
      attacks adapted to tables. Test your own, with what your data allow.
    """)
}
