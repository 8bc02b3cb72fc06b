import Hepatology
import Quantities
import Tables

/// What the columns of a file of patients are.
struct CohortHeader: Sendable {
  /// A column that holds a variable.
  struct Column: Sendable {
    /// Its place in a row, from 0 on.
    let place: Int
    let header: ColumnHeader
  }

  /// How many cells a row has.
  let count: Int
  /// The columns of variables.
  let columns: [Column]
  /// The columns that are carried over, with their heads as they stand.
  let kept: [(place: Int, name: String)]
  /// The columns that are neither.
  let unused: [String]

  /// Columns that say who and when; they are carried over without being asked for.
  static let identifying = ["code", "id", "date", "visit", "label"]

  /// Reads the heads.
  ///
  /// - Parameters:
  ///   - names: The cells of the first row.
  ///   - keep: Further columns to carry over.
  ///   - table: The variables that there are.
  /// - Throws: ``CohortError`` with all that is wrong with the header.
  init(_ names: [String], keep: [String], in table: VariableTable) throws(CohortError) {
    var problems: [String] = []
    var columns: [Column] = []
    var kept: [(place: Int, name: String)] = []
    var unused: [String] = []
    var seen: [String: Int] = [:]
    for (place, text) in names.enumerated() {
      let name = text.trimmingBlanks
      let position = "column \(place + 1)"
      guard !name.isEmpty else {
        problems.append("\(position) has no name")
        continue
      }
      if keep.contains(name) || Self.identifying.contains(name) {
        kept.append((place, name))
        continue
      }
      if table[name.variableName] == nil, !name.contains("["), !Self.isMisspelt(name, in: table) {
        unused.append(name)
        continue
      }
      do throws(FieldError) {
        let header = try ColumnHeader(name, in: table)
        if header.unit == nil, let measure = header.variable.measure, measure.needsUnit {
          let written = measure.units.map { "\(header.variable.id)[\($0.code)]" }
          throw FieldError(
            "\(header.variable.id) needs a unit: write \(written.joined(separator: " or "))")
        }
        if let other = seen.updateValue(place, forKey: header.variable.id) {
          throw FieldError("\(header.variable.id) is in column \(other + 1) already")
        }
        columns.append(Column(place: place, header: header))
      } catch {
        let way =
          table[name.variableName] == nil ? " (--keep '\(name)' carries it over)" : ""
        problems.append("\(position): \(error)\(way)")
      }
    }
    for name in keep where !names.contains(where: { $0.trimmingBlanks == name }) {
      problems.append("there is no column '\(name)' to keep")
    }
    if columns.isEmpty, problems.isEmpty {
      problems.append(
        "no column is a variable; a header is such as code,age,totalBilirubin[umol/L],inr")
    }
    guard problems.isEmpty else { throw CohortError(problems.map { "line 1, \($0)" }) }
    (self.count, self.columns, self.kept, self.unused) = (names.count, columns, kept, unused)
  }

  /// Whether a word is so near to a variable that it was surely meant, so that leaving the column
  /// out would compute something else than the file says.
  private static func isMisspelt(_ name: String, in table: VariableTable) -> Bool {
    let near = table.near(name)
    if near.contains(where: { $0.lowercased() == name.lowercased() }) { return true }
    // Short words are near to some variable by chance: ward, site, name.
    return name.count > 5 && !near.isEmpty
  }
}

/// What is wrong with a file of patients as a whole.
public struct CohortError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A sentence each, with the place.
  public let problems: [String]

  init(_ problems: [String]) {
    self.problems = problems
  }

  /// All of it.
  public var description: String { problems.joined(separator: "\n") }
}

extension String {
  /// Without blanks and tabulators at both ends.
  fileprivate var trimmingBlanks: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// What stands before a bracket.
  fileprivate var variableName: String {
    prefix { $0 != "[" }.filter { !$0.isWhitespace }
  }
}
