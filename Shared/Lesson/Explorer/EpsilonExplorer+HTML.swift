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
      \(maps)
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
    // The script names the class that the chosen image is led toward.
    let choices = directions.enumerated().map { index, direction in
      """
      <label><input type="radio" name="direction" value="\(index)"\
      \(index == 0 ? " checked" : "")> \(direction.rawValue)\
      \(direction == .toward ? " <span class=\"aim\"></span>" : "")</label>
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

  /// A column a filter: its map of the picture, and what has changed in it.
  private var maps: String {
    guard let features else { return "" }
    let columns = features.filters.map { filter in
      func canvas(_ name: String, _ what: String) -> String {
        """
        <canvas class="\(name)" width="\(features.mapWidth)" \
        height="\(features.mapHeight)" role="img" \
        aria-label="channel \(filter.channel), \(what)"></canvas>
        """
      }
      return """
        <div>\(canvas("map", "its map of the picture"))\
        \(canvas("difference", "what the change adds to the map"))\
        <p>\(filter.channel)</p></div>
        """
    }
    return """
      <div class="maps">
      \(columns.joined(separator: "\n"))
      </div>
      <p class="legend">Inside the network: what channels of \
      <code>\(HTML.escape(features.layer))</code> make of the sum (black is \
      zero), and below what the change adds to that (blue less, red more, full \
      at a quarter of the brightest answer to the clean image). Your browser \
      computes these maps; all else the network has computed.</p>
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
  return String(decoding: try encoder.encode(value), as: UTF8.self)
    .replacingOccurrences(of: "<", with: "\\u003c")
}
