/// Two texts side by side: which lines go, which come.
struct LineDifference {
  /// A line with what happens to it.
  enum Line: Equatable {
    case kept(String)
    case removed(String)
    case added(String)

    /// As `diff` marks it.
    var text: String {
      switch self {
      case .kept(let line): "  \(line)"
      case .removed(let line): "- \(line)"
      case .added(let line): "+ \(line)"
      }
    }
  }

  let lines: [Line]

  /// The shortest way from one text to the other.
  init(from old: [String], to new: [String]) {
    let change = new.difference(from: old)
    var removed = Set<Int>()
    var added: [Int: String] = [:]
    for step in change {
      switch step {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, let line, _): added[offset] = line
      }
    }
    var lines: [Line] = []
    var next = 0
    for (index, line) in old.enumerated() {
      if removed.contains(index) {
        lines.append(.removed(line))
        continue
      }
      while let line = added[next] {
        lines.append(.added(line))
        next += 1
      }
      lines.append(.kept(line))
      next += 1
    }
    while let line = added[next] {
      lines.append(.added(line))
      next += 1
    }
    self.lines = lines
  }
}
