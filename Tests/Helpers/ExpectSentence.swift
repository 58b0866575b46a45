import Testing

@testable import Shared

/// Expects a `TutorialError` that says something.
func expectSentence(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  let error = #expect(
    throws: TutorialError.self, sourceLocation: sourceLocation,
    performing: body)
  let sentence = error?.description ?? ""
  #expect(
    sentence.contains(text), "\(sentence)", sourceLocation: sourceLocation)
}
