/// The chapters, in order, by the names of their programs.
public enum ChapterName: String, CaseIterable, Sendable {
  case architecture = "01-Architecture"
  case data = "02-Data"
  case training = "03-Training"
  case hooks = "04-Hooks"
  case attacks = "05-Attacks"
  case security = "06-Security"

  /// Its place among the chapters, from 1.
  var number: Int { 1 + (Self.allCases.firstIndex(of: self) ?? 0) }

  /// `Training`: the name without its number.
  var title: String { String(rawValue.dropFirst(3)) }

  /// The chapter before this one; nil before the first.
  var previous: ChapterName? {
    Self.allCases.prefix { $0 != self }.last
  }

  /// The chapter after this one; nil after the last.
  var next: ChapterName? {
    Self.allCases.drop { $0 != self }.dropFirst().first
  }
}
