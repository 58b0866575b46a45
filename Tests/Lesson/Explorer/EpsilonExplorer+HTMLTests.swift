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
    #expect(decoded.features?.filters.count == 6)
    for (read, written) in zip(decoded.digits, explorer.digits) {
      #expect(read.target == written.target)
      #expect(read.levels.numbers == written.levels.numbers)
      for (read, written) in zip(read.courses, written.courses) {
        #expect(read.signs?.numbers == written.signs?.numbers)
        #expect(
          read.pictures?.map(\.numbers) == written.pictures?.map(\.numbers))
        #expect(
          read.probabilities.map(\.numbers)
            == written.probabilities.map(\.numbers))
      }
    }
  }

  @Test func `numbers are packed as a browser unpacks them`() throws {
    let json = try scriptSafeJSON([Packed<Float>([1, -2.5])])
    // Little-endian, as `Float32Array` reads them: 00 00 80 3f 00 00 20 c0.
    #expect(json == "[\"AACAPwAAIMA=\"]")
    let signs = try scriptSafeJSON([Packed<Int8>([-1, 0, 1])])
    #expect(signs == "[\"/wAB\"]")
  }

  @Test func `a model without filters has no maps, and another has six`() throws
  {
    let (explorer, batch, _) = try EpsilonExplorerTests.shipped.get()
    let canvas = "<canvas class=\"difference\""
    let html = try explorer.html
    #expect(html.components(separatedBy: canvas).count == 7)
    #expect(explorer.featureLayer == "relu1")
    var generator = SeededGenerator(seed: 1)
    let plain: Sequential = [
      "flatten": Flatten(), "scores": Linear(784, 10, using: &generator),
    ]
    let other = EpsilonExplorer(
      plain, batch, epsilons: [.pixels(0.1)], steps: 2, seed: 1)
    #expect(other.featureLayer == nil)
    let bare = try other.html
    #expect(!bare.contains(canvas))
  }

  @Test func `the page is small and asks for nothing`() throws {
    let html = try EpsilonExplorerTests.shipped.get().0.html
    #expect(html.utf8.count < 350_000)
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
    let dark = Batch(
      images: Tensor(shape: [1, 1, 1, 1], scalars: [0.4]), labels: [0])
    let explorer = EpsilonExplorer(
      EpsilonExplorerTests.threshold, dark,
      epsilons: [0, 0.1, 0.2].map(Epsilon.pixels), seed: 1)
    let html = try explorer.html
    // 1 / (1 + e⁻²) = 88.1 %: first for class 0, at 0.4, then for 1, at 0.6.
    #expect(html.contains("<th scope=\"col\">ε = 0.2</th>"))
    #expect(html.contains("<td>FGSM</td><td>0: 88.1\u{A0}%</td>"))
    #expect(html.contains("<td>PGD</td><td>0: 88.1\u{A0}%</td>"))
    #expect(html.contains("<td>toward 1</td><td>0: 88.1\u{A0}%</td>"))
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
    // Nothing is more probable than class 0.
    #expect(explorer.digits.map(\.target) == [1])
    #expect(
      explorer.flips == [EpsilonExplorer.Flip(label: 0, target: 1)])
    let row = explorer.digits[0].courses[0].probabilities[0].numbers
    #expect(row.count == 2 && row.allSatisfy(\.isNaN))
    #expect(try explorer.html.contains("<td>toward 1</td><td>0: "))
  }
}
