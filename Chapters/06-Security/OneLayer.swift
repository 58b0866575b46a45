import Lesson
import Shared

/// Bounds of one layer, by the learner, at the end of a network that was
/// trained for bounds.
///
/// - Throws: A `TutorialError` if there are no bounds for that network.
func oneLayer(
  _ page: Page, _ lab: Lab, _ exercise: Exercise<IntervalPropagation>
) throws {
  page.say(
    """
    The step through one linear layer is short, and yours to write: which values
    can $Wx + b$ take while $x$ is anywhere in a box? From ends to center and
    radius it is $c = (l + u)/2$ and $r = (u − l)/2$.
    """)
  let bounds = page.exercise(exercise)
  let (name, few, epsilon) = ("interval-0.3", lab.few, lab.strongest)
  guard let network = lab.defenses[name], let last = network.layers.last,
    let layer = last.layer as? Linear,
    let isCertified = lab.certified(network, few, epsilon)
  else { return }
  page.say(
    """
    Here it carries boxes through the last layer of *\(name)*. The library gives
    the box in front of it for each of the first \(few.count) test images, at
    $ε = \(epsilon.pixels)$. There are two ways to ask whether the right logit
    $z$ stays the largest. *By logits*: bound each of them, and compare the
    lower end of $z$ with the upper ends of the others. *By leads*: how far $z$
    lies above another one, $z − z′ = (w − w′)x + b − b′$, is a layer, too;
    bound that, and compare its lower end with 0.

    By hand: one hidden value $h$ lies in 0...1, and the logits are
    $z = 2h + 0.5$ and $z′ = h$. By themselves they lie in 0.5...2.5 and 0...1.
    These overlap, but only because $h$ is 0 in the one and 1 in the other.
    Their lead, $h + 0.5$, is never below 0.5.
    """)
  let box = try network.intervalBounds(
    on: few.images, epsilon: epsilon, before: last.name)
  let (byLogits, byLeads) = page.show {
    let logits = bounds(box.lower, box.upper, layer.weight, layer.bias)
    let byLogits = few.labels.enumerated().map { row, label in
      layer.bias.scalars.indices.allSatisfy { other in
        other == label
          || logits.lower[row, label] > logits.upper[row, other]
      }
    }
    let byLeads = few.labels.enumerated().map { row, label in
      let lead = layer.lead(of: label)  // over each other one
      let ends = bounds(
        box.lower.rows([row]), box.upper.rows([row]), lead.weight, lead.bias)
      return ends.lower.scalars.allSatisfy { $0 > 0 }
    }
    return (byLogits, byLeads)
  }
  sayWhatTheyCertify(page, byLogits, byLeads, isCertified)
}

private func sayWhatTheyCertify(
  _ page: Page, _ byLogits: [Bool], _ byLeads: [Bool], _ isCertified: [Bool]
) {
  func share(_ answers: [Bool]) -> Proportion {
    Proportion(answers.count { $0 }, of: answers.count)
  }
  let (logits, leads) = (share(byLogits), share(byLeads))
  let library = share(isCertified)
  page.record(
    "oneLayer", ["byLogits": logits, "byLeads": leads, "library": library])
  let differing = zip(byLeads, isCertified).count { $0 != $1 }
  page.say(
    """
    Of these \(logits.total) images \(logits.successes) are certified by logits
    and \(leads.successes) by leads. But for rounding, leads never certify
    fewer: in a lead each hidden value has one place, not one in each logit, so
    its lower end is not below that of $z$ minus the upper one of $z′$. The
    library's `isCertified` bounds leads as well, and takes away what rounding
    may add. It certifies \(differing == 0
      ? "the same images."
      : "\(library.successes), and decides otherwise on \(differing).")
    """)
}

extension Linear {
  /// The lead of one output over each other one, as a layer.
  ///
  /// - Parameter label: Which output.
  /// - Returns: A layer with its weights and bias minus those of each other
  ///   output, in order.
  fileprivate func lead(of label: Int) -> Linear {
    let others = bias.scalars.indices.filter { $0 != label }
    func leads(in tensor: Tensor) -> Tensor {
      tensor.rows(others.map { _ in label }) - tensor.rows(others)
    }
    return Linear(weight: leads(in: weight), bias: leads(in: bias))
  }
}
