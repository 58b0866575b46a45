import Lesson
import Shared

/// The other two layers, on the map that the convolution made.
func reluAndPoolingByHand(_ page: Page, _ features: Tensor) {
  page.say(
    """
    **ReLU** keeps what is positive and turns the rest into zero. It makes the
    network more than one big weighted sum: two layers without it between them
    could always be replaced by one.
    """)
  let rectified = page.show("reluByHand") {
    ReLU()(features)
  }
  page.output(grid(rectified))
  page.say(
    """
    **Max-pooling** cuts the map into blocks of 2 × 2 and keeps the largest
    number of each. What is left says "there is an edge about here": a quarter
    of the numbers, and a small shift of the image often changes none of them.
    """)
  let pooled = page.show("poolingByHand") {
    MaxPool2D(2)(rectified)
  }
  page.output(grid(pooled))
}
