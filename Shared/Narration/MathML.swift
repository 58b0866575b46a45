/// Formulas on a notebook page.
enum MathML {
  /// A formula in plain notation, `‖x′ − x‖∞ ≤ ε`, as HTML.
  static func render(_ notation: String) -> String {
    HTML.element("i", around: HTML.escape(notation))
  }
}
