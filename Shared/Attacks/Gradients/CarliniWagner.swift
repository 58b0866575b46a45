import Foundation

/// The attack of Carlini and Wagner: the nearest image in the Euclidean norm,
/// by plain minimization.
///
///     minimize ‖x − x₀‖₂² + c · max(κ − margin(x), 0)   over w,
///     x = ½ (tanh w + 1)
///
/// Carlini and Wagner, "Towards Evaluating the Robustness of Neural Networks",
/// S&P 2017, arXiv:1608.04644, section VI-A. Any w is an image, so nothing has
/// to be cut off at black and white. The margin is `AttackLoss.margin`: above 0
/// the goal is met, and then only the distance is left to lower. A large c
/// finds images that are far away, a small one finds none; the smallest that
/// finds some is searched for, image by image.
///
/// An image that meets its goal from the start is returned as it is.
public struct CarliniWagner: Attack {
  /// How many constants c are tried.
  public var searches = 9
  /// The first of them.
  public var firstConstant = 1e-3
  /// The most steps of Adam with one constant.
  public var steps = 1000
  /// Adam's learning rate, in w.
  public var stepSize: Float = 0.01
  /// The margin, in logits, by which the goal is to be met: κ.
  public var confidence = 0.0
  /// The longest change that counts, in pixels; nil counts any.
  ///
  /// An image that needs a longer one comes back as it was.
  public var radius: Float?

  public var bound: Bound { radius.map(Bound.euclidean) ?? .none }

  /// The attack with the settings of the paper.
  public init(radius: Float? = nil) { self.radius = radius }

  public func perturb(
    _ images: Tensor, goals: [Goal], asking model: GradientAccess
  ) -> Tensor {
    precondition(
      searches > 0 && steps > 0 && firstConstant > 0 && confidence >= 0,
      "Carlini and Wagner's attack takes at least one search and one step, a "
        + "constant above 0 and a confidence no less than 0, got \(self)")
    let clean = model.logits(of: images)
    var working = goals.indices.filter { !isMet(goals[$0], by: clean.row($0)) }
    var searches = images.allRows.map { Search(self, around: $0) }
    while !working.isEmpty {
      let searching = working.map { searches[$0] }
      let wanted = working.map { goals[$0] }
      let candidates = Tensor(
        rows: searching.map(\.candidate), of: Array(images.shape.dropFirst()))
      let slope = model.only(working).slope(
        of: .margin, at: candidates, goals: wanted)
      let advanced = Workers.map(working.count) { row in
        var search = searching[row]
        search.advance(
          margin: slope.losses[row], slope: slope.gradient.row(row),
          isMet: isMet(wanted[row], by: slope.logits.row(row)))
        return search
      }
      for (image, search) in zip(working, advanced) { searches[image] = search }
      working.removeAll { searches[$0].isDone }
    }
    return Tensor(
      rows: searches.map(\.result), of: Array(images.shape.dropFirst()))
  }

  private func isMet(_ goal: Goal, by logits: ArraySlice<Float>) -> Bool {
    let logits = Array(logits)
    let answer = predictions(Tensor(shape: [1, logits.count], scalars: logits))
    return goal.isMet(by: answer[0])
      && AttackLoss.margin(logits, goal).value >= confidence
  }
}

/// The search for one image's constant, and the nearest image found on the way.
private struct Search: Sendable {
  private let settings: CarliniWagner
  private let image: [Float]
  private var constant: Double
  /// The largest constant that did not do, and the smallest that did.
  private var (lower, upper) = (0.0, Double.infinity)
  private var hasSucceeded = false
  private var descent: Descent
  private var finished = 0
  private var nearest: [Float]?
  private var nearestDistance = Double.infinity

  init(_ settings: CarliniWagner, around image: [Float]) {
    self.settings = settings
    self.image = image
    constant = settings.firstConstant
    descent = Descent(from: image)
  }

  /// The image to ask the model about next.
  var candidate: [Float] { descent.image }

  var isDone: Bool { finished == settings.searches }

  /// The nearest image that meets the goal, or the original if there is none
  /// within the radius.
  var result: [Float] {
    guard let nearest,
      nearestDistance <= settings.radius.map(Double.init) ?? .infinity
    else { return image }
    return nearest
  }

  /// One step with what the model says of the candidate.
  ///
  /// - Parameters:
  ///   - margin: The candidate's.
  ///   - slope: ∂margin/∂pixel.
  ///   - isMet: Whether it meets the goal, with the confidence asked for.
  mutating func advance(margin: Double, slope: ArraySlice<Float>, isMet: Bool) {
    let length = distance(candidate, image)
    hasSucceeded = hasSucceeded || isMet
    if isMet, length < nearestDistance {
      (nearest, nearestDistance) = (candidate, length)
    }
    let lack = max(settings.confidence - margin, 0)
    let objective = length * length + constant * lack
    if descent.hasStalled(at: objective, ofSteps: settings.steps) {
      return tryNextConstant()
    }
    let factor = lack > 0 ? Float(constant) : 0
    let gradient = zip(zip(candidate, image), slope).map { pixels, slope in
      2 * (pixels.0 - pixels.1) - factor * slope
    }
    descent.step(along: gradient, size: settings.stepSize)
    if descent.steps == settings.steps { tryNextConstant() }
  }

  /// Ten times as much until one does, then the middle of both ends.
  private mutating func tryNextConstant() {
    if hasSucceeded { upper = constant } else { lower = constant }
    // Far beyond what any model needs, and far from overflow.
    constant = upper.isFinite ? (lower + upper) / 2 : min(10 * constant, 1e10)
    hasSucceeded = false
    descent = Descent(from: image)
    finished += 1
  }
}

/// Adam's way down from an image, in w, where every point is an image.
private struct Descent: Sendable {
  /// ½ (tanh w + 1).
  private(set) var image: [Float]
  private var w: [Float]
  private var adam: AdamState
  private var lastObjective = Double.infinity

  /// Black and white lie at −∞ and ∞; the start is a hair inside.
  init(from image: [Float]) {
    w = image.map { atanh(0.999999 * (2 * $0 - 1)) }
    self.image = Self.image(at: w)
    adam = AdamState(count: image.count)
  }

  var steps: Int { adam.step }

  /// One step of Adam, against the slope of the objective at every pixel.
  mutating func step(along gradient: [Float], size: Float) {
    // ∂x/∂w = ½ (1 − tanh² w) = 2x (1 − x)
    let slope = zip(gradient, image).map { $0 * 2 * $1 * (1 - $1) }
    (w, adam) = Adam.step(
      parameters: w, gradients: slope, state: adam, learningRate: size)
    image = Self.image(at: w)
  }

  /// Whether the objective has not fallen by 0.01 % since it was last looked
  /// at, which is ten times on the way.
  mutating func hasStalled(at objective: Double, ofSteps all: Int) -> Bool {
    guard steps % ((all + 9) / 10) == 0 else { return false }
    defer { lastObjective = objective }
    return !(objective <= 0.9999 * lastObjective)
  }

  private static func image(at w: [Float]) -> [Float] {
    w.map { 0.5 * (tanh($0) + 1) }
  }
}
