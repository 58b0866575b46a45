import Lesson
import Shared

/// What interval bounds certify of one network.
private struct Front: Encodable, Sendable {
  var network: String
  var clean: Proportion
  /// At each ε.
  var certified: [RobustnessPoint]
}

/// Interval bounds, and the networks that were trained for them.
///
/// - Throws: A `TutorialError` if the bounds refuse a network that they passed.
func certificates(_ page: Page, _ lab: Lab) throws {
  let epsilons = [0.01, 0.1, 0.2, 0.3].map(Epsilon.pixels)
  introduceBounds(page)
  let test = lab.mnist.test
  let images = test.prefix(page.full(test.count, quick: 200))
  let networks = boundedNetworks(page, lab)
  let passes = networks.count * images.count * (1 + 2 * epsilons.count)
  let fronts = try page.progress("Certifying", passes: passes) {
    try page.show {
      try networks.map { name, network in
        let certified = try epsilons.map { epsilon in
          RobustnessPoint(
            epsilon: epsilon,
            accuracy: try network.certifiedAccuracy(
              on: images, epsilon: epsilon))
        }
        return Front(
          network: name, clean: network.evaluate(on: images).accuracy,
          certified: certified)
      }
    }
  }
  page.table(
    "Certified by interval bounds, "
      + (images.count == test.count ? "all " : "the first ")
      + "\(images.count.grouped) test images, in per cent",
    "certified", fronts,
    [
      Column("network") { $0.network },
      Column("clean") { ($0.clean.value * 100).decimals(1) },
    ]
      + epsilons.map { epsilon in
        Column("ε = \(epsilon.pixels)") { front in
          front.certified.at(epsilon).map {
            ($0.accuracy.value * 100).decimals(1)
          } ?? "–"
        }
      })
  sayWhatTheyGive(page, fronts, lab.mnist)
}

private func introduceBounds(_ page: Page) {
  page.say(
    """
    An attack gives an upper bound on robust accuracy: what it leaves may fall
    to the next one. A **certificate** gives a lower bound, a proof for one image
    that *no* change in the box alters the answer. The simplest carries the box
    itself through the network (interval bound propagation, Gowal et al. 2018,
    arXiv:1810.12715). A pixel becomes an interval, center $c$ and radius $r$.
    A layer $Wx + b$ moves the center as it moves any image and widens the
    radius by the *magnitudes* of its weights:

    $c′ = Wc + b$ and $r′ = |W| r$

    ReLU and max-pooling just act on both ends. By hand: weights 2 and −1, pixels
    0.5 ± 0.1 and 0.4 ± 0.1 give $2·0.5 − 0.4 = 0.6$ and $(2 + 1)·0.1 = 0.3$,
    so between 0.3 and 0.9. If at the end the right logit's lead over every other
    one is positive even at its lower end, the image is certified.

    What is bounded here is the network as this program computes it, in 32-bit
    floats: each radius grows by what rounding may add, a multiple of
    $γ(|W||x| + |b|)$ with $γ$ near 2⁻²⁴ times the number of terms
    (`Shared/Defenses/Certificates` has the proof).
    """)
}

/// The networks of the lab that bounds can pass.
private func boundedNetworks(_ page: Page, _ lab: Lab) -> [(String, Sequential)]
{
  let all: [(String, Sequential?)] =
    [("plain", lab.plain)]
    + ["four-steps", "interval-0.1", "interval-0.3"].map {
      ($0, lab.defenses[$0])
    }
  let one = lab.mnist.test.first(1)
  var networks: [(String, Sequential)] = []
  for case let (name, network?) in all {
    do {
      _ = try network.isCertified(on: one, epsilon: .pixels(0))
      networks.append((name, network))
    } catch {
      page.say("The network `\(name)` is left out. \(error)")
    }
  }
  return networks
}

/// Why most networks get nothing, and what it costs to get something.
private func sayWhatTheyGive(_ page: Page, _ fronts: [Front], _ mnist: MNIST) {
  let tenth = Epsilon.pixels(0.1)
  func share(_ front: Front, _ epsilon: Epsilon) -> Proportion? {
    front.certified.at(epsilon)?.accuracy
  }
  let empty = fronts.filter { (share($0, tenth)?.value ?? 0) < 0.01 }
    .map { "*\($0.network)*" }
  if !empty.isEmpty {
    page.say(
      """
      At $ε = 0.1$ bounds say next to nothing of
      \(empty.joined(separator: " and ")). That is no verdict on a network:
      bounds treat the values of a layer as if each could be at its worst at the
      same time, and from layer to layer the intervals grow.
      """)
  }
  guard let small = fronts.first(where: { $0.network == "interval-0.1" }),
    let large = fronts.first(where: { $0.network == "interval-0.3" }),
    let smallThere = share(small, tenth), let largeThere = share(large, tenth),
    let most = share(large, .pixels(0.3))
  else { return }
  let published =
    mnist.isShipped
    ? " The paper's largest network reaches 91.95 % there, and what its authors "
      + "released 91.79 %."
    : ""
  page.say(
    """
    The *interval* networks are smaller ones, trained on the bounds themselves:
    at first on images, then more and more on the worst logits of whole boxes,
    whose $ε$ grows. They learn weights whose magnitudes keep boxes narrow. The
    one trained for 0.3 is certified there for \(most.inTenths) %.\(published)

    Their price is on the left: clean accuracy. And there is no best one, but a
    front. The one for 0.3 reads \(large.clean.inTenths) % of the clean images
    and is certified for \(largeThere.inTenths) % at $ε = 0.1$; the one for 0.1
    reads \(small.clean.inTenths) % and is certified for
    \(smallThere.inTenths) %\(smallThere.value > largeThere.value
      ? ": what is bought in a large box is paid for in a small one." : ".")
    """)
}

/// Certificates in the other norm.
func smoothing(_ page: Page, _ lab: Lab) {
  let few = lab.mnist.test.first(page.full(100, quick: 10, long: 500))
  let copies = page.full(1000, quick: 100, long: 10_000)
  let runs = [0.25, 0.5].compactMap { (sigma: Float) -> SmoothedSigma? in
    guard let smoothing = lab.smoothing(sigma: sigma, copies: copies) else {
      return nil
    }
    return page.progress(
      "Smoothing", passes: smoothing.passes(images: few.count)
    ) { SmoothedSigma(sigma: sigma, run: SmoothedRun(smoothing, on: few)) }
  }
  guard !runs.isEmpty else { return }
  lab.smoothed = runs.first { $0.sigma == 0.5 }?.run
  page.say(
    """
    **Randomized smoothing** (Cohen et al. 2019, arXiv:1902.02918) certifies a
    vote, whatever network votes, in the *length* of the change. Ask the network
    about copies of the image with normal noise of size $σ$, a hundred to choose
    the class and \(copies.grouped) others to count it. If that class has a
    probability above $p$, no change shorter than $σ·Φ⁻¹(p)$ alters the answer ($Φ$ is the distribution
    function of the normal law; $p = 0.98$ gives 2.05 $σ$). $p$ comes from counting: its exact lower bound
    (Clopper and Pearson) at 99.9 %; if it is not above one half, the classifier
    *abstains*. The networks here have trained on such noise. The first
    \(few.count) images:
    """)
  page.table(
    "Certified at each radius (length of the change), in per cent", "smoothed",
    runs,
    [
      Column("σ") { Double($0.sigma).shortest },
      Column("right") { $0.run.accuracy.inShort },
      Column("abstained") { $0.run.abstained.inShort },
    ]
      + SmoothedSigma.radii.map { radius in
        Column("r = \(radius.shortest)") {
          ($0.run.certifiedAccuracy(atRadius: radius).value * 100).decimals(0)
        }
      })
  // What a vote of all copies for one class would give.
  let unanimous = SmoothedRun.largestRadius(copies: copies)
  page.say(
    """
    Even if all \(copies.grouped) copies agree, the bound on $p$ is less than 1,
    and no radius exceeds \(unanimous.decimals(2)) σ: counting sets a limit.

    **Careful:** this says nothing about the box of 0.3. A corner of it lies
    $0.3·√784 = 8.4$ away, and the widest box inside a ball of radius 1 has
    $ε = 1/28 = 0.036$. And each certificate may be wrong with a probability of
    0.1 %, which is the price of counting.
    """)
}

/// What smoothing came to at one σ.
private struct SmoothedSigma: Encodable, Sendable {
  var sigma: Float
  var run: SmoothedRun

  static let radii = [0.25, 0.5, 0.75, 1]

  private enum CodingKeys: CodingKey { case sigma, accuracy, abstained, radii }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sigma, forKey: .sigma)
    try container.encode(run.accuracy, forKey: .accuracy)
    try container.encode(run.abstained, forKey: .abstained)
    try container.encode(
      Self.radii.map { run.certifiedAccuracy(atRadius: $0) },
      forKey: .radii)
  }
}
