import Foundation
import Testing

@testable import Lesson
@testable import Shared

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct NetworkDiagramTests {
  private let diagram = NetworkDiagram(
    "The network & its shapes",
    Sequential.notebookNetwork(seed: 0).summary(for: MNIST.imageShape),
    imageShape: MNIST.imageShape)

  @Test func `there is a box for each shape and none for layers that keep it`()
  {
    #expect(
      diagram.stages.map(\.name) == [
        "image", "conv1", "pool1", "conv2", "pool2", "flatten", "fc1", "fc2",
      ])
    #expect(diagram.stages[1].shape == [28, 28, 32])
    #expect(diagram.stages.reduce(0) { $0 + $1.parameters } == 421_642)
  }

  @Test func `the file is XML and says what it shows`() {
    #expect(XMLParser(data: Data(diagram.svg.utf8)).parse())
    #expect(diagram.svg.contains(">fc1<"))
    #expect(diagram.svg.contains(">401,536<"))
    #expect(diagram.inWords.contains("flatten 3136, then fc1 128 (401,536"))
  }

  @Test func `a network of nothing is an image`() {
    let none = NetworkDiagram("none", [], imageShape: [2, 2, 1])
    #expect(none.stages.map(\.name) == ["image"])
    #expect(XMLParser(data: Data(none.svg.utf8)).parse())
  }
}
