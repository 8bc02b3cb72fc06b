/// Finds fields and rows in bytes that lie in memory, without copying them.
///
/// The form is that of ``TableReader``; but a row that is no row does not end the table: what is
/// wrong with it is told, and reading goes on with the line behind its first one
/// (``lineEnd(in:from:)``).
public struct TableScanner: Sendable {
  /// The byte between two fields.
  public let separator: UInt8

  /// A scanner of rows whose fields are parted by a byte.
  public init(separator: UInt8) {
    self.separator = separator
  }

  /// A field where it lies.
  public struct Field: Sendable {
    /// The bytes of it, within its quotes where it has any.
    public let content: Range<Int>
    /// Whether it stands in quotes, so that a doubled quote is one.
    public let isQuoted: Bool
    /// The place of the separator or the line end behind it, or the end of the bytes.
    public let end: Int
    /// What is wrong with it.
    public let fault: Fault?
  }

  /// What can be wrong with a field.
  public enum Fault: Sendable, CustomStringConvertible {
    /// Quotes open and are not closed.
    case open
    /// A quote stands in a field that does not begin with one.
    case strayQuote
    /// There is text behind the closing quote.
    case textBehindQuote

    /// The sentence for a person.
    public var description: String {
      switch self {
      case .open: "the quotes that open here are never closed"
      case .strayQuote: "a quote within a field that does not begin with one; double it"
      case .textBehindQuote: "text behind the closing quote of a field"
      }
    }
  }

  /// The field that begins at a place.
  public func field(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Field {
    guard start < bytes.count, bytes[start] == 0x22 else { return plain(bytes, start) }
    var place = start + 1
    while place < bytes.count {
      guard bytes[place] == 0x22 else {
        place += 1
        continue
      }
      if place + 1 < bytes.count, bytes[place + 1] == 0x22 {
        place += 2
        continue
      }
      let end = place + 1
      let isEnded = end == bytes.count || isEnd(bytes[end])
      return Field(
        content: start + 1..<place, isQuoted: true, end: end,
        fault: isEnded ? nil : .textBehindQuote)
    }
    return Field(
      content: start + 1..<bytes.count, isQuoted: true, end: bytes.count, fault: .open)
  }

  private func plain(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Field {
    var place = start
    var hasQuote = false
    while place < bytes.count, !isEnd(bytes[place]) {
      if bytes[place] == 0x22 { hasQuote = true }
      place += 1
    }
    return Field(
      content: start..<place, isQuoted: false, end: place, fault: hasQuote ? .strayQuote : nil)
  }

  @inline(__always)
  private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

  /// The place behind the line end that comes next from a place; the end of the bytes where there is
  /// none.
  public func lineEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var place = start
    while place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
    return behindLineEnd(in: bytes, at: place)
  }

  /// The place behind the line end (LF, CRLF or CR) that stands at a place.
  public func behindLineEnd(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    guard place < bytes.count else { return bytes.count }
    let isPair =
      bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A
    return place + (isPair ? 2 : 1)
  }

  /// How many line ends there are.
  public func lines(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let (feeds, returns) = (count(0x0A, in: bytes), count(0x0D, in: bytes))
    guard returns > 0 else { return feeds }
    var pairs = 0
    for place in 1..<max(1, bytes.count) where bytes[place] == 0x0A && bytes[place - 1] == 0x0D {
      pairs += 1
    }
    return feeds + returns - pairs
  }

  private func count(_ wanted: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var total = 0
    var start = 0
    while start < bytes.count {
      let end = min(start + 128, bytes.count)
      // A byte holds the count of so few, and many are added at once.
      var few: UInt8 = 0
      for place in start..<end { few &+= bytes[place] == wanted ? 1 : 0 }
      total += Int(few)
      start = end
    }
    return total
  }

  /// The length of the whole rows at the beginning of bytes.
  ///
  /// - Parameter givesUp: Whether quotes in the first row that are not closed by the end of the bytes
  ///   count as never closed; otherwise the row is not whole yet.
  public func wholeRows(in bytes: UnsafeBufferPointer<UInt8>, givesUp: Bool) -> Int {
    guard hasQuote(bytes) else { return endOfLastLine(bytes) }
    var whole = 0
    var place = 0
    while place < bytes.count {
      let field = field(in: bytes, from: place)
      if let fault = field.fault {
        if fault == .open, !givesUp || whole > 0 { return whole }
        let next = lineEnd(in: bytes, from: whole)
        guard isBehindLine(bytes, next) else { return whole }
        (whole, place) = (next, next)
        continue
      }
      guard field.end < bytes.count else { return whole }
      if bytes[field.end] == separator {
        place = field.end + 1
      } else {
        let next = behindLineEnd(in: bytes, at: field.end)
        guard isBehindLine(bytes, next) else { return whole }
        (whole, place) = (next, next)
      }
    }
    return whole
  }

  private func hasQuote(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // To the end, without a way out: so the compiler looks at many bytes at once.
    var found: UInt8 = 0
    for byte in bytes { found |= byte == 0x22 ? 1 : 0 }
    return found != 0
  }

  /// Whether a line surely ends before a place: behind a CR at the end of the bytes an LF may come.
  private func isBehindLine(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    guard place > 0 else { return false }
    return bytes[place - 1] == 0x0A || bytes[place - 1] == 0x0D && place < bytes.count
  }

  private func endOfLastLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var place = bytes.count
    while place > 0, !isBehindLine(bytes, place) { place -= 1 }
    return place
  }
}
