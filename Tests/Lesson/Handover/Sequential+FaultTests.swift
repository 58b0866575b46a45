import Testing

@testable import Lesson
@testable import Shared

@Suite struct SequentialFaultTests {
  private static let images = (try? MNIST())?.test.prefix(200)

  private func fault(scaling scale: Float) throws -> String? {
    var model = Sequential.notebookNetwork(seed: 0)
    let shipped = try LoadedCheckpoint(PackageFiles.pretrained)
    try model.load(
      shipped.contents.tensors.mapValues { $0 * scale }, from: "shipped")
    return model.fault(on: try #require(Self.images))
  }

  @Test func `a trained model has no fault`() throws {
    #expect(try fault(scaling: 1) == nil)
  }

  @Test func `weights that overflow are named`() throws {
    let fault = try #require(try fault(scaling: 1e38))
    #expect(fault.contains("of 200 test images"), "\(fault)")
    #expect(fault.contains("not finite"), "\(fault)")
  }

  @Test(arguments: [0, .leastNonzeroMagnitude] as [Float])
  func `weights of nothing give one answer`(scale: Float) throws {
    let fault = try #require(try fault(scaling: scale))
    #expect(fault.contains("one and the same answer"), "\(fault)")
  }

  @Test func `weights of chance read few images`() throws {
    let fault = Sequential.notebookNetwork(seed: 5).fault(
      on: try #require(Self.images))
    let text = try #require(fault)
    #expect(text.contains("200 test images"), "\(text)")
  }
}
