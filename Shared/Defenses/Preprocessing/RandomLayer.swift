/// A layer that draws what it does, also in inference mode.
///
/// A pass changes nothing in a layer, so the draw is a function of `seed` and
/// the image's own pixels. The same image meets the same draw, whenever it
/// comes and with whatever others. One that differs in the last bit of a single
/// pixel meets a draw that has nothing to do with the first. To an attacker, who
/// changes images at every step, that is fresh randomness at every step. It is
/// no more than that: asking twice about one image tells nothing new, and who
/// knows the seed can compute every draw beforehand.
public protocol RandomLayer: Layer {
  /// Decides, together with an image, what is drawn for it.
  var seed: UInt64 { get set }
}

extension RandomLayer {
  /// The source of what is drawn for one image.
  func generator(for image: ArraySlice<Float>) -> SeededGenerator {
    SeededGenerator(seed: derivedSeed(seed, .query, pixels: image))
  }
}
