import Testing

/// Expects what a stopped program wrote to contain every one of the parts.
func expectMessage(
  of result: ExitTest.Result?, contains parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let message = String(
    decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  for part in parts {
    #expect(
      message.contains(part), "\(message)", sourceLocation: sourceLocation)
  }
}
