import Hepatology
import Tables

/// A piece of a file that holds whole rows.
struct CohortBlock: Sendable {
  /// Its place in the file, from 0 on.
  let number: Int
  /// The line of the file on which it begins, from 1 on.
  let line: Int
  /// How many lines there are in it, or one less where the last has no end.
  let lines: Int
  let bytes: [UInt8]
}

/// The rows of a block: what stands in columns of numbers, and where the text of each row is.
struct CohortRows {
  /// The numbers that scores take side by side.
  var patients: PatientColumns
  /// Each row; the numbers of bad ones are in the columns too, and mean nothing.
  var rows: [Row] = []
  /// What is wrong with bad rows.
  var bad: [BadRow] = []
  /// How many values of each variable column ask for a second look, by ``CellReader/Oddity``.
  var oddities: [[Int]]
  /// Where the cells that are carried over lie, row after row.
  var kept: [Range<Int>] = []

  /// A row where it lies.
  struct Row {
    let start: Int
    let line: Int
    var state: State
  }

  /// How a row is scored.
  enum State: Equatable {
    case columns
    /// A cell says what no number holds: by the bedside.
    case bedside
    /// Not at all; the place among the bad ones.
    case bad(Int)
  }
}

/// Reads blocks into rows.
struct BlockParser: Sendable {
  let header: CohortHeader
  let scanner: TableScanner
  let readers: [CellReader]
  private let fast: FastCells
  /// For each cell of a row the place of its reader.
  private let readerOfCell: [Int?]
  private let keptCount: Int

  /// - Parameters:
  ///   - used: The variables that are read; the cells of others are not looked at.
  ///   - columns: The columns of numbers that are filled.
  init(
    _ header: CohortHeader, separator: UInt8, used: Set<Variable>,
    columns: [PatientColumns.Column]
  ) {
    self.header = header
    scanner = TableScanner(separator: separator)
    let wanted = header.columns.filter { used.contains($0.header.variable) }
    readers = wanted.map { CellReader($0.header, columns: columns) }
    var fast = FastCells()
    for place in 0..<header.count {
      if let index = wanted.firstIndex(where: { $0.place == place }) {
        fast.add(readers[index], index)
      } else if let index = header.kept.firstIndex(where: { $0.place == place }) {
        fast.addKept(index)
      } else {
        fast.addSkipped()
      }
    }
    self.fast = fast
    readerOfCell = (0..<header.count).map { place in wanted.firstIndex { $0.place == place } }
    keptCount = header.kept.count
  }

  /// The rows of a block.
  func rows(
    _ bytes: UnsafeBufferPointer<UInt8>, of block: CohortBlock,
    columns: [PatientColumns.Column]
  ) -> CohortRows {
    let capacity = block.lines + 1
    var rows = CohortRows(
      patients: PatientColumns(columns, capacity: capacity),
      oddities: Array(
        repeating: Array(repeating: 0, count: CellReader.Oddity.allCases.count),
        count: readers.count))
    rows.rows.reserveCapacity(capacity)
    rows.kept.reserveCapacity(capacity * header.kept.count)
    var patients = rows.patients
    rows.patients = PatientColumns([], capacity: 0)
    patients.fill { numbers in
      fast.withView(separator: scanner.separator) { view in
        var place = 0
        var line = block.line
        while place < bytes.count {
          if bytes[place] == 0x0A || bytes[place] == 0x0D {
            place = scanner.behindLineEnd(in: bytes, at: place)
            line += 1
            continue
          }
          readRow(bytes, &place, &line, &rows, view, numbers, capacity)
        }
      }
      return rows.rows.count
    }
    rows.patients = patients
    return rows
  }

  /// Reads one row, from its first byte to behind its line end.
  private func readRow(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ line: inout Int,
    _ rows: inout CohortRows, _ view: FastCells.View,
    _ numbers: UnsafeMutableBufferPointer<Double>, _ capacity: Int
  ) {
    let (start, firstLine, number) = (place, line, rows.rows.count)
    let firstKept = rows.kept.count
    for _ in 0..<keptCount { rows.kept.append(start..<start) }
    var state = CohortRows.State.columns
    var faults: [BadRow.Fault] = []
    var cell = 0
    row: while true {
      // A cell too many is skipped, and the row is bad.
      let known = cell < view.cells.count ? view.cells[cell] : FastCells.Cell(kind: .skip, index: 0)
      var steps: Int64 = 0
      switch view.read(
        known, bytes, &place, to: numbers, row: number, capacity: capacity, steps: &steps)
      {
      case .empty, .taken: break
      case .odd:
        readers[known.index].count(steps, in: &rows.oddities[known.index])
      case .unread:
        let field = scanner.field(in: bytes, from: place)
        if let fault = field.fault {
          faults = [BadRow.Fault(column: cell + 1, name: name(cell), reason: "\(fault)")]
          // The row ends with its first line, so that what is wrong with it takes no other with it.
          place = scanner.lineEnd(in: bytes, from: start)
          line = firstLine + 1
          break row
        }
        if field.isQuoted { line += scanner.lines(in: .init(rebasing: bytes[field.content])) }
        place = field.end
        switch known.kind {
        case .skip: break
        case .keep:
          rows.kept[firstKept + known.index] =
            field.isQuoted ? field.content.lowerBound - 1..<field.end : field.content
        case .number, .word, .other:
          switch read(
            bytes, field, known, view, numbers, number, capacity, &rows.oddities[known.index])
          {
          case .taken: break
          case .bedside: state = .bedside
          case .refused(let reason):
            let name = readers[known.index].header.variable.id
            faults.append(BadRow.Fault(column: cell + 1, name: name, reason: reason))
          }
        }
      }
      cell += 1
      guard place < bytes.count, bytes[place] == scanner.separator else {
        place = scanner.behindLineEnd(in: bytes, at: place)
        line += 1
        if cell != header.count {
          faults = [
            BadRow.Fault(
              column: min(cell, header.count) + (cell > header.count ? 1 : 0), name: nil,
              reason: "the row has \(cell) cells, the header has \(header.count)")
          ]
        }
        break row
      }
      place += 1
    }
    if !faults.isEmpty {
      state = .bad(rows.bad.count)
      rows.bad.append(BadRow(line: firstLine, faults: faults))
    }
    if state != .columns {
      // What is not scored side by side must not look as if it were.
      for column in 0..<numbers.count / max(1, capacity) {
        numbers[column * capacity + number] = .nan
      }
    }
    rows.rows.append(CohortRows.Row(start: start, line: firstLine, state: state))
  }

  private func name(_ cell: Int) -> String? {
    header.columns.first { $0.place == cell }?.header.variable.id
  }

  /// Reads a cell that is not plain.
  private func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: TableScanner.Field, _ cell: FastCells.Cell,
    _ view: FastCells.View, _ numbers: UnsafeMutableBufferPointer<Double>, _ row: Int,
    _ capacity: Int, _ oddities: inout [Int]
  ) -> CellReader.Outcome {
    let reader = readers[cell.index]
    if field.isQuoted {
      // In quotes a plain one is as plain as without.
      let content = UnsafeBufferPointer(rebasing: bytes[field.content])
      var place = 0
      var steps: Int64 = 0
      let outcome = view.read(
        cell, content, &place, to: numbers, row: row, capacity: capacity, steps: &steps)
      if outcome != .unread, place == content.count {
        if outcome == .odd { reader.count(steps, in: &oddities) }
        return .taken
      }
    }
    guard let text = text(bytes, field) else { return .refused("the cell is not UTF-8") }
    return reader.read(text, &oddities) { column, value in
      numbers[column * capacity + row] = value
    }
  }

  /// The text of a cell, without its quotes; `nil` where it is not UTF-8.
  func text(_ bytes: UnsafeBufferPointer<UInt8>, _ field: TableScanner.Field) -> String? {
    guard let text = String(validating: bytes[field.content], as: UTF8.self) else { return nil }
    return field.isQuoted ? text.replacing("\"\"", with: "\"") : text
  }

  /// The patient of a good row, as the form holds him.
  func patient(_ bytes: UnsafeBufferPointer<UInt8>, of row: CohortRows.Row) -> Patient {
    var patient = Patient()
    var place = row.start
    for cell in 0..<header.count {
      let field = scanner.field(in: bytes, from: place)
      if let index = readerOfCell[cell], let text = text(bytes, field) {
        let header = readers[index].header
        patient.enter(text, in: header.unit, for: header.variable)
      }
      place = field.end + 1
      if place > bytes.count { break }
    }
    return patient
  }
}

/// A row that cannot be read.
public struct BadRow: Hashable, Sendable {
  /// The line of the file, from 1 on.
  public let line: Int
  /// What is wrong with it.
  public let faults: [Fault]

  /// What is wrong with a cell.
  public struct Fault: Hashable, Sendable {
    /// The column of the file, from 1 on.
    public let column: Int
    /// The variable in it, where it holds one.
    public let name: String?
    /// What is wrong, and what would be right.
    public let reason: String
  }

  /// A sentence for each fault, with its place.
  public var sentences: [String] {
    faults.map { fault in
      let name = fault.name.map { " (\($0))" } ?? ""
      return "line \(line), column \(fault.column)\(name): \(fault.reason)"
    }
  }
}
