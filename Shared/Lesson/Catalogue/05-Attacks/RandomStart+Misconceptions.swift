import Shared

extension RandomStartInput {
  /// What was added to the pixels that have room on both sides.
  func noise(_ start: Tensor) -> [Float] {
    zip(images.scalars, start.scalars)
      .filter { $0.0 >= epsilon.pixels && $0.0 <= 1 - epsilon.pixels }.map {
        $1 - $0
      }
  }

  static func mean(_ numbers: [Float]) -> Double {
    numbers.reduce(0) { $0 + Double($1) } / Double(max(numbers.count, 1))
  }

  static func broken(
    _ isBroken: Bool, _ place: String, _ expected: String, _ actual: String
  ) -> Difference? {
    isBroken
      ? Difference(place: place, expected: expected, actual: actual) : nil
  }

  typealias Invariant = GradedTask<RandomStartInput, RandomStarts>.Invariant

  static var invariants: [Invariant] {
    rulesOfPlace + rulesOfSeed + rulesOfSpread + rulesOfEveryPixel
      + rulesOfChance
  }

  private static var rulesOfPlace: [Invariant] {
    [
      .init(
        "another shape",
        "The result must have a pixel for every pixel of the images.",
        violation: { question, starts in
          let shape = question.images.shape
          return [starts.first, starts.again, starts.other]
            .first { $0.shape != shape }.map {
              Difference(
                place: "the shape of the start", expected: "\(shape)",
                actual: "\($0.shape)")
            }
        }),
      .init(
        "not a number",
        "A pixel is NaN, as after 0 / 0 or the root of a negative number.",
        violation: { _, starts in
          starts.first.scalars.first(where: \.isNaN).map {
            Difference(
              place: "a pixel of the start", expected: "a number",
              actual: "\($0)")
          }
        }),
      .init(
        "no random start",
        "These are the images themselves. A random start moves every pixel by "
          + "something.",
        violation: { question, starts in
          broken(
            starts.first == question.images, "the start",
            "pixels other than those of the images", "the images")
        }),
      .init(
        "left the box",
        "A pixel moved by more than ε. `uniform(within: epsilon.pixels)` gives "
          + "numbers in ±ε.",
        violation: { question, starts in
          let farthest = (starts.first - question.images).maximumMagnitude
          return broken(
            !(farthest <= question.epsilon.pixels + 1e-6),
            "the largest change of a pixel",
            "at most \(question.epsilon.pixels)",
            "\(farthest)")
        }),
      .init(
        "left 0...1",
        "A pixel became darker than black or brighter than white. Put it back "
          + "after the noise is added.",
        violation: { _, starts in
          starts.first.scalars.first { $0 < 0 || $0 > 1 }.map {
            Difference(
              place: "a pixel of the start", expected: "a value in 0...1",
              actual: "\($0)")
          }
        }),
    ]
  }

  private static var rulesOfSeed: [Invariant] {
    [
      .init(
        "not repeatable",
        "The same seed gave two different starts. Take every number from a "
          + "`SeededGenerator` that is made from the seed.",
        violation: { _, starts in
          broken(
            starts.first != starts.again, "a second start with the same seed",
            "the same pixels", "others")
        }),
      .init(
        "seed ignored",
        "Two seeds gave the same start. Make the generator from the seed that "
          + "is given.",
        violation: { question, starts in
          broken(
            starts.first == starts.other,
            "the starts of seeds \(question.seeds.0) and \(question.seeds.1)",
            "two different ones", "the same pixels twice")
        }),
    ]
  }

  private static var rulesOfSpread: [Invariant] {
    [
      .init(
        "same offset everywhere",
        "All pixels moved by the same amount: the image became brighter or "
          + "darker, no more. Draw a number for each pixel.",
        violation: { question, starts in
          let pixels = question.images.rowCount
          let single = RandomStartInput(
            images: question.images.rows(0..<1), epsilon: question.epsilon,
            seeds: question.seeds)
          let noise = single.noise(
            Tensor(
              shape: single.images.shape,
              scalars: Array(starts.first.scalars[0..<pixels])))
          let spread = (noise.max() ?? 0) - (noise.min() ?? 0)
          return broken(
            spread < 1e-5, "what was added to the pixels of one image",
            "a different number for each", "the same for all")
        }),
      .init(
        "corners only",
        "Every pixel moved by nearly all of ε, as with random signs. The start "
          + "may lie anywhere in the box: draw from all numbers in ±ε.",
        violation: { question, starts in
          let size = mean(question.noise(starts.first).map(abs))
          return broken(
            size > 0.65 * Double(question.epsilon.pixels),
            "the mean size of a change",
            "about ε/2 = \(question.epsilon.pixels / 2)", Difference.words(size)
          )
        }),
      .init(
        "box not filled",
        "The changes are too small: the start lies near the images. Numbers "
          + "near ±ε should be as likely as those near 0.",
        violation: { question, starts in
          let size = mean(question.noise(starts.first).map(abs))
          return broken(
            size < 0.38 * Double(question.epsilon.pixels),
            "the mean size of a change",
            "about ε/2 = \(question.epsilon.pixels / 2)", Difference.words(size)
          )
        }),
      .init(
        "only upward",
        "On average the pixels moved to one side. The numbers should lie in "
          + "−ε...ε, not in 0...ε.",
        violation: { question, starts in
          let drift = mean(question.noise(starts.first))
          return broken(
            abs(drift) > 0.25 * Double(question.epsilon.pixels),
            "the mean change of a pixel", "about 0", Difference.words(drift))
        }),
    ]
  }

  private static var rulesOfChance: [Invariant] {
    [
      .init(
        "not equally likely",
        "Some numbers in ±ε come more often than others. `uniform(within:)` "
          + "gives all of them alike.",
        violation: { question, starts in
          let noise = question.noise(starts.first)
          // Fewer numbers fill eight parts too unevenly by chance.
          guard noise.count >= 1000 else { return nil }
          var parts = [Int](repeating: 0, count: 8)
          for number in noise {
            let place = (number / question.epsilon.pixels + 1) * 4
            parts[min(max(Int(place), 0), 7)] += 1
          }
          // Five standard deviations of an eighth of 1600 numbers.
          let uneven = parts.first {
            abs(Double($0) / Double(noise.count) - 0.125) > 0.042
          }
          return uneven.map {
            Difference(
              place:
                "how many of \(noise.count) changes lie in an eighth of ±ε",
              expected: "about \(noise.count / 8)", actual: "\($0)")
          }
        })
    ]
  }
}
