/// The sizes of one convolution on channels-last images.
///
/// Everything is stored: in a debug build a computed property of another file
/// is a call, and these stand in the innermost loops.
struct ConvolutionGeometry {
  let height: Int  // of the input
  let width: Int
  let inputChannels: Int
  let outputChannels: Int
  let kernelSize: Int
  let padding: Int
  let stride: Int
  let outputHeight: Int
  let outputWidth: Int
  /// Scalars of one line of pixels, without and with padding.
  let inputLine: Int
  let line: Int
  /// Scalars from one window to the one on its right.
  let step: Int
  /// Scalars of one line of a window: neighbours in memory, channels last.
  let windowLine: Int
  /// Scalars of one whole window, and the same in whole vectors.
  let window: Int
  let windowVectors: Int
  let paddedHeight: Int
  let paddedWidth: Int
  let paddedImage: Int
  let outputLine: Int
  let outputImage: Int

  init(
    height: Int, width: Int, inputChannels: Int, outputChannels: Int,
    kernelSize: Int, padding: Int, stride: Int = 1
  ) {
    self.height = height
    self.width = width
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.kernelSize = kernelSize
    self.padding = padding
    self.stride = stride
    paddedHeight = height + 2 * padding
    paddedWidth = width + 2 * padding
    outputHeight = (paddedHeight - kernelSize) / stride + 1
    outputWidth = (paddedWidth - kernelSize) / stride + 1
    step = stride * inputChannels
    inputLine = width * inputChannels
    line = paddedWidth * inputChannels
    windowLine = kernelSize * inputChannels
    window = kernelSize * windowLine
    windowVectors = (window + 15) / 16 * 16
    paddedImage = paddedHeight * line
    outputLine = outputWidth * outputChannels
    outputImage = outputHeight * outputLine
  }
}
