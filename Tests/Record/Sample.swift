import Foundation
import Shared

/// A text with its sample of chapter 3's output as the chapter printed it.
///
/// The sample is indented by four, begins with the heading "Epoch by epoch" and
/// its section's number, and may leave lines out with "…". Lines that differ in
/// their seconds only stay.
func withSample(_ transcript: String, in text: String) throws -> String {
  // Between a section's number and its title stands a no-break space.
  let printed = transcript.replacing("\u{A0}", with: " ")
    .components(separatedBy: "\n")
  var lines = text.components(separatedBy: "\n")
  let heading = "0 Epoch by epoch"
  func isSampleHeading(_ line: String) -> Bool {
    line.hasPrefix("    ")
      && withoutNumbers(String(line.dropFirst(4))) == heading
  }
  guard let first = lines.firstIndex(where: isSampleHeading) else {
    throw TutorialError("there is no sample of chapter 3's output")
  }
  let size = lines[first...].prefix { $0.isEmpty || $0.hasPrefix("    ") }.count
  var next = printed.firstIndex { withoutNumbers($0) == heading } ?? 0
  for index in first..<first + size {
    let line = String(lines[index].dropFirst(4))
    guard !line.isEmpty && line != "…" else { continue }
    // The next line that says the same, whatever its numbers.
    guard
      let found = printed[next...].firstIndex(where: {
        withoutNumbers($0) == withoutNumbers(line)
      })
    else {
      throw TutorialError("chapter 3 does not print \"\(line)\"")
    }
    if withoutSeconds(printed[found]) != withoutSeconds(line) {
      lines[index] = "    " + printed[found]
    }
    next = found + 1
  }
  return lines.joined(separator: "\n")
}

private func withoutNumbers(_ line: String) -> String {
  line.replacing(#/[0-9]+/#, with: "0").replacing(#/ +/#, with: " ")
}

/// An epoch's line ends with its seconds.
private func withoutSeconds(_ line: String) -> String {
  line.contains(#/^ +\d .*%/#) ? line.replacing(#/ +[\d.]+$/#, with: "") : line
}
