import Shared

extension RandomStartInput {
  /// Every pixel has a number of its own, also at the ends of 0...1.
  static var rulesOfEveryPixel: [Invariant] {
    [
      .init(
        "numbers used twice",
        "The same numbers were added in several places: to all images, to all "
          + "rows, or to pairs of pixels. Draw one for every pixel.",
        violation: { question, starts in
          let noise = question.noise(starts.first)
          // Rounding makes a few numbers equal that were not.
          let distinct = Set(noise.map { Int(($0 * 1e6).rounded()) }).count
          return broken(
            distinct * 10 < noise.count * 9,
            "how many different numbers were added to \(noise.count) pixels",
            "nearly as many", "\(distinct)")
        }),
      .init(
        "a pixel left behind",
        "A pixel with room on both sides has not moved. Draw a number for every "
          + "pixel, the first and the last as well.",
        violation: { question, starts in
          let unmoved = question.noise(starts.first).count { $0 == 0 }
          return broken(
            unmoved > 0, "how many pixels did not move", "none", "\(unmoved)")
        }),
      .init(
        "black or white pixels stay",
        "They have as much room on one side as ε allows, and the attacker may "
          + "use it.",
        violation: { question, starts in
          question.ends(of: starts.first).first {
            $0.all >= 20 && $0.moved * 8 < $0.all
          }.map(\.difference)
        }),
      .init(
        "drawn again or reflected",
        "Nearly every black or white pixel moved. A number that leads out of "
          + "0...1 is put back to its end, so about half of them should stay.",
        violation: { question, starts in
          question.ends(of: starts.first).first {
            $0.all >= 20 && $0.moved * 10 > $0.all * 9
          }.map(\.difference)
        }),
    ]
  }

  /// What became of the pixels at one end of 0...1.
  private struct End {
    var name: String
    var all: Int
    var moved: Int

    var difference: Difference {
      Difference(
        place: "how many of \(all) \(name) pixels moved",
        expected: "about half of them", actual: "\(moved)")
    }
  }

  private func ends(of start: Tensor) -> [End] {
    [(Float(0), "black"), (1, "white")].map { end, name in
      let pixels = zip(images.scalars, start.scalars).filter { $0.0 == end }
      return End(
        name: name, all: pixels.count, moved: pixels.count { $0.1 != end })
    }
  }
}
