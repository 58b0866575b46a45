import Lesson
import Shared

/// The accuracy on images that had no part in any decision.
func measureOnce(_ page: Page, _ model: Sequential, _ test: ImageSet)
  -> Evaluation
{
  page.say(
    """
    The settings are chosen and the weights are final: nothing below changes
    this model. So now, and only now, the test images are asked. Had they
    helped to choose, the best of several tries would be partly luck. (If you
    change the loop and run it again, compare by validation.)
    """)
  let evaluation = page.show {
    model.evaluate(on: test)
  }
  page.output(
    "right: \(evaluation.accuracy.withInterval) of \(test.count.grouped) test "
      + "images", ["testAccuracy": evaluation.accuracy])
  page.say(
    """
    The brackets are a *95 % interval* (Wilson 1927). Other
    \(test.count.grouped) images from the same source would give a somewhat
    different share. An interval made in this way from each such set would hold
    the share of *all* such images in about 95 of 100 cases. Small sets give
    wide intervals. When two intervals do not touch, the difference
    is hardly luck; when they overlap, only an interval of the difference itself
    can decide. All this covers the choice of images only: another seed gives another model.
    """)
  return evaluation
}
