import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    A convolution lays the same small window of weights on every place of an
    image, over all its channels, and each of its windows makes one channel of
    the result.
    """,
    """
    ReLU turns what is negative into 0, max-pooling keeps the largest number of
    each block, and a linear layer takes weighted sums of everything, with a
    weight of its own for every pair of an input and an output.
    """,
    """
    A network is such layers one after the other; a convolution's
    parameters do not depend on the size of the image, its multiply-adds do; and
    as long as the weights are random, the answers are luck.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      The window with the rows −1 0 1 lies on nine pixels that are all equally
      bright. What does it give, and does the brightness matter?
      """,
      answer: """
        0, whatever the brightness is: the left and the right of the window
        weigh the same.
        """),
    SelfCheck(
      """
      An image moves one pixel to the right, and nothing leaves the image. What
      happens to the map of a convolution, and what to that map after
      max-pooling by 2?
      """,
      answer: """
        The map moves one pixel along, because the same weights serve every
        place; only at the margin, next to the padding, it may differ. The pooled map does not simply move: some numbers leave their
        block for the next one, and the largest of a block may be another. A
        move by a whole block moves the pooled map as a whole.
        """),
    SelfCheck(
      """
      A convolution takes images with 16 channels and puts out 8. Its windows
      are 5 × 5. How many parameters does it have, and does the size of the
      image matter?
      """,
      answer: """
        $8 · (5 · 5 · 16 + 1) = 3208$: eight windows, each with 25 weights for
        each of the 16 channels and one bias. The size of the image does not
        matter to that; it decides how often the weights are used.
        """),
    SelfCheck(
      """
      Somebody mixes up the pixels of all images, always in the same way. For
      which layer is there a new order of the weights that makes up for it: for
      a linear layer on the pixels, or for a convolution?
      """,
      answer: """
        For the linear layer: it has a weight for each pixel, and those can be
        mixed up in the same way. A convolution reads pixels that lie side by
        side, with the same weights at every place, and what was side by side no
        longer is.
        """),
    SelfCheck(
      """
      What can two linear layers in a row, with nothing between them, compute
      that a single one cannot?
      """,
      answer: """
        Nothing: a weighted sum of weighted sums is a weighted sum
        of the inputs. With a ReLU between them that is no longer so.
        """),
  ])
}
