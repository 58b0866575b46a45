import Lesson
import Shared

/// The order of two epochs, and that it can be repeated.
func showBatches(_ page: Page, _ mnist: MNIST) {
  let training = mnist.training
  let images = mnist.isShipped ? "digits" : "images"
  let otherSeed = page.options.seed == 7 ? 8 : 7
  page.say(
    """
    A *batch* is what one training step looks at: large enough that its gradient
    is a fair estimate, small enough that many steps fit into one pass. Each
    pass shuffles anew, or the network would see the same neighbours every time.
    The order is a function of the seed and the number of the epoch:
    """)
  let orders = page.show("firstLabelsOfEpochs") {
    var orders: [[Int]] = []
    for epoch in 1...2 {
      let batches = training.batches(
        of: 16, seed: page.options.seed, epoch: epoch)
      for batch in batches.prefix(1) { orders.append(batch.labels) }
    }
    return orders
  }
  // Names of more than one letter may hold spaces themselves.
  let separator = mnist.classNames.contains { $0.count > 1 } ? ", " : " "
  page.output(
    orders.enumerated().map { index, labels in
      "epoch \(index + 1) begins with the \(images) "
        + labels.map { mnist.classNames[$0] }.joined(separator: separator)
    }.joined(separator: "\n"))
  page.say(
    """
    **Try it:** run this chapter again and the \(images) are the same;
    `--seed \(otherSeed)` gives others. A random experiment that cannot be
    repeated cannot be debugged.
    """)
}
