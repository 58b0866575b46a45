import Shared

extension EpsilonExplorer {
  /// Four stops of the slider for every digit and direction.
  var table: String {
    let last = epsilons.count - 1
    let steps = Array(stride(from: 0, through: last, by: max(1, last / 3)))
    let head = steps.map {
      "<th scope=\"col\">ε = \(Double(epsilons[$0]).shortest)</th>"
    }
    let rows = digits.flatMap { digit in
      zip(directions, digit.courses).map { direction, course in
        """
        <tr><th scope="row">\(HTML.escape(classNames[digit.label]))</th>\
        <td>\(HTML.escape(name(of: direction, for: digit)))</td>\
        \(steps.map { cell(digit, course, $0) }.joined())</tr>
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

  /// The answer at one stop.
  private func cell(_ digit: Digit, _ course: Course, _ step: Int) -> String {
    let answer = course.answers[step]
    let share = course.probabilities[step].numbers[answer].percent(1)
    return "<td>\(answer == digit.label ? "" : "✗\u{A0}")"
      + "\(HTML.escape(classNames[answer])): "
      + "\(share.replacing(" ", with: "\u{A0}"))</td>"
  }
}
