import GRDB
public import Hepatology
import Quantities
import Tables

/// Patients in CSV: one row a visit with what was entered at it, quantities in the canonical unit of
/// their column.
///
/// It is made row by row, so that a store of any size can be written without holding it.
public struct PatientsCSV: Sendable {
  /// The variables that have a column.
  public let variables: [Variable]
  private let withLabels: Bool

  /// A file with columns for these variables.
  ///
  /// - Parameters:
  ///   - variables: The variables, each of which gets a column.
  ///   - table: The variables that there are, in whose order the columns stand.
  ///   - withLabels: Whether the site's own texts are in it.
  public init(
    variables: some Sequence<Variable>, in table: VariableTable, withLabels: Bool = false
  ) {
    self.variables = table.inOrder(variables)
    self.withLabels = withLabels
  }

  /// The first row, with its line end.
  public var header: String {
    TableWriter.row(
      ["code"] + (withLabels ? ["label"] : []) + ["visit", "date"]
        + variables.map(ColumnHeader.text))
  }

  /// The rows of a patient, each with its line end.
  public func rows(of record: PatientRecord) -> String {
    record.visits.map { visit in
      let cells = variables.map { variable -> String in
        guard let value = visit[variable], value.origin == .measured else { return "" }
        return Self.cell(value)
      }
      return TableWriter.row(
        [record.code.text] + (withLabels ? [record.label ?? ""] : [])
          + ["\(visit.number)", "\(visit.date)"] + cells)
    }.joined()
  }

  /// A value in the unit of its column; as it was typed where it has none there.
  static func cell(_ value: DatedValue) -> String {
    guard let found = value.reading.value else { return value.typed }
    guard case .quantity(let quantity, let bound) = found else { return found.text }
    let number = try? value.variable.measure?.canonical(quantity)
    return number.map { "\(bound.sign)\($0)" } ?? value.typed
  }
}

extension Store {
  /// The variables of which any patient has a value, in the order of the form.
  public func enteredVariables() throws(StoreError) -> [Variable] {
    let fields = try reading { db in
      Set(
        try String.fetchAll(
          db, sql: "SELECT DISTINCT field FROM observation WHERE kind = 'value'"))
    }
    return variables.all.filter { fields.contains($0.id) }
  }
}
