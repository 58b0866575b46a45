import Shared

// Chapter 5 as it would be with these answers; there is no lesson, only the
// commands that deal with exercises.
let chapter = Chapter(
  name: "05-Attacks", title: "Attempts", question: "What goes wrong?",
  needs: "nothing", saves: "nothing", seconds: 0,
  exercises: [
    .projectedPixel(readsTooFar), .ascend(neverEnds), .randomStart(flattens),
    .robustnessCurves { _, _, epsilons, _ in
      Array(repeating: [], count: callsItself(epsilons.count))
    },
  ])

chapter.run { _ in }
