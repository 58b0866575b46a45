import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    The loss says how wrong an answer is, and its slopes with respect to the
    logits are the probabilities minus the right answer, $p − y$.
    """,
    """
    Backpropagation carries slopes from the last layer to the first: along a
    path they multiply, where paths meet they add, and a ReLU that is off or a
    pixel that lost its block gets 0.
    """,
    """
    Training is forward, loss, backward, step, again and again; validation
    images
    are for choosing, and this chapter asks the test images once, at the end.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      A network gives the right class the probability 0.9. What is the slope of
      the loss with respect to that class's logit, and what does its sign say?
      """,
      answer: """
        $p − y = 0.9 − 1 = −0.1$. Negative: to raise that logit would lower the
        loss. It is small, because little is wrong.
        """),
    SelfCheck(
      """
      In a linear layer one input is 0. What is the slope of the weights that
      multiply it, and why?
      """,
      answer: """
        0. The slope of a weight is the output's slope times the input. A weight
        that multiplies 0 changes nothing, so the loss does not depend on it.
        """),
    SelfCheck(
      """
      Max-pooling gets 3, 1, 0, 2 and passes on 3. The slope of its output is
      0.5. What are the slopes of the four inputs?
      """,
      answer: """
        0.5 for the 3, which won, and 0 for the others: to change them a little
        does not change the largest.
        """),
    SelfCheck(
      """
      Why can training accuracy be below validation accuracy in the first epoch?
      """,
      answer: """
        It is a mean over the whole epoch, while the weights were still poor,
        and dropout, if there is one, was on. Validation is measured at the end
        of the epoch, with all features on.
        """),
    SelfCheck(
      """
      Somebody trains with twenty learning rates and reports the best test
      accuracy of the twenty. What is wrong with that number?
      """,
      answer: """
        The test images took part in the choice, so the best of twenty is partly
        luck. Choose on validation images, and then ask the test images once.
        """),
  ])
}
