import Lesson
import Shared

/// Two windows on one image, and one window on the two maps they make.
func channelsByHand(_ page: Page, _ example: HandExample) {
  page.say(
    """
    One window makes one map. A layer may have any number of windows, and then
    it makes as many maps. Here are two on the same image: the window for
    vertical edges, and one for horizontal edges, which subtracts what is above
    from what is below. ReLU follows at once.
    """)
  let (image, edge) = (example.image, example.edge)
  let maps = page.show("channelMaps") {
    let vertical = edge.weight.scalars
    let horizontal: [Float] = [
      -1, -1, -1,
      0, 0, 0,
      1, 1, 1,
    ]
    let edges = Conv2D(
      weight: Tensor(
        shape: [2, 1, 3, 3], scalars: vertical + horizontal),
      bias: Tensor([0, 0]), padding: 1)
    return ReLU()(edges(image))
  }
  let channels = (0..<2).map { maps.channelsAsImages.rows($0..<$0 + 1) }
  page.output(
    sideBySide([
      ("map 1: vertical", channels[0]), ("map 2: horizontal", channels[1]),
    ]))
  page.say(
    """
    Lay the two maps on one another, and they are one image again, with two
    numbers at each place. The numbers at a place are called its *channels*. A
    grey image has one, a colour picture three (red, green and blue), this one
    two: its shape is \(maps.shape.times), and the last number counts them.

    A channel of a layer's output is not a colour. It says how much of something
    was found at each place. So the channels of later layers are called
    *features*, and each one by itself a feature map.
    """)
  cornerByHand(page, channels[0], channels[1], maps)
}

/// A window for two maps, in parts and as a whole.
///
/// - Parameters:
///   - page: Where to show it.
///   - map1: The first channel, shape `[1, H, W, 1]`.
///   - map2: The second.
///   - maps: Both, shape `[1, H, W, 2]`.
private func cornerByHand(
  _ page: Page, _ map1: Tensor, _ map2: Tensor, _ maps: Tensor
) {
  page.say(
    """
    The next convolution looks at both maps at once. So its window has nine
    weights for each of them. It lies on the same place of both, each map gives
    a sum, and the two sums are added. At the end comes the *bias*, one more
    number that is added at every place.

    This window is for the upper left corner of something bright: in map 1 it
    wants a vertical edge in its middle and below, in map 2 a horizontal edge in
    its middle and on the right. With the bias of −6 both sums together have to
    exceed 6, or ReLU lets nothing through. The shape of the weights says: one
    window, two channels, 3 rows, 3 columns.
    """)
  let (forMap1, forMap2, corner) = page.show {
    let forMap1: [Float] = [
      0, 0, 0,
      0, 1, 0,
      0, 1, 0,
    ]
    let forMap2: [Float] = [
      0, 0, 0,
      0, 1, 1,
      0, 0, 0,
    ]
    let corner = Conv2D(
      weight: Tensor(
        shape: [1, 2, 3, 3], scalars: forMap1 + forMap2),
      bias: Tensor([-6]), padding: 1)
    return (forMap1, forMap2, corner)
  }
  page.say(
    """
    First in parts, each as a convolution of its own on one map, without a bias;
    then both parts added, and the bias:
    """)
  let parts = page.show("channelParts") {
    zip([forMap1, forMap2], [map1, map2]).map { weights, map -> Tensor in
      let window = Conv2D(
        weight: Tensor(shape: [1, 1, 3, 3], scalars: weights),
        bias: Tensor([0]), padding: 1)
      return window(map)
    }
  }
  let sum = page.show("channelSum") {
    (parts[0] + parts[1]).map { $0 + corner.bias[0] }
  }
  page.output(
    sideBySide([
      ("from map 1", parts[0]), ("from map 2", parts[1]), ("sum + bias", sum),
    ]))
  page.say("Then the layer itself, on the image with two channels, and a ReLU:")
  let layer = page.show("channelsByHand") {
    corner(maps)
  }
  let found = ReLU()(layer)
  page.output(
    sideBySide([("the layer", layer), ("after ReLU", found)]))
  explainCorner(page, corner, parts, sum: sum, layer: layer, found: found)
}

/// That the parts make the whole, and what both maps tell together.
private func explainCorner(
  _ page: Page, _ corner: Conv2D, _ parts: [Tensor], sum: Tensor,
  layer: Tensor, found: Tensor
) {
  let equal = zip(sum.scalars, layer.scalars).count { $0 == $1 }
  let places = found.scalars.count { $0 > 0 }
  let largest = parts.map { $0.scalars.max() ?? 0 }
  let takesBoth =
    largest.allSatisfy { $0 + corner.bias[0] <= 0 }
    ? " With the bias neither gets above 0: it takes both." : ""
  let verb = places == 1 ? "is" : "are"
  page.say(
    """
    \(equal) of the layer's \(layer.count) numbers equal the sum with the bias:
    to look at two channels is to look at each and to add. After ReLU
    \(inWords(places)) of the \(layer.count) places \(verb) above 0, at the
    upper left corner of the bright part. The largest number from map 1 alone is
    \(largest[0].decimals(0)), from map 2 alone \(largest[1].decimals(0)).\(takesBoth)

    **Key point:** a layer that reads $C$ channels has $C$ times nine weights
    for each 3 × 3 window, and one bias a window. Weights and biases together
    are its *parameters*; this one has \(corner.parameterCount). It puts out as
    many channels as it has windows.
    """)
}
