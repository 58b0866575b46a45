extension [String] {
  /// The one that is most like a name that somebody has mistyped; nil if there
  /// are none.
  func nearest(to name: String) -> String? {
    self.min {
      $0.difference(from: name).count < $1.difference(from: name).count
    }
  }
}
