/// The checksum of a zlib stream (RFC 1950).
struct Adler32 {
  private var sum: UInt32 = 1
  private var sumOfSums: UInt32 = 0

  mutating func add(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      sum = (sum + UInt32(byte)) % 65_521
      sumOfSums = (sumOfSums + sum) % 65_521
    }
  }

  var value: UInt32 { sumOfSums << 16 | sum }
}
