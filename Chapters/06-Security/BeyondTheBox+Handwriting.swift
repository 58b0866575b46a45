import Lesson
import Shared

/// What a network makes of the learner's own picture.
private struct Reading: Encodable, Sendable {
  var network: String
  var answer: String
  var probability: Float
}

/// The learner's own picture, read by each network.
func readHandwriting(
  _ page: Page, _ lab: Lab, _ networks: [BeyondStudy.Named],
  _ handwriting: Handwriting
) {
  let noun = lab.mnist.isShipped ? "digit" : "picture"
  page.say(
    """
    Your own \(noun) comes from outside, too: another hand, pen and camera than
    those of the data. It was prepared as in chapter 5. Whether an answer is
    right, only you can tell.
    """)
  for remark in handwriting.remarks { page.say(remark) }
  page.pictures(handwriting.image, captions: ["your \(noun)"])
  let readings = networks.map { name, network in
    let probabilities = softmax(network.logits(of: handwriting.image))
    let answer = predictions(probabilities)[0]
    return Reading(
      network: name, answer: lab.mnist.classNames[answer],
      probability: probabilities[0, answer])
  }
  page.table(
    "Your \(noun)", "handwriting", readings,
    [
      Column("network") { $0.network }, Column("read as") { $0.answer },
      Column("probability") { $0.probability.percent(1) },
    ], isSameWhenQuick: true)
}
