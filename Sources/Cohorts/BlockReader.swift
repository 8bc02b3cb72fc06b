import Tables

/// Cuts a stream of bytes into blocks of whole rows.
struct BlockReader {
  /// Bytes of a block: small enough for what is made of it to stay in the cache of a core.
  static let size = 1 << 18
  /// Quotes that are not closed within so many bytes never are.
  static let longestRow = 1 << 20

  private let read: (UnsafeMutableRawBufferPointer) throws -> Int
  private var pending: [UInt8] = []
  private var line = 1
  private var number = 0
  private var isAtEnd = false

  /// - Parameter read: Fills a buffer and answers with how many bytes; zero at the end.
  init(_ read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
    self.read = read
  }

  /// What the first row says.
  struct Heading {
    let names: [String]
    let separator: UInt8
    /// LF, or CRLF where the heading ends so.
    let lineEnd: String
  }

  /// Reads the first row.
  mutating func heading() throws -> Heading {
    try fill(to: Self.size)
    if pending.starts(with: [0xFF, 0xFE]) || pending.starts(with: [0xFE, 0xFF]) {
      throw CohortError(["line 1: the file is in UTF-16; save it as UTF-8"])
    }
    if pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
    let blank = pending.prefix { $0 == 0x0A || $0 == 0x0D }
    line += blank.count { $0 == 0x0A }
    pending.removeFirst(blank.count)
    guard !pending.isEmpty else { throw CohortError(["the file is empty"]) }
    let separator = TableReader.separator(ofHeader: pending)
    let scanner = TableScanner(separator: separator)
    var names: [String] = []
    var place = 0
    var end = 0
    let problem: String? = pending.withUnsafeBufferPointer { bytes in
      while true {
        let field = scanner.field(in: bytes, from: place)
        if let fault = field.fault { return "column \(names.count + 1): \(fault)" }
        guard let text = String(validating: bytes[field.content], as: UTF8.self) else {
          return "column \(names.count + 1) is not UTF-8"
        }
        names.append(field.isQuoted ? text.replacing("\"\"", with: "\"") : text)
        end = field.end
        guard end < bytes.count, bytes[end] == separator else { return nil }
        place = end + 1
      }
    }
    if let problem { throw CohortError(["line \(line), \(problem)"]) }
    let isPair = end + 1 < pending.count && pending[end] == 0x0D && pending[end + 1] == 0x0A
    let behind = pending.withUnsafeBufferPointer { scanner.behindLineEnd(in: $0, at: end) }
    line += pending.withUnsafeBufferPointer { bytes in
      scanner.lines(in: UnsafeBufferPointer(rebasing: bytes[..<behind]))
    }
    pending.removeFirst(behind)
    return Heading(names: names, separator: separator, lineEnd: isPair ? "\r\n" : "\n")
  }

  /// The next block; `nil` behind the last one.
  mutating func next(_ scanner: TableScanner) throws -> CohortBlock? {
    var size = Self.size
    while true {
      try fill(to: size)
      guard !pending.isEmpty else { return nil }
      var cut = isAtEnd ? pending.count : wholeRows(scanner, givesUp: false)
      if cut == 0, pending.count >= Self.longestRow {
        cut = wholeRows(scanner, givesUp: true)
        guard cut > 0 else {
          throw CohortError([
            "line \(line): longer than \(Self.longestRow) bytes; is this a table of patients?"
          ])
        }
      }
      guard cut > 0 else {
        size *= 2
        continue
      }
      var bytes = pending
      pending = Array(bytes[cut...])
      bytes.removeLast(bytes.count - cut)
      let lines = bytes.withUnsafeBufferPointer { scanner.lines(in: $0) }
      defer {
        line += lines
        number += 1
      }
      return CohortBlock(number: number, line: line, lines: lines, bytes: bytes)
    }
  }

  private func wholeRows(_ scanner: TableScanner, givesUp: Bool) -> Int {
    pending.withUnsafeBufferPointer { scanner.wholeRows(in: $0, givesUp: givesUp) }
  }

  /// Reads until there are that many bytes, or no more.
  private mutating func fill(to size: Int) throws {
    guard pending.count < size, !isAtEnd else { return }
    var isAtEnd = false
    let rest = pending
    pending = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = buffer.update(fromContentsOf: rest)
      while count < size {
        let more = try read(
          UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count...])))
        if more == 0 {
          isAtEnd = true
          return
        }
        count += more
      }
    }
    self.isAtEnd = isAtEnd
  }
}
