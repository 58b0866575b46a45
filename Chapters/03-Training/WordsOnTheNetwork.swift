import Shared

/// The layers that switch features off while the network learns.
func dropouts(in model: Sequential) -> [(name: String, rate: Float)] {
  model.layers.compactMap { name, layer in
    guard let dropout = layer as? Dropout, dropout.rate > 0 else { return nil }
    return (name, dropout.rate)
  }
}

/// What dropout does while learning, and a space; nothing if the network has
/// none.
func dropoutInWords(_ model: Sequential) -> String {
  let all = dropouts(in: model)
  guard let first = all.first else { return "" }
  let what: String
  if all.count == 1 {
    let isBeforeLast = model.layers.dropLast().last?.name == first.name
    what =
      (isBeforeLast
        ? "each feature before the last layer "
        : "each feature that reaches `\(first.name)` ")
      + "is switched off with probability \(fraction(first.rate))"
  } else {
    what =
      "each feature that reaches one of "
      + all.map { "`\($0.name)` (probability \(fraction($0.rate)))" }
      .joined(separator: ", ") + " may be switched off"
  }
  let rates = Set(all.map(\.rate))
  let factor =
    rates.count == 1
    ? " by \((1 / (1 - Double(first.rate))).shortest)" : ""
  return "Dropout is on while learning: \(what), anew for every image, so that "
    + "no feature can rely on a particular other one. Those that stay are "
    + "multiplied\(factor) meanwhile, so that the next layer receives the same "
    + "sum on average as later, when all are on. "
}

private func fraction(_ rate: Float) -> String {
  rate == 0.5 ? "½" : "\(rate)"
}

/// How an optimizer finds the size of its step.
func stepInWords(_ optimizer: any Optimizer) -> String {
  let name = "\(type(of: optimizer))"
  return switch optimizer {
  case is Adam, is AdamW:
    "\(name) does $w ← w − η · m⁄√s$ for each weight by itself: $m$ is a running "
      + "mean of the slopes it has seen, $s$ one of their squares, and $η$ the "
      + "*learning rate*, here \(optimizer.learningRate). (A *running mean* "
      + "moves a small, fixed share of the way towards each new value, so old "
      + "ones fade.) Where slopes keep "
      + "sign and size, a step is about $η$ long, however small they are; "
      + "where they come and go, it is shorter. (Two details are left out: both means "
      + "are corrected for starting at 0, and a tiny number keeps the root from "
      + "being 0; Kingma and Ba 2015, arXiv:1412.6980.)"
  case is SGD:
    "\(name) goes as far as the gradient is long, times the learning rate, "
      + "here \(optimizer.learningRate)."
  default:
    "\(name) decides how far; its learning rate is \(optimizer.learningRate)."
  }
}

/// An optimizer with the settings that make it what it is.
func nameInWords(_ optimizer: any Optimizer) -> String {
  var parts = ["\(type(of: optimizer))"]
  if let sgd = optimizer as? SGD, sgd.momentum > 0 {
    parts.append("momentum \(sgd.momentum)")
  }
  let decay =
    (optimizer as? SGD)?.weightDecay ?? (optimizer as? Adam)?.weightDecay
    ?? (optimizer as? AdamW)?.weightDecay ?? 0
  if decay > 0 { parts.append("weight decay \(decay)") }
  return parts.joined(separator: ", ")
}

/// How a schedule changes the learning rate.
func scheduleInWords(decay: Float, every epochs: Int) -> String {
  let change = decay == 0.5 ? "halved" : "multiplied by \(decay)"
  let ordinals = [1: "every one", 2: "every second one", 3: "every third one"]
  return "\(change) after \(ordinals[epochs] ?? "every \(epochs) epochs")"
}
