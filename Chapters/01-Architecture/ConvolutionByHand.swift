import Lesson
import Shared

/// What the sections on paper share.
struct HandExample {
  /// Shape `[1, 4, 4, 1]`.
  var image: Tensor
  /// A window that finds vertical edges.
  var edge: Conv2D
  /// What the window finds in the image, shape `[1, 4, 4, 1]`.
  var features: Tensor
}

/// A 3 × 3 convolution on a 4 × 4 image.
func convolutionByHand(_ page: Page) -> HandExample {
  page.say(
    """
    A convolution slides a small window over the image. At each place it
    multiplies the nine pixels under the window by nine fixed weights and adds
    the products up. The same nine weights serve every place: what is worth
    finding in one corner is worth finding in all.

    Here is a 4 × 4 image, dark on the left, bright on the right, and a window
    of weights that subtracts what is on its left from what is on its right.
    Both are *tensors*: lists of numbers (`scalars`) with a *shape* that says
    how they are arranged. The image's shape says: one image, 4 rows, 4 columns,
    one number at each place. Leave the two ones in the window's shape and the bias of 0 for the section
    on channels.
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
  page.output(sideBySide([("", features)]))
  page.say(
    """
    **Key point:** read it as a map. The largest numbers, 2 and 3, stand where
    dark turns bright; the right margin is negative, because bright ends there
    at the zeros outside. A 0 means that the left and the right of the window
    weigh the same. The weights were chosen by hand here. In the network nobody
    chooses them: chapter 3 finds them by training.
    """)
  return HandExample(image: image, edge: edge, features: features)
}
