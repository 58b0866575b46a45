import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct SVGTests {
  @Test func `every colour stands out on both papers`() {
    for theme in [SVG.light, SVG.dark] {
      for color in SVG.colors + [theme.axis] {
        #expect(contrast(color, theme.paper) >= 3, "\(color) on \(theme.paper)")
      }
      #expect(contrast(theme.text, theme.paper) >= 7)
    }
    #expect(abs(contrast("#000000", "#ffffff") - 21) < 1e-9)
    #expect(abs(contrast("#777777", "#ffffff") - 4.48) < 0.01)
  }

  @Test func `all class names have the prefix and dark is asked for`() {
    let file = SVG.document(
      width: 10, height: 10, title: "t", body: [SVG.text("<&>", 0, 0)])
    for match in file.matches(of: /class="([^"]*)"/) {
      #expect(match.1.hasPrefix("plot-"))
    }
    #expect(file.contains("@media (prefers-color-scheme: dark){.plot-"))
    #expect(file.contains("&lt;&amp;>"))
  }

  /// WCAG 2.2: the contrast ratio of two colours.
  private func contrast(_ a: String, _ b: String) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private func luminance(_ color: String) -> Double {
    let value = UInt32(color.dropFirst(), radix: 16) ?? 0
    let linear = [16, 8, 0].map { (shift: UInt32) -> Double in
      let channel = Double(value >> shift & 0xFF) / 255
      return channel <= 0.04045
        ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
