import Testing

@testable import Shared

@Suite struct ChannelStatisticsTests {
  @Test func `the mean of each channel in each image`() {
    // Two images of two pixels and two channels.
    let output = Tensor(
      shape: [2, 1, 2, 2], scalars: [1, 10, 3, 30, 0, 5, 2, 7])
    #expect(output.meanOfChannels.shape == [2, 2])
    #expect(output.meanOfChannels.scalars == [2, 20, 1, 6])
    let row = Tensor(shape: [1, 3], scalars: [1, 2, 3])
    #expect(row.meanOfChannels == row)
  }

  @Test func `mean and deviation from image to image`() {
    let statistics = ChannelStatistics(
      name: "relu", values: Tensor(shape: [2, 2], scalars: [2, 20, 1, 6]))
    #expect(statistics.name == "relu")
    #expect(statistics.mean.scalars == [1.5, 13])
    #expect(statistics.standardDeviation.scalars == [0.5, 7])
  }

  @Test func `the layers asked for, on any number of workers`() {
    let network = Sample.smallNetwork(seed: 8)
    let images = Sample.batch(40, height: 8, width: 8, seed: 9).images
    let results = [1, 3].map { count in
      Workers.$count.withValue(count) {
        network.channelStatistics(of: ["relu1", "relu2"], on: images)
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0].map(\.name) == ["relu1", "relu2"])
    #expect(results[0].map(\.mean.count) == [3, 20])
    #expect(network.channelStatistics(of: [], on: images).isEmpty)
    let relu = network.activations(of: images)[2].output
    let mean = results[0][0].mean.scalars.reduce(0, +) / 3
    #expect(abs(Double(mean) - relu.mean) < 1e-5)
  }
}
