@testable import Record

/// What is wrong with a list of references and with the texts that cite it.
func referenceFaults(
  _ references: References, citedIn texts: [(path: String, text: String)]
) -> [String] {
  let form =
    #/[^"]+\. "[^"]+"\. .+, (?:[0-9]{4}|undated)\. <https?:\/\/[^<>\s]+>/#
  var faults: [String] = []
  var numbers: [String: Int] = [:]
  for entry in references.entries {
    if entry.written != entry.number {
      faults.append("\(entry.key) is number \(entry.number) of the list")
    }
    if entry.text.wholeMatch(of: form) == nil {
      faults.append("\(entry.key) is not written as the others are")
    }
    if numbers.updateValue(entry.number, forKey: entry.key) != nil {
      faults.append("\(entry.key) is listed twice")
    }
  }
  var uncited = Set(numbers.keys)
  for (path, text) in texts {
    for citation in References.citations(in: text) {
      uncited.remove(citation.key)
      if let number = numbers[citation.key] {
        if citation.text != "\(number)" {
          faults.append(
            "\(path): \(citation.key) is \(number), not \(citation.text)")
        }
      } else {
        faults.append("\(path): \(citation.key) is not listed")
      }
    }
  }
  return faults + uncited.sorted().map { "\($0) is cited nowhere" }
}
