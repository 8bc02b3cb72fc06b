/// A row of fields; one that is kept costs memory of its own.
public struct TableRow: Sendable {
  /// The row of the file, from 1 on; a header is row 1.
  public internal(set) var number = 0
  /// The line on which it begins, from 1 on; not the row where fields hold line breaks or lines are
  /// blank.
  public internal(set) var line = 1

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init() {}

  /// The number of fields.
  public var count: Int { ends.count }

  /// The bytes of a field, without its quotes.
  public subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The text of a field; `nil` where its bytes are not UTF-8.
  public func text(_ index: Int) -> String? {
    String(validating: self[index], as: UTF8.self)
  }

  /// All fields as texts; `nil` where one is not UTF-8.
  public var texts: [String]? {
    var texts: [String] = []
    for index in 0..<count {
      guard let text = text(index) else { return nil }
      texts.append(text)
    }
    return texts
  }

  /// Runs over the bytes of a field where they lie.
  public func withBytes<Result>(
    of index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let range = (index == 0 ? 0 : ends[index - 1])..<ends[index]
    return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  var size: Int { bytes.count }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(contentsOf more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  mutating func endField() { ends.append(bytes.count) }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
