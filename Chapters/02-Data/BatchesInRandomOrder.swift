import Lesson
import Shared

/// The order of two epochs, and that it can be repeated.
func showBatches(_ page: Page, _ mnist: MNIST) {
  let training = mnist.training
  let images = mnist.isShipped ? "digits" : "images"
  let otherSeed = page.options.seed == 7 ? 8 : 7
  page.say(
    """
    A *batch* is a handful of images that the network sees together. Chapter 3
    changes the weights a little after each batch. The more images are in a
    batch, the less the change depends on which ones they happen to be; the
    fewer, the more changes fit into one pass over all images. Such a pass is an
    *epoch*. Each epoch shuffles anew, or the same images would meet in the same
    batches every time. The order depends on nothing but the seed, a number that
    all random choices start from, and the number of the epoch:
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
    `--seed \(otherSeed)` gives others. What can be repeated can be looked
    into when it goes wrong.
    """)
}
