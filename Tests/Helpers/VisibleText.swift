extension String {
  /// What a terminal shows of a line: without colours and kitty pictures.
  var visible: String {
    replacing(/\u{1B}\[[0-9;]*m/, with: "")
      .replacing(/\u{1B}_G[^\u{1B}]*\u{1B}\\/, with: "")
  }
}
