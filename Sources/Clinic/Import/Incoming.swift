import Hepatology
import Quantities

/// What a file says of one visit of one patient.
struct IncomingVisit {
  var patient: IncomingPatient
  /// The day; `nil` where the file knows the patient and no visit.
  var date: Day?
  /// The number that the file gives the visit, where it gives one.
  var number: Int?
  var values: [IncomingValue]
  /// The groups of history questions that were gone through.
  var reviewed: [Variable.Group] = []
  /// What persons answered to criteria.
  var attested: [(trial: String, criterion: String, answer: String)] = []
}

/// Whom a file means.
enum IncomingPatient: Hashable {
  /// The patient of that code here, with a label for one that is new.
  case code(PatientCode, label: String?)
  /// The patient whom another system calls so, by the digest of that.
  case alias(Digest)
}

/// A value that a file has, read and found to be one.
struct IncomingValue {
  let variable: Variable
  let typed: String
  /// The code of the unit that holds where the text has none.
  let unit: String?
  /// The time that it holds for, where that is not the day of the visit.
  let moment: Moment?
  /// Whether the variable is known not to be known.
  let isCleared: Bool

  /// Reads a text of a file as a value.
  ///
  /// - Throws: `Refusal` with what is wrong.
  init(_ variable: Variable, _ typed: String, unit: Unit?, moment: Moment?) throws(Refusal) {
    let reading = variable.read(typed, in: unit, from: .file(decimal: nil))
    try self.init(variable, typed, reading, moment)
  }

  /// Reads a number of JSON, and its unit as it is written beside it.
  ///
  /// - Throws: `Refusal` with what is wrong.
  init(_ variable: Variable, number: String, unit: String, moment: Moment?) throws(Refusal) {
    let reading = variable.read("\(number) \(unit)", from: .file(decimal: .point))
    try self.init(variable, number, reading, moment)
  }

  private init(
    _ variable: Variable, _ typed: String, _ reading: Reading, _ moment: Moment?
  ) throws(Refusal) {
    let value: Value
    switch reading {
    case .refused(let refusal): throw refusal
    case .value(let found, _): value = found
    }
    var unit: Unit?
    if case .quantity(let quantity, _) = value { unit = quantity.unit }
    self.variable = variable
    // What only a file may say is kept in words that the form reads.
    self.typed = variable.read(typed, in: unit).value == value ? typed : value.text
    self.unit = unit?.code
    self.moment = moment
    isCleared = false
  }

  /// A variable that is known not to be known.
  init(unknown variable: Variable) {
    self.variable = variable
    typed = ""
    unit = nil
    moment = nil
    isCleared = true
  }
}

/// Hands over what a file says, visit by visit.
protocol PatientReader {
  /// Reads the file, calls `body` for each visit, and writes down what it does not understand.
  mutating func read(_ unread: inout UnreadList, _ body: (IncomingVisit) throws -> Void) throws
}

/// What was not understood, each kind of it once with its count.
struct UnreadList {
  private(set) var items: [ImportReport.Unread] = []
  private var places: [Key: Int] = [:]
  private(set) var isCut = false

  private struct Key: Hashable {
    let what: String
    let reason: String
  }

  private static let longest = 1000

  init() {}

  mutating func add(_ what: String, _ reason: String, count: Int = 1) {
    let key = Key(what: what, reason: reason)
    if let place = places[key] {
      items[place].count += count
    } else if items.count < Self.longest {
      places[key] = items.count
      items.append(ImportReport.Unread(what: what, reason: reason, count: count))
    } else {
      isCut = true
    }
  }
}
