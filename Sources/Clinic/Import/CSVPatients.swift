import Hepatology
import Quantities
import Tables

/// Patients in CSV: one row a visit, a column a variable.
///
/// The columns `code` and `date` say whose visit and of which day, `visit` may give its number and
/// `label` the site's own text; every other column is headed as ``ColumnHeader`` reads it. An empty
/// cell says nothing.
struct CSVPatients: PatientReader {
  private let file: ImportFile
  private let table: VariableTable

  private struct Columns {
    var code: Int
    var date: Int
    var visit: Int?
    var label: Int?
    var variables: [(index: Int, header: ColumnHeader)] = []
    var count: Int
  }

  init(_ file: ImportFile, _ table: VariableTable) {
    self.file = file
    self.table = table
  }

  func read(_ unread: inout UnreadList, _ body: (IncomingVisit) throws -> Void) throws {
    var reader: TableReader?
    var columns: Columns?
    var list = unread
    defer { unread = list }
    func take(_ row: TableRow) throws {
      if let known = columns {
        if let visit = try Self.visit(row, known, &list) { try body(visit) }
      } else {
        columns = try Self.columns(row, table, &list)
      }
    }
    do {
      try file.read { chunk in
        if reader == nil {
          reader = TableReader(separator: TableReader.separator(ofHeader: chunk))
        }
        try reader?.read(chunk, take)
      }
      try reader?.finish(take)
    } catch let error as TableError {
      throw ImportError(file.name, "\(error)")
    } catch let error as FieldError {
      throw ImportError(file.name, "\(error)")
    }
    guard columns != nil else { throw ImportError(file.name, "the file is empty") }
  }

  private static func columns(
    _ row: TableRow, _ table: VariableTable, _ unread: inout UnreadList
  ) throws -> Columns {
    guard let heads = row.texts else { throw FieldError("the header is not UTF-8") }
    let names = heads.map { $0.trimmingBlanks }
    guard let code = names.firstIndex(of: "code") else {
      throw FieldError("the header has no column 'code'; it begins with code,date")
    }
    guard let date = names.firstIndex(of: "date") else {
      throw FieldError("the header has no column 'date'; it begins with code,date")
    }
    var columns = Columns(
      code: code, date: date, visit: names.firstIndex(of: "visit"),
      label: names.firstIndex(of: "label"), count: names.count)
    var seen: Set<Variable> = []
    for (index, name) in names.enumerated()
    where ![code, date, columns.visit, columns.label].contains(index) {
      do throws(FieldError) {
        let header = try ColumnHeader(name, in: table)
        guard seen.insert(header.variable).inserted else {
          throw FieldError("\(header.variable.id) has a column already")
        }
        columns.variables.append((index, header))
      } catch {
        unread.add("column \(index + 1)", "\(error)")
      }
    }
    return columns
  }

  private static func visit(_ row: TableRow, _ columns: Columns, _ unread: inout UnreadList) throws
    -> IncomingVisit?
  {
    let place = "line \(row.line)"
    guard row.count == columns.count else {
      unread.add(place, "has \(row.count) fields, the header has \(columns.count)")
      return nil
    }
    guard let texts = row.texts?.map(\.trimmingBlanks) else {
      unread.add(place, "is not UTF-8")
      return nil
    }
    let code: PatientCode
    do throws(StoreError) {
      code = try PatientCode(texts[columns.code])
    } catch {
      unread.add(place, "\(error)")
      return nil
    }
    guard let moment = Moment(texts[columns.date]) else {
      unread.add(place, "the date is not written as 2026-11-21 or 2026-11-21T08:30")
      return nil
    }
    var visit = IncomingVisit(
      patient: .code(code, label: label(texts, columns, place, &unread)), date: moment.day,
      number: number(texts, columns, place, &unread), values: [])
    for (index, header) in columns.variables where !texts[index].isEmpty {
      do throws(Refusal) {
        visit.values.append(
          try IncomingValue(
            header.variable, texts[index], unit: header.unit,
            moment: moment.minute == nil ? nil : moment))
      } catch {
        unread.add("\(place), \(header.variable.id)", "\(error)")
      }
    }
    return visit
  }

  private static func label(
    _ texts: [String], _ columns: Columns, _ place: String, _ unread: inout UnreadList
  ) -> String? {
    guard let text = columns.label.map({ texts[$0] }), !text.isEmpty else { return nil }
    do throws(StoreError) {
      return try Store.checkedLabel(text)
    } catch {
      unread.add("\(place), label", "\(error)")
      return nil
    }
  }

  private static func number(
    _ texts: [String], _ columns: Columns, _ place: String, _ unread: inout UnreadList
  ) -> Int? {
    guard let text = columns.visit.map({ texts[$0] }), !text.isEmpty else { return nil }
    if let number = Int(text), number > 0 { return number }
    unread.add("\(place), visit", "'\(text.prefix(20))' is no whole number from 1 on")
    return nil
  }
}

extension String {
  /// Without blanks and tabulators at both ends.
  var trimmingBlanks: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
