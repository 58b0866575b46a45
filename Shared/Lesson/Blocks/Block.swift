import Shared

/// One piece of a chapter, as it was said, run or measured.
///
/// A run is a list of blocks. The terminal, the notebook page and the JSON file
/// are functions of that list and of nothing else.
enum Block: Sendable {
  case head(Head)
  case section(number: Int, title: String)
  case prose([Prose])
  case code(Code)
  case output(String)
  case table(Table)
  case pictures(Pictures)
  case figure(Figure)
  /// Something to guess, where it was asked; a terminal asks it by itself.
  case question(String)
  case guess(Guess)
  case exercise(ExerciseBox)
  case selfCheck([SelfCheck], page: String)
  case foot(Foot)
}

/// How a chapter introduces itself.
struct Head: Sendable, Equatable {
  var number: Int
  var title: String
  var question: String
  /// Ends of "Afterwards you can …".
  var goals: [String]
  var needs: String
  var saves: String
  /// How long it takes, in words.
  var takes: String
  /// Where the files of a quick run go; nil for a full run.
  var quickFolder: String?
  /// Whether a quick run measures less than a full one.
  var hasQuickForm = true
  /// The sections of the article that go with it, as names of files.
  var sections: [String] = []
}

/// Source text that a learner sees.
struct Code: Sendable, Equatable {
  /// The file, seen from the package's root.
  var file: String
  /// The number of the first line, from 1.
  var firstLine: Int
  var lines: [String]
}

/// Small digits side by side, each with a caption.
struct Pictures: Sendable {
  /// Shape `[N, H, W, 1]`.
  var images: Tensor
  /// One text an image.
  var captions: [String]
}

/// A figure in a file of its own, or one that only a notebook page can show.
struct Figure: Sendable {
  /// What is drawn.
  enum Content: Sendable {
    case images(ImageGrid, scale: Int)
    case plot(LinePlot)
    case histogram(Histogram)
    case diagram(NetworkDiagram)
    /// HTML made by the package itself, put on the page as it is.
    case fragment(String)
  }

  /// The file's name without the folder, `03-Training-curves.svg`.
  var name: String
  /// Where a learner finds it, as short as it can be said.
  var place: String
  var caption: [Inline]
  /// What one would tell somebody who cannot see the figure.
  var alternative: String
  var content: Content
}

/// A question a learner answered before the result was known.
struct Guess: Sendable, Equatable {
  var question: String
  /// What the learner said; nil if nobody was there to ask.
  var answer: String?
  /// The measured value, in the answer's unit.
  var outcome: String
  /// What the difference between the two teaches.
  var sentence: String
}

/// How a chapter ends.
struct Foot: Sendable, Equatable {
  var seconds: Double
  /// Where every number of the chapter is.
  var results: String
  /// Where the chapter is as a page.
  var notebook: String
  var previous: ChapterName?
  var next: ChapterName?
}
