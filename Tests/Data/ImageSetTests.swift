import Testing

@testable import Shared

@Suite struct ImageSetTests {
  let set = ImageSet(
    pixels: [0, 255, 51, 102, 1, 2], labels: [4, 5, 6], size: (1, 2))

  @Test func `a batch holds the chosen images in the given order`() {
    let batch = set.batch([2, 0, 2])
    #expect(batch.labels == [6, 4, 6])
    #expect(
      batch.images
        == Tensor(
          shape: [3, 1, 2, 1],
          scalars: [1 / 255, 2 / 255, 0, 1, 1 / 255, 2 / 255]))
  }

  @Test func `every byte becomes itself over 255`() {
    let set = ImageSet(
      pixels: Array(0...255), labels: [0], size: (16, 16))
    #expect(set.first(1).images.scalars == (0...255).map { Float($0) / 255 })
  }

  @Test func `the first images, or all if there are fewer`() {
    #expect(set.first(2).labels == [4, 5])
    #expect(set.first(9).labels == [4, 5, 6])
  }

  @Test func `a subset is a set of its own`() {
    let subset = set.subset([1, 0])
    #expect(subset.count == 2)
    #expect(subset.labels == [5, 4])
    #expect(subset.pixels == [51, 102, 0, 255])
    #expect(subset.size == (1, 2))
  }

  @Test func `a range of a batch keeps images and labels together`() {
    let part = set.first(3)[1..<3]
    #expect(part.labels == [5, 6])
    #expect(part.images == set.batch([1, 2]).images)
  }

  @Test func `images and labels must match`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Batch(images: Tensor(shape: [2, 1, 2, 1]), labels: [1])
    }
    expectMessage(of: result, contains: "[2, 1, 2, 1]", "1 labels")
  }
}
