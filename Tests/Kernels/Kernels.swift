import Testing

/// All tests of the kernels under one name.
///
/// That is for a run with the thread sanitizer:
///
///     swift test --sanitize=thread --filter Kernels --scratch-path .build-tsan
@Suite enum Kernels {}
