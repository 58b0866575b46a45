import Lesson
import Shared

/// How many images of each digit there are.
func countClasses(_ page: Page, _ mnist: MNIST) {
  let (training, test) = (mnist.training.classCounts, mnist.test.classCounts)
  page.table(
    "Images of each digit", columns: ["digit", "training", "test"],
    rows: (0...9).map {
      ["\($0)", training[$0].grouped, test[$0].grouped]
    } + [["all", mnist.training.count.grouped, mnist.test.count.grouped]],
    ["trainingClassCounts": training, "testClassCounts": test])
  let most = test.indices.max { test[$0] < test[$1] } ?? 0
  let share = Double(test[most]) / Double(mnist.test.count)
  let rarest = Double(test.min() ?? 0) / Double(mnist.test.count)
  page.say(
    """
    \(share < 1.5 * rarest
      ? "The digits are about equally frequent, so plain accuracy is a fair "
        + "measure."
      : "The digits are not equally frequent: their shares go from "
        + "\(rarest.percent(1)) to \(share.percent(1)). So plain accuracy "
        + "favours a network that knows the frequent ones.")

    **Key point:** keep one number in mind: a program that always answers "\(most)" is right on
    \(share.percent()) of the test images. A network that does not beat that
    has learned nothing.
    """)
}
