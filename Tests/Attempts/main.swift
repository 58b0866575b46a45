import Lesson
import Shared

// Chapter 5 as it would be with these answers; there is no lesson, only the
// commands that deal with exercises.
let chapter = Chapter(
  .attacks, title: "Attempts", question: "What goes wrong?", goals: [],
  needs: "nothing", saves: "nothing", seconds: 0,
  exercises: [
    Exercise.projectedPixel(readsTooFar), Exercise.ascend(neverEnds),
    Exercise.randomStart(flattens),
    Exercise.robustnessCurves { _, _, epsilons, _ in
      Array(repeating: [], count: callsItself(epsilons.count))
    },
  ])

chapter.run { _ in }
