import Lesson
import Shared

/// The order of two epochs, and that it can be repeated.
func showBatches(_ page: Page, _ training: ImageSet) {
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
  page.output(
    """
    epoch 1 begins with the digits \
    \(orders[0].map(String.init).joined(separator: " "))
    epoch 2 begins with the digits \
    \(orders[1].map(String.init).joined(separator: " "))
    """)
  page.say(
    """
    **Try it:** run this chapter again and the digits are the same; `--seed 7`
    gives others. A random experiment that cannot be repeated cannot be debugged.
    """)
}
