import Foundation

/// What is known of a chapter's last run, from its JSON file.
struct Run: Codable, Equatable {
  var chapter: String
  var title: String
  var question: String
  var date: Date
  /// How long it took, without the reading.
  var seconds: Double

  /// Reads a JSON file; nil if there is none or it makes no sense.
  init?(chapter: String, in workspace: Workspace) {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    let url = workspace.url("\(chapter).json")
    guard let data = try? Data(contentsOf: url),
      let run = try? decoder.decode(Run.self, from: data),
      run.chapter == chapter, run.seconds >= 0, run.seconds.isFinite
    else { return nil }
    self = run
  }
}
