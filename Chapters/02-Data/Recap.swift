import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    All the network sees of an image is pixels: bytes from 0 to 255, divided by
    255, and then shifted and scaled so that all training pixels together have
    mean 0 and standard deviation 1.
    """,
    """
    An accuracy says something only beside that of a program that always gives
    the commonest answer.
    """,
    """
    Training images change the weights, validation images choose between
    settings, and test images choose nothing: they are asked when all is
    decided.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      A file of images begins with the bytes
      `00 00 08 03 00 00 00 0a 00 00 00 1c 00 00 00 1c`. How many images does it
      hold, how large is each, and how long is the file?
      """,
      answer: """
        Ten images (0a) of 28 × 28 pixels (1c is 28). With the header that makes
        $16 + 10 · 28 · 28 = 7856$ bytes.
        """),
    SelfCheck(
      """
      Of 100 test images 90 show a cat and 10 a dog. A network is right on 90 %
      of them. What has it learned?
      """,
      answer: """
        Perhaps nothing: a program that always says "cat" is right on 90 % too.
        """),
    SelfCheck(
      """
      Why is the scaling to mean 0 and standard deviation 1 a layer of the model
      here, and not part of loading the data?
      """,
      answer: """
        Then images are pixels in 0...1 everywhere outside the model. An attack
        can keep them between black and white without knowing the two numbers.
        """),
    SelfCheck(
      """
      Every pixel may change by at most 0.3. Can a pixel of 0.1 come to the
      other side of one half, and can one of 0.6?
      """,
      answer: """
        The pixel of 0.1 comes to 0.4 at most, so it cannot. That of 0.6 can: it
        may go down to 0.3.
        """),
    SelfCheck(
      """
      You stop a training after the epoch that read some set of images best.
      Which of the three sets should that be, and why not the test set?
      """,
      answer: """
        The validation set: when to stop is a choice. Had the test images made
        it, their accuracy would be partly luck, and no honest forecast for new
        images.
        """),
  ])
}
