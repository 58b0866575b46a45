extension String {
  /// The lines without their ends, empty ones included.
  ///
  /// Windows editors end a line with `\r\n`, which is one `Character` and no
  /// `\n`.
  var textLines: [String] {
    split(omittingEmptySubsequences: false) { (character: Character) in
      ["\n", "\r\n", "\r"].contains(character)
    }.map(String.init)
  }
}
