/// Reads rows of fields (CSV, RFC 4180) from bytes that come in pieces, in constant memory.
///
/// Fields are parted by one character and may stand in double quotes, in which the separator and
/// line breaks are text and a doubled quote is a quote. Lines end with LF, CRLF or CR; the last one
/// needs no end. A byte order mark of UTF-8 is passed over. Lines with nothing on them are no rows.
///
/// ```swift
/// var reader = TableReader()
/// while let chunk = file.next() {
///   try reader.read(chunk) { row in print(row.text(0) ?? "") }
/// }
/// try reader.finish { row in print(row.text(0) ?? "") }
/// ```
public struct TableReader: Sendable {
  /// The byte between two fields.
  public let separator: UInt8
  /// The longest row that is taken, in bytes.
  public let longestRow: Int

  private var row = TableRow()
  private var state = State.mark(0)
  private var line = 1
  private var isAfterReturn = false

  private enum State: Equatable {
    /// Before the first byte of the file, or within the byte order mark.
    case mark(Int)
    case fieldStart
    case plain
    case quoted
    /// Behind a quote within quotes: the end of the field, or half of a doubled one.
    case quote
  }

  /// A reader of rows whose fields are parted by a byte: a comma, a semicolon, a tabulator.
  public init(separator: UInt8 = UInt8(ascii: ","), longestRow: Int = 1 << 20) {
    self.separator = separator
    self.longestRow = longestRow
  }

  /// Takes the next piece of the file, and hands over each row that ends in it.
  ///
  /// - Throws: ``TableError`` where the bytes are no table; whatever `body` throws.
  public mutating func read(_ chunk: [UInt8], _ body: (TableRow) throws -> Void) throws {
    try chunk.withUnsafeBufferPointer { try read($0, body) }
  }

  /// Takes the next piece of the file, and hands over each row that ends in it.
  ///
  /// - Throws: ``TableError`` where the bytes are no table; whatever `body` throws.
  public mutating func read(
    _ chunk: UnsafeBufferPointer<UInt8>, _ body: (TableRow) throws -> Void
  ) throws {
    var place = 0
    if case .mark = state { try skipMark(chunk, &place) }
    while place < chunk.count {
      switch state {
      case .plain: try readPlain(chunk, &place, body)
      case .quoted: try readQuoted(chunk, &place)
      case .mark, .fieldStart, .quote:
        try take(chunk[place], body)
        place += 1
      }
    }
  }

  /// Ends the file, and hands over the last row where its line had no end.
  ///
  /// - Throws: ``TableError`` where a quote is still open; whatever `body` throws.
  public mutating func finish(_ body: (TableRow) throws -> Void) throws {
    switch state {
    case .quoted: throw error("the quotes that open here are never closed", at: row.line)
    case .mark(let count):
      state = .fieldStart
      for byte in Self.byteOrderMark.prefix(count) { try take(byte, body) }
      try finish(body)
    case .fieldStart where row.count == 0: break
    case .fieldStart, .plain, .quote: try endRow(body)
    }
  }

  // MARK: Bytes

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private mutating func skipMark(_ chunk: UnsafeBufferPointer<UInt8>, _ place: inout Int) throws {
    while case .mark(let count) = state, place < chunk.count {
      if count == 0, chunk[place] == 0xFF || chunk[place] == 0xFE {
        throw error("the file is in UTF-16; save it as UTF-8", at: 1)
      }
      if count < 3, chunk[place] == Self.byteOrderMark[count] {
        place += 1
        state = count == 2 ? .fieldStart : .mark(count + 1)
      } else {
        // What looked like a mark is text.
        state = count == 0 ? .fieldStart : .plain
        row.append(contentsOf: Self.byteOrderMark.prefix(count))
      }
    }
  }

  private mutating func readPlain(
    _ chunk: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ body: (TableRow) throws -> Void
  ) throws {
    var end = place
    while end < chunk.count {
      let byte = chunk[end]
      if byte == separator || byte == 0x0A || byte == 0x0D || byte == 0x22 { break }
      end += 1
    }
    try append(UnsafeBufferPointer(rebasing: chunk[place..<end]))
    place = end
    if end < chunk.count {
      try take(chunk[end], body)
      place += 1
    }
  }

  private mutating func readQuoted(
    _ chunk: UnsafeBufferPointer<UInt8>, _ place: inout Int
  ) throws {
    var end = place
    while end < chunk.count, chunk[end] != 0x22 {
      if chunk[end] == 0x0A { line += 1 }
      end += 1
    }
    try append(UnsafeBufferPointer(rebasing: chunk[place..<end]))
    place = end
    if end < chunk.count {
      state = .quote
      place += 1
    }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard row.size + bytes.count <= longestRow else {
      throw error(
        "the row is longer than \(longestRow) bytes: is a quote not closed?", at: row.line)
    }
    row.append(contentsOf: bytes)
  }

  /// Takes a byte that is not simply text.
  private mutating func take(_ byte: UInt8, _ body: (TableRow) throws -> Void) throws {
    if byte == 0x0A, isAfterReturn {
      isAfterReturn = false
      return
    }
    isAfterReturn = false
    switch byte {
    case separator: endField()
    case 0x0A, 0x0D:
      isAfterReturn = byte == 0x0D
      try endRow(body)
      line += 1
      row.line = line
    case 0x22:
      switch state {
      case .fieldStart: state = .quoted
      case .quote:
        row.append(0x22)
        state = .quoted
      default:
        throw error("a quote within a field that does not begin with one; double it", at: line)
      }
    default:
      guard state != .quote else {
        throw error("text behind the closing quote of a field", at: line)
      }
      state = .plain
      row.append(byte)
    }
  }

  private mutating func endField() {
    row.endField()
    state = .fieldStart
  }

  private mutating func endRow(_ body: (TableRow) throws -> Void) throws {
    let isBlank = row.count == 0 && row.size == 0 && state != .quote
    endField()
    if !isBlank {
      row.number += 1
      try body(row)
    }
    row.clear()
  }

  private func error(_ reason: String, at line: Int) -> TableError {
    TableError(line: line, field: row.count + 1, reason: reason)
  }
}

extension TableReader {
  /// The separator of a file by its first line: of comma, semicolon and tabulator the one that
  /// stands most often outside of quotes.
  public static func separator(ofHeader bytes: some Sequence<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      counts[byte, default: 0] += 1
    }
    let comma = UInt8(ascii: ",")
    let others = [UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return others.first { counts[$0, default: 0] > counts[comma, default: 0] } ?? comma
  }
}

/// Why bytes are no table.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line of the file, from 1 on.
  public let line: Int
  /// The field in the row, from 1 on.
  public let field: Int
  /// What is wrong.
  public let reason: String

  /// An error at a place.
  public init(line: Int, field: Int, reason: String) {
    self.line = line
    self.field = field
    self.reason = reason
  }

  /// The sentence for a person.
  public var description: String { "line \(line), field \(field): \(reason)" }
}
