import Testing

@testable import Lesson
@testable import Shared

@Suite struct FirstFeaturesTests {
  /// Compares every map that a browser would compute with the model's own.
  private func expectOwnMaps(
    _ features: FirstFeatures, _ model: Sequential, _ image: Tensor,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let output = try #require(
      model.activations(of: image).first { $0.name == features.layer }?.output)
    let maps = output.channelsAsImages
    #expect(
      Array(maps.shape.dropFirst())
        == [features.mapHeight, features.mapWidth, 1],
      sourceLocation: sourceLocation)
    for filter in features.filters {
      let map = features.map(
        of: filter, image.scalars.map { 255 * Double($0) },
        height: image.shape[1], width: image.shape[2])
      let own = maps.row(filter.channel)
      #expect(map.count == own.count, sourceLocation: sourceLocation)
      let error = zip(map, own).map { abs($0 - Double($1)) }.max() ?? 0
      #expect(
        error < 1e-4, "channel \(filter.channel)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func `the maps are those of the shipped model, clean and attacked`()
    throws
  {
    let victim = try Victim.shared.get()
    let batch = victim.batch[0..<3]
    let features = try #require(
      FirstFeatures(of: victim.model, for: batch.images.rows(0..<1)))
    #expect(features.layer == "relu1")
    #expect(features.filters.count == 6)
    let attacked = FGSM(epsilon: .pixels(0.123)).perturb(
      batch.images, labels: batch.labels, against: victim.model)
    for image in 0..<3 {
      for images in [batch.images, attacked] {
        try expectOwnMaps(
          features, victim.model, images.rows(image..<image + 1))
      }
    }
  }

  @Test func `they are the maps of the image that vary most`() throws {
    let victim = try Victim.shared.get()
    let image = victim.batch.images.rows(0..<1)
    let features = try #require(FirstFeatures(of: victim.model, for: image))
    let output = try #require(
      victim.model.activations(of: image).first { $0.name == "relu1" }?.output)
    let spreads = output.channelsAsImages.allRows.map { row in
      let mean = row.reduce(0) { $0 + Double($1) } / Double(row.count)
      return row.reduce(0) {
        $0 + (Double($1) - mean) * (Double($1) - mean)
      }
    }
    let order = spreads.indices.sorted { spreads[$0] > spreads[$1] }
    #expect(features.filters.map(\.channel) == Array(order.prefix(6)))
  }

  @Test(arguments: [(5, 0, 1), (3, 1, 2), (4, 2, 3), (1, 0, 1)])
  func `any window, padding and stride`(size: Int, padding: Int, stride: Int)
    throws
  {
    var generator = SeededGenerator(seed: 3)
    let model: Sequential = [
      "first": Conv2D(
        1, 4, kernelSize: size, padding: padding, stride: stride,
        using: &generator),
      "on": ReLU(),
    ]
    let image = Sample.batch(1, height: 11, width: 9, seed: 1).images
    let features = try #require(FirstFeatures(of: model, for: image))
    #expect(Set(features.filters.map(\.channel)) == [0, 1, 2, 3])
    try expectOwnMaps(features, model, image)
  }

  @Test func `a normalization in two parts is one`() throws {
    let whole = Sample.smallNetwork(seed: 4)
    var parts = whole
    parts.layers[0] = ("scaled", Normalize(mean: 0, standardDeviation: 0.3081))
    parts.layers.insert(
      ("centered", Normalize(mean: 0.1307, standardDeviation: 1)), at: 0)
    let image = Sample.batch(1, height: 8, width: 8, seed: 2).images
    let features = try #require(FirstFeatures(of: parts, for: image))
    #expect(features.mean == 0.1307)
    #expect(features.standardDeviation == 0.3081)
    try expectOwnMaps(features, parts, image)
    try expectOwnMaps(features, whole, image)
  }

  @Test func `a model that begins otherwise has none`() {
    var generator = SeededGenerator(seed: 1)
    let image = Tensor(shape: [1, 8, 8, 1], repeating: 0.5)
    let convolution = Conv2D(1, 2, kernelSize: 3, using: &generator)
    var broken = convolution
    broken.weight.scalars[0] = .nan
    let others: [Sequential] = [
      ["flatten": Flatten()],
      ["norm": Normalize.mnist, "flatten": Flatten(), "on": ReLU()],
      ["first": convolution],
      ["first": convolution, "pool": MaxPool2D(2), "on": ReLU()],
      ["first": broken, "on": ReLU()],
      [:],
    ]
    for model in others {
      #expect(FirstFeatures(of: model, for: image) == nil)
    }
  }
}
