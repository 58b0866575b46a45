import Lesson
import Shared

/// The other two layers, on the map that the convolution made.
func reluAndPoolingByHand(_ page: Page, _ example: HandExample) {
  page.say(
    """
    **ReLU** keeps what is positive and turns the rest into zero. What it is
    good for shows where two layers follow one another, in the section on the
    linear layer.
    """)
  let features = example.features
  let rectified = page.show("reluByHand") {
    ReLU()(features)
  }
  page.output(sideBySide([("", rectified)]))
  page.say(
    """
    **Max-pooling** cuts the map into blocks of 2 × 2 and keeps the largest
    number of each. A quarter of the numbers is left. They still say how strong
    the strongest edge of a block is, and no longer where in the block it is.
    """)
  let pooled = page.show("poolingByHand") {
    MaxPool2D(2)(rectified)
  }
  page.output(sideBySide([("", pooled)]))
  moveTheImage(page, example)
}

/// The same three steps on the image one and two pixels further right.
private func moveTheImage(_ page: Page, _ example: HandExample) {
  page.say(
    """
    And if the picture stands a little further right? To let it move without
    losing a pixel, it gets two columns of zeros on its right. For each pixel it
    moves, a column of zeros comes in on the left.
    """)
  let (image, edge) = (example.image, example.edge)
  let width = image.shape[2] + 2
  let images = page.show {
    (0...2).map { moved(image, right: $0, width: width) }
  }
  let captions = ["as it was", "one to the right", "two to the right"]
  page.output(sideBySide(Array(zip(captions, images))))
  page.say(
    """
    Now convolution, ReLU and pooling on each. Compare the second pooled map
    with the first, number by number, and then the third.
    """)
  let maps = page.show("poolingOfMovedImages") {
    images.map { MaxPool2D(2)(ReLU()(edge($0))) }
  }
  page.output(sideBySide(Array(zip(captions, maps))))
  explainMoves(page, maps, columns: image.shape[2] / 2)
}

/// What a move has done to a pooled map.
///
/// `maps` are those of the image as it was, moved by one pixel, and by two;
/// `columns` counts the columns of blocks without the margin on the right.
private func explainMoves(_ page: Page, _ maps: [Tensor], columns: Int) {
  let blocks = maps[0].shape[1] * columns
  let same = equalNumbers(maps[0], maps[1], columns: columns)
  let stayed =
    same == 1
    ? "one stayed as it was"
    : "\(same == 0 ? "none" : inWords(same)) stayed as they were"
  let byOneBlock = moved(maps[0], right: 1, width: maps[0].shape[2])
  let asAWhole =
    maps[2] == byOneBlock
    ? "is the first one, moved as a whole by one block"
    : "is not the first one, moved by one block"
  page.say(
    """
    One pixel: of the \(inWords(blocks)) numbers where the picture was,
    \(stayed). The map of the convolution moves with the picture, by one pixel.
    The borders between the blocks do not, and a large number that crosses one
    is missing in its old block. Two pixels are one block, and the third pooled
    map \(asAWhole).

    **Key point:** pooling makes a map coarser. It does not make a network blind
    to shifts. In large networks, too, a small shift of the image can change the
    answer, and pooling is one of the causes (Zhang 2019, arXiv:1904.11486).
    """)
}

/// How many numbers of the first columns are the same in two maps.
private func equalNumbers(_ one: Tensor, _ other: Tensor, columns: Int) -> Int {
  (0..<one.shape[1]).reduce(0) { sum, y in
    sum + (0..<columns).count { one[0, y, $0, 0] == other[0, y, $0, 0] }
  }
}

/// What an image shows, some pixels further right, on an image of another
/// width: zeros come in on the left, what does not fit falls off.
///
/// - Parameters:
///   - image: Shape `[1, H, W, 1]`.
///   - step: How many pixels to move it.
///   - width: How wide the result is.
/// - Returns: Shape `[1, H, width, 1]`.
private func moved(_ image: Tensor, right step: Int, width: Int) -> Tensor {
  var result = Tensor(shape: [1, image.shape[1], width, 1])
  for y in 0..<image.shape[1] {
    for x in 0..<image.shape[2] where x + step < width {
      result[0, y, x + step, 0] = image[0, y, x, 0]
    }
  }
  return result
}
