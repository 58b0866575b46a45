import Shared

extension Page {
  /// Prints what each of several attacks in turn has done.
  func tableOfTurns(_ turns: [WorstCaseRun.Turn]) {
    table(
      "An image that has fallen is not attacked again",
      columns: ["attack", "attacked", "fallen", "seconds"],
      rows: turns.map {
        [
          $0.name, $0.attacked.grouped, $0.fallen.grouped,
          $0.seconds.decimals(1),
        ]
      }, ["turns": turns])
  }
}
