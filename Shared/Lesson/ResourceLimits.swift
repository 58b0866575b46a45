import Foundation
import Shared

/// What a shell allows its programs.
enum ResourceLimits {
  /// - Throws: A `TutorialError` if a chapter cannot run within it.
  static func check() throws {
    #if os(Linux)
      let (files, memory) = (RLIMIT_NOFILE.rawValue, RLIMIT_AS.rawValue)
      let resources = (files: Int32(files), memory: Int32(memory))
    #else
      let resources = (files: RLIMIT_NOFILE, memory: RLIMIT_AS)
    #endif
    try require(32, of: resources.files, "open files", flag: "-n", unit: 1)
    try require(
      800, of: resources.memory, "MiB of address space", flag: "-v",
      unit: 1 << 20)
  }

  private static func require(
    _ least: UInt64, of resource: Int32, _ what: String, flag: String,
    unit: UInt64
  ) throws {
    var limit = rlimit()
    #if os(Linux)
      let status = getrlimit(__rlimit_resource_t(UInt32(resource)), &limit)
    #else
      let status = getrlimit(resource, &limit)
    #endif
    guard status == 0, UInt64(limit.rlim_cur) / unit < least else { return }
    throw TutorialError(
      "This shell allows a program \(UInt64(limit.rlim_cur) / unit) \(what) "
        + "(`ulimit \(flag)`), and a chapter needs \(least); raise the limit.")
  }
}
