import Foundation
import Lesson
import Shared

/// A 3 × 3 convolution on a 4 × 4 image; returns its 4 × 4 result.
func convolutionByHand(_ page: Page) -> Tensor {
  page.say(
    """
    A convolution slides a small window over the image. At each place it
    multiplies the nine pixels under the window by nine fixed weights and adds
    the products up. The same nine weights serve every place: what is worth
    finding in one corner is worth finding in all.

    Here is a 4 × 4 image, dark on the left, bright on the right, and a window
    of weights that subtracts what is on its left from what is on its right:
    """)
  let (image, edge) = page.show {
    let image = Tensor(
      shape: [1, 4, 4, 1],
      scalars: [
        0, 0, 1, 1,
        0, 0, 1, 1,
        0, 0, 1, 1,
        0, 1, 1, 0,
      ])
    let edge = Conv2D(
      weight: Tensor(
        shape: [1, 1, 3, 3],
        scalars: [
          -1, 0, 1,
          -1, 0, 1,
          -1, 0, 1,
        ]),
      bias: Tensor([0]), padding: 1)
    return (image, edge)
  }
  page.say(
    """
    Do one place on paper first: second row, second column. The window covers
    rows 1 to 3 and columns 1 to 3. Each of its three rows reads 0 0 1 and gives
    $−1·0 + 0·0 + 1·1 = 1$, so the sum is 3: a strong edge from dark to bright.
    At the margin the window hangs over the image; *padding* fills in zeros, and
    so the result has the size of the image.
    """)
  let features = page.show("convolutionByHand") {
    edge(image)
  }
  page.output(grid(features))
  page.say(
    """
    **Key point:** read it as a map: 2 and 3 where dark turns bright, negative along the right
    margin, where bright ends at the zeros outside. A 0 means that the left and
    the right of the window weigh the same. The weights were chosen by hand
    here. In the network nobody chooses them: training does.
    """)
  return features
}

/// One image of one channel as rows of numbers.
func grid(_ image: Tensor) -> String {
  (0..<image.shape[1]).map { y in
    (0..<image.shape[2]).map { x in
      String(format: "%4.0f", Double(image[0, y, x, 0]))
    }.joined()
  }.joined(separator: "\n")
}
