import Lesson
import Shared

let mix = Exercise.mixedBatch(mixedBatch)
let hardening = Exercise.hardeningStep(hardeningStep)
let tensor = Exercise.onnxTensor(onnxTensor)
let node = Exercise.onnxNode(onnxNode)
let whole = Exercise.onnxModel(onnxModel)
let masked = Exercise.breakMaskedGradients(breakMaskedGradients)
let threshold = Exercise.breakThreshold(breakThreshold)
let noise = Exercise.breakNoise(breakNoise)
let detector = Exercise.breakDetector(breakDetector)
let bounds = Exercise.linearBounds(linearBounds)

let chapter = Chapter(
  .security, title: "Security",
  question: "Which defences hold, and how would you know?",
  goals: [
    "keep clean accuracy and accuracy under attack apart",
    "train a network on attacked images, and doubt what one attack says of it",
    "tell a defence that resists from one that hides its gradient",
    "attack a defence as somebody would who knows of it, with your own code",
    "say what an attack and what a certificate can prove, and in which norm",
  ],
  needs: "a trained model, and what chapter 5 measured on it",
  saves: "a hardened model, the network to choose as ONNX, and a report",
  seconds: 250,
  flags: [.model, .picture, .lab, .gate],
  parts: [
    "gap", "training", "truth", "broken", "yours", "certificates", "beyond",
    "ladder",
  ],
  exercises: [
    mix, hardening, tensor, node, whole, masked, threshold, noise, detector,
    bounds,
  ])

chapter.run { page in
  let handwriting = try page.options.image.map(Handwriting.init(contentsOf:))
  let mnist = try page.loadData()
  let trained = try page.loadTrainedModel(mnist)
  let lab = try Lab(page, trained, mnist)

  // MARK: - The gap

  var results: AttackResults?
  try page.part("gap") {
    page.section("The gap")
    let measured = try attackResults(page, trained, mnist)
    gapTable(page, measured, trained.model, mnist)
    results = measured
  }

  // MARK: - Adversarial training

  try page.part("training") {
    page.section("Train on what attacks you")
    try trainOnWhatAttacksYou(page, lab)
    exam(page, lab)
    try withoutTheRandomStart(page, lab)

    page.section("How much of the batch?")
    compareShares(
      page, training: try trainingImages(page, mnist).training, mnist,
      (batch: mix, step: hardening))
  }

  // MARK: - Stronger attacks

  try page.part("truth") {
    page.section("Is that true?")
    try isThatTrue(page, lab)
  }

  // MARK: - What breaks

  try page.part("broken") {
    page.section("Three to be broken")
    try distillation(page, lab)
    preprocessing(page, lab)
    try detection(page, lab)
  }

  // MARK: - Break it yourself

  page.part("yours") {
    page.section("Break it yourself")
    breakItYourself(page, lab, (masked, threshold, noise, detector))
  }

  // MARK: - Certificates

  try page.part("certificates") {
    page.section("Certificates")
    try certificates(page, lab)
    try oneLayer(page, lab, bounds)
    smoothing(page, lab)
  }

  // MARK: - Outside the box

  try page.part("beyond") {
    page.section("Beyond the box")
    try beyondTheBox(page, lab, handwriting)
  }

  // MARK: - The sum

  try page.part("ladder") {
    page.section("The ladder, and who stands where")
    try ladder(page, lab)
    try whatItLearned(page, lab)
    scoreboard(page, lab)
  }
  if page.options.only != nil { return }

  // MARK: - The report

  page.section("Sign your name under it")
  try report(page, lab, results)

  // MARK: - Deployment

  page.section("What to do with all this")
  fourDomains(page)
  deployment(page, mnist)

  // MARK: - ONNX

  page.section("Take it with you")
  try takeItWithYou(page, lab, (tensor: tensor, node: node, model: whole))
  try supplyChain(page, lab)

  // MARK: - Your guesses

  page.section("How well you knew")
  page.reportCalibration()

  recapitulate(page)
  page.say(
    """
    This was the last chapter. You have seen a network built and trained, looked
    inside, broken it, and measured what defences buy. From here:
    `--only certificates` and its like run a part with more images, and
    `--retrain list` names the trainings that you can repeat. It is yours to
    break.
    """)
}
