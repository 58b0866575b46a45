@testable import Shared

/// The name under which an answer was refused; nil if it was not.
func diagnosis(_ exercise: Exercise) throws -> String? {
  guard case .refused(let refusal) = try exercise.verdict() else { return nil }
  return refusal.misconception?.name ?? "unknown mistake"
}
