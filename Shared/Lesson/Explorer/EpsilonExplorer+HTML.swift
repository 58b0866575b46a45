import Foundation
import Shared

extension EpsilonExplorer {
  /// The figure as a piece of a page: markup, numbers and script.
  ///
  /// Its style is the page's. It needs no network. Without JavaScript, and on
  /// paper, a table takes the place of the controls.
  ///
  /// - Throws: A `TutorialError` if the script cannot be read.
  public var html: String {
    get throws {
      """
      <figure class="explorer">
      <div class="stage">
      \(controls)
      \(canvases)
      \(bars)
      <p class="verdict" aria-live="polite"></p>
      </div>
      <noscript><p>With JavaScript this is a figure with a slider for ε; \
      without, here are some of its numbers.</p></noscript>
      \(table)
      <script type="application/json">\(try scriptSafeJSON(self))</script>
      <script>
      \(try Self.script)</script>
      </figure>
      """
    }
  }

  private static var script: String {
    get throws {
      let file = PackageFiles.root.appendingPathComponent(
        "Shared/Lesson/Explorer/explorer.js")
      return String(decoding: try readFile(file), as: UTF8.self)
    }
  }

  private var controls: String {
    let canvas = "<canvas width=\"\(width)\" height=\"\(height)\"></canvas>"
    let buttons = digits.enumerated().map { index, digit in
      """
      <button type="button" aria-pressed="\(index == 0)">\(canvas) \
      \(HTML.escape(classNames[digit.label]))</button>
      """
    }
    let choices = directions.enumerated().map { index, direction in
      """
      <label><input type="radio" name="direction" value="\(index)"\
      \(index == 0 ? " checked" : "")> \(direction.rawValue)</label>
      """
    }
    // A third of the way there is something to see, and room on both sides.
    return """
      <form autocomplete="off">
      <fieldset class="digits"><legend>Image</legend>
      \(buttons.joined(separator: "\n"))
      </fieldset>
      <fieldset><legend>Direction</legend>
      \(choices.joined(separator: "\n"))
      </fieldset>
      <label class="epsilon"><span>ε</span>
      <input type="range" name="epsilon" min="0" max="\(epsilons.count - 1)" \
      value="\((epsilons.count - 1) / 3)">
      <output class="units" aria-live="off"></output></label>
      </form>
      """
  }

  private var canvases: String {
    func canvas(_ title: String, _ name: String) -> String {
      """
      <div><canvas class="\(name)" width="\(width)" height="\(height)" \
      role="img" aria-label="\(title)"></canvas><p>\(title)</p></div>
      """
    }
    let largest = Double(epsilons.max() ?? 0).shortest
    return """
      <div class="equation">
      \(canvas("the image", "clean"))
      <span>+</span>
      \(canvas("the change", "change"))
      <span>=</span>
      \(canvas("what the network sees", "sum"))
      </div>
      <p class="legend">darker (blue) −\(largest) <i></i> +\(largest) \
      brighter (red) \
      <output class="counts" aria-live="off"></output></p>
      """
  }

  private var bars: String {
    let rows = classNames.map { name in
      """
      <li><b>\(HTML.escape(name))</b><span class="track"><span class="bar"></span></span>\
      <span class="share"></span><span class="mark"></span></li>
      """
    }
    return "<ol class=\"bars\">\n\(rows.joined(separator: "\n"))\n</ol>"
  }

  /// Four stops of the slider for every digit and direction.
  private var table: String {
    let last = epsilons.count - 1
    let steps = Array(stride(from: 0, through: last, by: max(1, last / 3)))
    let head = steps.map {
      "<th scope=\"col\">ε = \(Double(epsilons[$0]).shortest)</th>"
    }
    let rows = digits.flatMap { digit in
      zip(directions, digit.courses).map { direction, course in
        let cells = steps.map { step in
          let answer = course.answers[step]
          let share = course.probabilities[step][answer].percent(1)
          return "<td>\(answer == digit.label ? "" : "✗\u{A0}")"
            + "\(HTML.escape(classNames[answer])): "
            + "\(share.replacing(" ", with: "\u{A0}"))</td>"
        }
        return """
          <tr><th scope="row">\(HTML.escape(classNames[digit.label]))</th>\
          <td>\(direction.rawValue)</td>\(cells.joined())</tr>
          """
      }
    }
    return """
      <table>
      <caption>The network's answer and its probability; ✗ marks a wrong \
      one</caption>
      <thead><tr><th scope="col">label</th><th scope="col">direction</th>\
      \(head.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }
}

/// JSON that may stand inside a `script` element.
///
/// Only `<` could end the element or open a comment in it, and in JSON that
/// letter occurs inside strings alone, where it may be written as an escape.
func scriptSafeJSON(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  // A model that has diverged answers with these, and JSON has no word for
  // them; JavaScript reads the texts as the numbers they name.
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  return String(decoding: try encoder.encode(value), as: UTF8.self)
    .replacingOccurrences(of: "<", with: "\\u003c")
}
