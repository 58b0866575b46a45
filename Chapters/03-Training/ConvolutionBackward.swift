import Lesson
import Shared

/// The convolution of chapter 1, ReLU and pooling, backward.
func convolutionBackward(_ page: Page) {
  page.say(
    """
    Pooling and convolution follow the same two rules. Here is the image of
    chapter 1 again, with its window, through convolution, ReLU and pooling. To
    keep it on paper, let the loss for once be the sum of the four pooled
    numbers: then the slope of each of them is 1.
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
  let (relu, pool) = (ReLU(), MaxPool2D(2))
  let forward = page.show {
    let (features, atConvolution) = edge.forward(image, mode: .inference)
    let (rectified, atReLU) = relu.forward(features, mode: .inference)
    let (pooled, atPool) = pool.forward(rectified, mode: .inference)
    return (rectified, pooled, atConvolution, atReLU, atPool)
  }
  let (rectified, pooled, atConvolution, atReLU, atPool) = forward
  page.output(
    sideBySide(
      [("image", image), ("after ReLU", rectified), ("pooled", pooled)],
      decimals: 0))
  page.say(
    """
    **Pooling** kept the largest number of each block, so only that one matters
    to the loss: it gets the block's slope, the others get 0. **ReLU** passes
    those on, for all four are above 0.
    """)
  let ones = Tensor(shape: pooled.shape, repeating: 1)
  let atFeatures = page.show {
    let atRectified = pool.inputGradient(ones, cache: atPool)
    return relu.inputGradient(atRectified, cache: atReLU)
  }
  page.output(
    sideBySide([("slopes before pooling and ReLU", atFeatures)]))
  slopesOfConvolution(
    page, image, edge, atFeatures: atFeatures, atConvolution)
}

/// The convolution's two gradients, each beside what trying gives.
private func slopesOfConvolution(
  _ page: Page, _ image: Tensor, _ edge: Conv2D, atFeatures: Tensor,
  _ cache: Conv2D.Cache
) {
  page.say(
    """
    **Convolution.** At each of the four places the window lay on a patch of
    nine pixels. A weight met one pixel of each patch, so its slope collects
    *pixel × slope of the place* over the four: add up the four patches. A pixel
    was met by another weight at each place whose window covered it, so its
    slope collects *weight ×
    slope of the place*: lay the window down at the four places and add up.
    """)
  let (atWeights, atImage) = page.show {
    (
      edge.parameterGradients(atFeatures, cache: cache)[0],
      edge.inputGradient(atFeatures, cache: cache)
    )
  }
  func loss(_ image: Tensor, _ edge: Conv2D) -> Double {
    MaxPool2D(2)(ReLU()(edge(image))).sum
  }
  let triedWeights = finiteDifferences(around: edge.weight) {
    loss(image, Conv2D(weight: $0, bias: edge.bias, padding: edge.padding))
  }
  let triedImage = finiteDifferences(around: image) { loss($0, edge) }
  let side = edge.weight.shape[2]
  page.output(
    sideBySide(
      [
        ("slopes of the window", atWeights.reshaped(to: [side, side])),
        ("by finite differences", triedWeights.reshaped(to: [side, side])),
      ], decimals: 1),
    [
      "convolutionBackward": atWeights.scalars,
      "convolutionFiniteDifferences": triedWeights.scalars,
    ])
  page.output(
    sideBySide(
      [
        ("slopes of the image", atImage),
        ("by finite differences", triedImage),
      ], decimals: 1))
  page.say(
    """
    **Key point:** the slopes of the window are what training uses. The slopes
    of the image it throws away. Chapter 5 keeps them: they say how to change
    each pixel so that the loss grows, and that is an attack.
    """)
}
