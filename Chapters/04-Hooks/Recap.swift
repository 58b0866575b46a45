import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    Weights are data: a good loader copies numbers after it has checked every
    name, shape and length, and runs nothing.
    """,
    """
    A hook sees every layer's output, and statistics over many images say what
    is normal there; that none of them did something does not prove that none
    will.
    """,
    """
    Random signs and FGSM may change each pixel equally far; what counts is how
    far the logits move *and* which way, and $g⁄√2$ is the shortest way to
    another answer.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      Somebody sends you a model as a pickle and the same model as safetensors.
      Why is it not the same which of them you open?
      """,
      answer: """
        A pickle is a program, and an ordinary reader runs it: it may do
        anything that you may do. (A restricted reader refuses most of that.) A safetensors file is a header and numbers, and a
        reader that checks them copies the numbers and runs nothing.
        """),
    SelfCheck(
      """
      No image that you tried has switched a certain unit on. May you cut it out
      of the network?
      """,
      answer: """
        On those images nobody would notice: there it contributes nothing. But
        that does not prove that no other image would switch it on.
        """),
    SelfCheck(
      """
      Random signs and FGSM both move a pixel by $ε$ at most. Why are the two
      changes not equally long all the same?
      """,
      answer: """
        FGSM leaves pixels alone whose slope is 0. And both are cut off at black
        and white: a step that would make a black pixel darker, or a white one
        brighter, is lost.
        """),
    SelfCheck(
      """
      The logits of an image are 6, 8 and 0, so they are 10 long. By how much
      must they change at least, compared with their length, before the first
      class is level with the second?
      """,
      answer: """
        The second leads by $g = 2$. The shortest change lowers it by 1 and
        raises the first by 1: it is $2⁄√2$, about 1.41, long, which is 0.14 of
        10.
        """),
    SelfCheck(
      """
      Why are the channel statistics that a detector may use made from training
      images and not from test images?
      """,
      answer: """
        A detector is judged on test images. If its idea of what is normal came
        from the same images, they might look more normal than new ones do, and
        the judgement be too kind.
        """),
  ])
}
