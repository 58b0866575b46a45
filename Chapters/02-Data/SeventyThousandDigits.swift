import Lesson
import Shared

/// Where the images come from.
func tellOrigin(_ page: Page, _ mnist: MNIST) {
  let count = mnist.training.count + mnist.test.count
  guard !mnist.isShipped else {
    page.section("Seventy thousand digits")
    page.say(
      """
      MNIST was put together by LeCun, Cortes and Burges from forms filled in by
      census employees and high-school students (LeCun, Bottou, Bengio and
      Haffner 1998, "Gradient-based learning applied to document recognition",
      Proceedings of the IEEE 86). It ships with this package: nothing is
      downloaded.
      """)
    return
  }
  page.section("\(count.grouped) images")
  page.say(
    "They come from `\(page.short(page.options.data ?? PackageFiles.mnist))`, "
      + "in \(mnist.classNames.count) classes.")
}

/// How many images of each digit there are.
func countClasses(_ page: Page, _ mnist: MNIST) {
  let names = mnist.classNames
  let training = mnist.training.classCounts(of: names.count)
  let test = mnist.test.classCounts(of: names.count)
  let one = mnist.isShipped ? "digit" : "class"
  let all = mnist.isShipped ? "digits" : "classes"
  page.table(
    "Images of each \(one)", columns: [one, "training", "test"],
    rows: names.indices.map {
      [names[$0], training[$0].grouped, test[$0].grouped]
    } + [["all", mnist.training.count.grouped, mnist.test.count.grouped]],
    ["trainingClassCounts": training, "testClassCounts": test])
  let most = test.indices.max { test[$0] < test[$1] } ?? 0
  let share = Double(test[most]) / Double(mnist.test.count)
  let rarest = Double(test.min() ?? 0) / Double(mnist.test.count)
  page.say(
    """
    The \(all)' shares of the test images go from \(rarest.percent()) to
    \(share.percent()). \(share < 1.5 * rarest
      ? "They are about equally frequent, so plain accuracy, the share of all "
        + "images that are read right, is a fair measure."
      : "They are not equally frequent, so plain accuracy, the share of all "
        + "images that are read right, favours a network that knows the "
        + "frequent ones.")

    **Key point:** keep one number in mind: a program that always answers
    "\(names[most])" is right on \(share.percent()) of the test images. An
    accuracy that does not beat that shows no learning.
    """)
}
