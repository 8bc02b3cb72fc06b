import GRDB
import Hepatology
public import Quantities

/// A line of the roster.
public struct RosterEntry: Hashable, Sendable, Identifiable {
  /// What the patient is called.
  public let code: PatientCode
  /// The site's own free text.
  public let label: String?
  /// Whether the patient was put away.
  public let isArchived: Bool
  /// The number of visits.
  public let visits: Int
  /// The day of the last visit.
  public let lastVisit: Day?
  /// The age in whole years, as it was entered last.
  public let age: Int?
  /// The sex as it was entered last: `female` or `male`, also where only a letter was typed.
  public let sex: String?
  /// How many variables are known at the last visit, values that stand from earlier ones included.
  public let known: Int

  /// What the patient is called.
  public var id: String { code.text }
}

/// In what order the roster is listed.
public enum RosterOrder: String, CaseIterable, Sendable {
  /// By code, shorter ones first, so that P-10000 comes after P-9999.
  case code
  /// The last visit first; patients without one at the end.
  case lastVisit
  /// By age; patients without one first.
  case age
}

extension Store {
  /// A page of the roster.
  ///
  /// - Parameters:
  ///   - text: What the code, its number or the label begins with, word by word; all patients where
  ///     it is empty. With a text the order is that in which the patients were made.
  ///   - order: The order where no text is given.
  ///   - archived: Whether those are listed that were put away, instead of those that were not.
  ///   - skipping: How many lines to leave out.
  ///   - limit: How many lines at the most.
  public func roster(
    matching text: String = "", by order: RosterOrder = .code, archived: Bool = false,
    skipping: Int = 0, limit: Int = 100
  ) throws(StoreError) -> [RosterEntry] {
    let words = Self.words(text)
    let columns =
      "patient.code, patient.label, archived, visits, last_visit, age, sex, known"
    guard words.isEmpty else {
      let search = Self.search(archived)
      // The search decides which lines there are, never the other way round.
      return try entries(
        """
        SELECT \(columns) FROM \(search) CROSS JOIN patient ON patient.id = \(search).rowid
        WHERE \(search) MATCH ? ORDER BY \(search).rowid LIMIT ? OFFSET ?
        """, [Self.pattern(words), limit, skipping])
    }
    let ordering =
      switch order {
      case .code: "length(code), code"
      case .lastVisit: "last_visit DESC, id"
      case .age: "age, id"
      }
    return try entries(
      "SELECT \(columns) FROM patient WHERE archived = ? ORDER BY \(ordering) LIMIT ? OFFSET ?",
      [archived, limit, skipping])
  }

  /// How many patients there are, of those that match.
  ///
  /// - Parameters:
  ///   - text: As for ``roster(matching:by:archived:skipping:limit:)``.
  ///   - archived: As there.
  ///   - most: With a text, counting ends there: nobody waits for an exact number of too many.
  public func rosterCount(matching text: String = "", archived: Bool = false, upTo most: Int = 1000)
    throws(StoreError) -> Int
  {
    let words = Self.words(text)
    let search = Self.search(archived)
    return try reading { db in
      let (sql, arguments): (String, StatementArguments) =
        words.isEmpty
        ? ("SELECT count(*) FROM patient WHERE archived = ?", [archived])
        : (
          "SELECT count(*) FROM (SELECT rowid FROM \(search) WHERE \(search) MATCH ? LIMIT ?)",
          [Self.pattern(words), most]
        )
      return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) ?? 0
    }
  }

  private func entries(_ sql: String, _ arguments: StatementArguments) throws(StoreError)
    -> [RosterEntry]
  {
    try reading { db in
      let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
      var entries: [RosterEntry] = []
      while let row = try rows.next() {
        entries.append(
          RosterEntry(
            code: PatientCode(stored: try row.stored(0)), label: try row.storedIfAny(1),
            isArchived: try row.stored(2), visits: try row.stored(3),
            lastVisit: (try row.storedIfAny(4) as String?).flatMap { Day($0) },
            age: try row.storedIfAny(5),
            sex: (try row.storedIfAny(6) as String?).map(Variable.sex.answer),
            known: try row.stored(7)))
      }
      return entries
    }
  }

  /// The words of a text as the search parts them: runs of letters and digits.
  private static func words(_ text: String) -> [String] {
    text.prefix(64).split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func search(_ archived: Bool) -> String {
    archived ? "archive_search" : "patient_search"
  }

  private static func pattern(_ words: [String]) -> String {
    words.map { "\"\($0)\"*" }.joined(separator: " ")
  }
}
