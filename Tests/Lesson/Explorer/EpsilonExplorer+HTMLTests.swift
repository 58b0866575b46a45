import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct EpsilonExplorerHTMLTests {
  @Test func `the page holds every number of the explorer`() throws {
    let (explorer, _, _) = try EpsilonExplorerTests.shipped.get()
    let parts = try explorer.html.components(
      separatedBy: "<script type=\"application/json\">")
    #expect(parts.count == 2)
    let json = try #require(
      parts.last?.components(separatedBy: "</script>").first)
    let decoded = try JSONDecoder().decode(
      EpsilonExplorer.self, from: Data(json.utf8))
    #expect(decoded.epsilons == EpsilonExplorerTests.epsilons.map(\.pixels))
    #expect(
      decoded.descriptions
        == EpsilonExplorerTests.epsilons.map {
          $0.inAllUnits(standardDeviation: 0.3081)
        })
    #expect(decoded.flips == explorer.flips)
    for (read, written) in zip(decoded.digits, explorer.digits) {
      #expect(read.levels == written.levels)
      for (read, written) in zip(read.courses, written.courses) {
        #expect(read.signs == written.signs)
        #expect(read.probabilities == written.probabilities)
      }
    }
  }

  @Test func `the page is small and asks for nothing`() throws {
    let html = try EpsilonExplorerTests.shipped.get().0.html
    #expect(html.utf8.count < 150_000)
    for address in ["http:", "https:", "src=", "url(", "@import", "fetch("] {
      #expect(!html.contains(address), "\(address)")
    }
    // Two scripts begin and two end: none of the contents ends one early.
    #expect(html.components(separatedBy: "<script").count == 3)
    #expect(html.components(separatedBy: "</script").count == 3)
    #expect(!html.contains("<style"))
  }

  @Test func `text cannot leave the script it is in`() throws {
    let hostile = "</script><!-- <SCRIPT> & \" \\ ε"
    let json = try scriptSafeJSON([hostile])
    #expect(!json.contains("<"))
    let back = try JSONDecoder().decode([String].self, from: Data(json.utf8))
    #expect(back == [hostile])
  }

  @Test func `without a script the table says what the network answers`() throws
  {
    // Two classes with probabilities 1/2 at 0.5; a dark pixel is class 0.
    let threshold: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 1], scalars: [-10, 10]),
        bias: Tensor([5, -5])),
    ]
    let dark = Batch(
      images: Tensor(shape: [1, 1, 1, 1], scalars: [0.4]), labels: [0])
    let explorer = EpsilonExplorer(
      threshold, dark, epsilons: [0, 0.1, 0.2].map(Epsilon.pixels), seed: 1)
    let html = try explorer.html
    // 1 / (1 + e⁻²) = 88.1 %: first for class 0, at 0.4, then for 1, at 0.6.
    #expect(html.contains("<th scope=\"col\">ε = 0.2</th>"))
    #expect(html.contains("<td>FGSM</td><td>0: 88.1\u{A0}%</td>"))
    #expect(html.contains("<td>✗\u{A0}1: 88.1\u{A0}%</td></tr>"))
    #expect(html.contains("<noscript>"))
  }

  @Test func `a model that has diverged still makes a page`() throws {
    let broken: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [2, 1], scalars: [.nan, .nan]),
        bias: Tensor([0, 0])),
    ]
    let dark = Batch(
      images: Tensor(shape: [1, 1, 1, 1], scalars: [0.4]), labels: [0])
    let explorer = EpsilonExplorer(
      broken, dark, epsilons: [.pixels(0.1)], seed: 1)
    #expect(try explorer.html.contains("\"probabilities\":[[\"NaN\",\"NaN\"]]"))
  }
}
