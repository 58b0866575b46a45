import Foundation

/// Keeps two runs from writing the same files.
///
/// The system releases it when the process ends, however it ends. A file system
/// without locks does without.
struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock; nil if somebody else has it.
  ///
  /// - Parameters:
  ///   - url: The file that stands for it; it stays, empty.
  ///   - mayWait: Whether to wait for whoever has it.
  init?(_ url: URL, mayWait: Bool) {
    descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    while flock(descriptor, mayWait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      if errno == EWOULDBLOCK { return nil }
      return
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
