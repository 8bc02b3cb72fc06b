import Quantities
import Tables

/// How the scores of a cohort are written.
public enum CohortFormat: String, CaseIterable, Sendable {
  /// With the separator and the line ends of the input.
  case csv
  /// An array of objects, a line each.
  case json
  /// Aligned for reading.
  case table
}

/// The value of a score in a row.
enum CellValue {
  case none
  /// A number in steps of its last decimal.
  case steps(Int32, decimals: Int)
  case text(String)
}

/// A row of the output.
struct OutputRow {
  var line = 0
  /// The cells that are carried over, as they stand in the file.
  var kept: [UnsafeBufferPointer<UInt8>] = []
  var values: [CellValue] = []
  /// Why values are missing; empty where none is.
  var reason = ""
  var notes: [String] = []
}

/// Writes rows in a form.
struct RowWriter: Sendable {
  let format: CohortFormat
  let separator: UInt8
  let lineEnd: String
  /// The heads of the columns that are carried over.
  let kept: [String]
  /// The heads of the scores.
  let scores: [String]
  let hasNotes: Bool

  private var separatorText: String { String(Unicode.Scalar(separator)) }

  /// What stands before the first row.
  var beginning: String {
    let notes = hasNotes ? ["notes"] : []
    switch format {
    case .csv:
      return (kept + scores + ["reason"] + notes).map(quoted).joined(separator: separatorText)
        + lineEnd
    case .json: return "["
    case .table:
      let heads =
        kept.enumerated().map { padded($1, width(ofKept: $0)) }
        + scores.map { padded(left: $0, width(ofScore: $0)) }
      return (heads + ["reason"] + notes).joined(separator: "  ") + "\n"
    }
  }

  /// What stands behind the last row.
  var end: String { format == .json ? "\n]\n" : "" }

  /// Writes a row; one in JSON begins with a comma, which the very first must lose.
  func write(_ row: OutputRow, to bytes: inout [UInt8]) {
    switch format {
    case .csv: writeCSV(row, to: &bytes)
    case .json: bytes.append(contentsOf: json(row).utf8)
    case .table: bytes.append(contentsOf: table(row).utf8)
    }
  }

  private func writeCSV(_ row: OutputRow, to bytes: inout [UInt8]) {
    for cell in row.kept {
      bytes.append(contentsOf: cell)
      bytes.append(separator)
    }
    for value in row.values {
      switch value {
      case .none: break
      case .steps(let steps, let decimals): Self.write(steps, decimals, to: &bytes)
      case .text(let text): bytes.append(contentsOf: quoted(text).utf8)
      }
      bytes.append(separator)
    }
    if !row.reason.isEmpty { bytes.append(contentsOf: quoted(row.reason).utf8) }
    if hasNotes {
      bytes.append(separator)
      bytes.append(contentsOf: quoted(row.notes.joined(separator: "; ")).utf8)
    }
    if lineEnd.utf8.count == 2 { bytes.append(0x0D) }
    bytes.append(0x0A)
  }

  /// Writes a number of steps as a decimal.
  private static func write(_ steps: Int32, _ decimals: Int, to bytes: inout [UInt8]) {
    if decimals == 0, (10..<100).contains(steps) {
      bytes.append(0x30 &+ UInt8(truncatingIfNeeded: steps / 10))
      bytes.append(0x30 &+ UInt8(truncatingIfNeeded: steps % 10))
      return
    }
    // Ten digits, the zeros before a point, the point and the sign.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16 + decimals) { room in
      var (rest, place, digits) = (steps.magnitude, room.count, 0)
      func push(_ byte: UInt8) {
        place -= 1
        room[place] = byte
      }
      repeat {
        if digits == decimals, decimals > 0 { push(0x2E) }
        push(0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
        digits += 1
      } while rest > 0 || digits <= decimals
      if steps < 0 { push(0x2D) }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: room[place...]))
    }
  }

  private static func text(_ steps: Int32, _ decimals: Int) -> String {
    var bytes: [UInt8] = []
    write(steps, decimals, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func quoted(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { $0 == separator || [0x22, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  // MARK: JSON and table

  /// The text of a cell that is carried over, without its quotes.
  private func text(_ cell: UnsafeBufferPointer<UInt8>) -> String {
    let text = String(decoding: cell, as: UTF8.self)
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count > 1 else { return text }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  private func json(_ row: OutputRow) -> String {
    let cells = zip(kept, row.kept).map { JSONValue.Member($0, .string(text($1))) }
    let values = zip(scores, row.values).map { name, value in
      switch value {
      case .none: JSONValue.Member(name, .null)
      case .steps(let steps, let decimals):
        JSONValue.Member(name, .numeral(Self.text(steps, decimals)))
      case .text(let text):
        JSONValue.Member(name, Double(text) == nil ? .string(text) : .numeral(text))
      }
    }
    let object = JSONValue.object([
      "line": .number(row.line),
      "columns": cells.isEmpty ? nil : .object(cells),
      "scores": .object(values),
      "reason": row.reason.isEmpty ? nil : .string(row.reason),
      "notes": hasNotes ? .strings(row.notes) : nil,
    ])
    return ",\n" + object.text(pretty: false)
  }

  private func table(_ row: OutputRow) -> String {
    var cells = row.kept.enumerated().map { padded(text($1), width(ofKept: $0)) }
    for (name, value) in zip(scores, row.values) {
      let text =
        switch value {
        case .none: "–"
        case .steps(let steps, let decimals): Self.text(steps, decimals)
        case .text(let text): text
        }
      cells.append(padded(left: text, width(ofScore: name)))
    }
    var line = (cells + [row.reason]).joined(separator: "  ")
    if hasNotes, !row.notes.isEmpty { line += "  " + row.notes.joined(separator: "; ") }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  private func width(ofKept place: Int) -> Int { max(10, kept[place].count) }

  private func width(ofScore name: String) -> Int { max(5, name.count) }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func padded(left text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
