import Lesson
import Shared

let outputSize = Exercise.convolutionOutputSize(convolutionOutputSize)

let chapter = Chapter(
  .architecture, title: "Architecture",
  question: "What does a convolutional network compute?",
  goals: [
    "work out on paper what a convolution, ReLU, max-pooling and a linear "
      + "layer compute",
    "say what a channel is, and how a convolution makes one out of many",
    "follow the shape of an image through a network",
    "count the parameters and multiply-adds of each layer",
  ],
  needs: "nothing",
  saves: "the network's random initial weights", seconds: 1,
  hasQuickForm: false, exercises: [outputSize])

chapter.run { page in
  // MARK: - By hand

  page.section("A convolution by hand")
  let example = convolutionByHand(page)

  page.section("ReLU and max-pooling by hand")
  reluAndPoolingByHand(page, example)

  page.section("Channels: two windows, two maps")
  channelsByHand(page, example)

  page.section("A linear layer by hand")
  linearByHand(page)

  // MARK: - Shapes

  try explainShapes(page, outputSize)

  // MARK: - The network

  page.section("The network")
  let mnist = try page.loadData()
  let model = try theNetwork(page, mnist)

  // MARK: - Images through it

  let batch = mnist.training.first(4)
  sendThrough(page, model, batch, mnist)

  // MARK: - Saving

  page.section("Saving the initial weights")
  page.say(
    """
    The weights are random, but not arbitrary. A *seed* is a number from which a
    program draws all its random choices. These come from seed
    \(page.options.seed), so everyone with this seed and this network has the
    same ones. Chapter 3 starts from this file.
    """)
  let saved = try page.show {
    try Checkpoint(
      chapter: page.chapter, tensors: model.stateDictionary,
      seed: page.options.seed, facts: ["architecture": model.architecture]
    ).save(to: page.workspace, as: TrainingInputs.architectureFile)
  }
  page.output("saved \(page.short(saved.url))")
  recapitulate(page)
  page.say(
    "**Next:** `swift run 02-Data\(page.commandFlags)` looks at the images.")
}
