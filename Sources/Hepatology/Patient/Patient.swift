public import Quantities

/// What is known of one person at one time: a value type; every change makes another patient.
public struct Patient: Hashable, Sendable {
  /// What was typed for one variable, kept as it was typed, and what became of it.
  public struct Entry: Hashable, Sendable {
    /// The text.
    public let typed: String
    /// The unit that held where the text has none.
    public let unit: Unit?
    /// What became of it.
    public let reading: Reading
    /// The day on which it was taken; `nil` where none was said, which is the day of screening.
    public let taken: Day?

    init(typed: String, unit: Unit?, reading: Reading, taken: Day? = nil) {
      self.typed = typed
      self.unit = unit
      self.reading = reading
      self.taken = taken
    }
  }

  private var entries: [Variable: Entry] = [:]

  /// A person of whom nothing is known.
  public init() {}

  /// What was typed for a variable; `nil` where nothing was.
  public subscript(variable: Variable) -> Entry? { entries[variable] }

  /// The value of a variable; `nil` where it is missing or cannot be used.
  public func value(of variable: Variable) -> Value? { entries[variable]?.reading.value }

  /// Takes what was typed; an empty text makes the variable unknown again.
  ///
  /// - Parameters:
  ///   - typed: The text.
  ///   - unit: The unit that holds where the text has none.
  ///   - taken: The day on which the value was taken; `nil` for the day of screening.
  ///   - variable: What it is a value of.
  public mutating func enter(
    _ typed: String, in unit: Unit? = nil, taken: Day? = nil, for variable: Variable
  ) {
    if typed.trimmed.isEmpty {
      entries[variable] = nil
    } else {
      entries[variable] = Entry(
        typed: typed, unit: unit, reading: variable.read(typed, in: unit), taken: taken)
    }
  }

  /// The ids of the variables that are entered otherwise than for another patient.
  public func differences(from other: Patient) -> [Variable.ID] {
    var differences: [Variable.ID] = []
    for (variable, entry) in entries where other.entries[variable] != entry {
      differences.append(variable.id)
    }
    for variable in other.entries.keys where entries[variable] == nil {
      differences.append(variable.id)
    }
    return differences
  }

  /// Takes a value that nobody typed, to see what would become of a score.
  public mutating func assume(_ value: Value, for variable: Variable) {
    let unit: Unit? = if case .quantity(let quantity, _) = value { quantity.unit } else { nil }
    entries[variable] = Entry(typed: "", unit: unit, reading: .value(value, remarks: []))
  }

  /// The variables of which something was typed, in the order of a table.
  public func entered(in table: VariableTable) -> [Variable] { table.inOrder(entries.keys) }

  /// How many variables something was typed for.
  public var count: Int { entries.count }

  /// Whether the day is known on which any value was taken.
  public var isDated: Bool { entries.values.contains { $0.taken != nil } }

  /// Whether nothing is known.
  public var isEmpty: Bool { entries.isEmpty }
}

extension Patient {
  /// Reads a field as the command line and files write it: `totalBilirubin='214 umol/L'`, with the
  /// day on which it was taken behind an `@` where that is not the day of screening:
  /// `totalBilirubin='214 umol/L @2026-11-14'`.
  ///
  /// - Parameters:
  ///   - field: The text.
  ///   - table: The variables that there are.
  /// - Throws: ``FieldError`` for an id that is none, and for a text that is no value of it.
  public mutating func enter(field: String, in table: VariableTable) throws(FieldError) {
    guard let equals = field.firstIndex(of: "=") else {
      throw FieldError("'\(field.printable)' is not of the form NAME=VALUE, as in inr=2.1")
    }
    let name = String(field[..<equals]).trimmed
    guard let variable = table[name] else {
      let near = table.near(name)
      throw FieldError(
        "'\(name.printable)' is not a variable"
          + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"))
    }
    var text = String(field[field.index(after: equals)...]).trimmed
    var taken: Day?
    if let at = text.lastIndex(of: "@") {
      let date = String(text[text.index(after: at)...]).trimmed
      guard let day = Day(date) else {
        throw FieldError(
          "\(name): '\(date.printable)' is not a date: write year-month-day behind the @, as in "
            + "@2026-11-21")
      }
      taken = day
      text = String(text[..<at]).trimmed
    }
    guard !text.isEmpty else {
      throw FieldError("\(name) has no value; it takes \(variable.expects)")
    }
    guard self[variable] == nil else { throw FieldError("\(name) is given twice") }
    if case .refused(let refusal) = variable.read(text) {
      throw FieldError("\(name): \(refusal)")
    }
    enter(text, taken: taken, for: variable)
  }
}

/// Why a field of the command line or a file was not taken.
public struct FieldError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence, with the name of the field and what would be right.
  public let description: String

  /// An error of that sentence.
  public init(_ description: String) {
    self.description = description
  }
}
