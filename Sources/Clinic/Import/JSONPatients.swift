import Hepatology
import Quantities

/// Patients in our own JSON, as ``PatientsJSON`` writes it and `docs/patient.schema.json` describes it.
///
/// Whatever the schema does not allow is written down with its place: nothing is left out unsaid.
struct JSONPatients: PatientReader {
  private let file: String
  private let document: JSONValue
  private let table: VariableTable

  init(_ file: String, _ document: JSONValue, _ table: VariableTable) {
    self.file = file
    self.table = table
    self.document = document
  }

  func read(_ unread: inout UnreadList, _ body: (IncomingVisit) throws -> Void) throws {
    guard let version = document["version"]?.whole else {
      throw ImportError(file, "it has no version")
    }
    guard version == PatientsJSON.version else {
      throw ImportError(
        file, "its version is \(version); this lobule reads version \(PatientsJSON.version)")
    }
    guard case .array(let patients) = document["patients"] else {
      throw ImportError(file, "it has no array of patients")
    }
    let names = ["format", "version", "written", "program", "patients"]
    if let members = Members(document, file, names, &unread) {
      // Neither counts for what is taken, but what this program did not write so is said.
      _ = members.text("program", &unread)
      _ = members.take("written", "is no time as in 2026-11-21T14:02:11Z", &unread) { value in
        value.string.flatMap { Moment($0)?.minute }
      }
    }
    for (index, patient) in patients.enumerated() {
      try read(patient, "patient \(index + 1)", &unread, body)
    }
  }

  private func read(
    _ patient: JSONValue, _ place: String, _ unread: inout UnreadList,
    _ body: (IncomingVisit) throws -> Void
  ) throws {
    guard var members = Members(patient, place, ["code", "label", "archived", "visits"], &unread)
    else { return }
    guard let text = members.text("code", isDue: true, &unread) else { return }
    let code: PatientCode
    do throws(StoreError) {
      code = try PatientCode(text)
    } catch {
      unread.add(place, "\(error)")
      return
    }
    members.place = "\(code)"
    var label = members.text("label", &unread)
    do throws(StoreError) {
      label = try label.map { text throws(StoreError) in try Store.checkedLabel(text) }
    } catch {
      unread.add("\(code), label", "\(error)")
      label = nil
    }
    _ = members.take("archived", "is neither true nor false", &unread, \.bool)
    let visits = members.array("visits", isDue: true, &unread)
    if visits.isEmpty {
      try body(IncomingVisit(patient: .code(code, label: label), date: nil, values: []))
    }
    for (index, visit) in visits.enumerated() {
      if let visit = self.visit(
        visit, "\(code), visit \(index + 1)", of: .code(code, label: label), &unread)
      {
        try body(visit)
      }
    }
  }

  private func visit(
    _ value: JSONValue, _ place: String, of patient: IncomingPatient, _ unread: inout UnreadList
  ) -> IncomingVisit? {
    let names = ["number", "date", "values", "reviewed", "attested"]
    guard let members = Members(value, place, names, &unread) else { return nil }
    guard let date = value["date"]?.string.flatMap({ Day($0) }) else {
      unread.add(place, "has no date as in 2026-11-21")
      return nil
    }
    let number = members.take("number", "is no whole number from 1 on", &unread) { value in
      value.whole.flatMap { $0 > 0 ? $0 : nil }
    }
    var visit = IncomingVisit(patient: patient, date: date, number: number, values: [])
    for value in members.array("values", isDue: true, &unread) {
      if let value = self.value(value, place, &unread) { visit.values.append(value) }
    }
    for group in members.array("reviewed", &unread) {
      if let group = group.string.flatMap(Variable.Group.init(rawValue:)), group.isHistory {
        visit.reviewed.append(group)
      } else {
        unread.add("\(place), reviewed", "is no group of history questions")
      }
    }
    for answer in members.array("attested", &unread) {
      if let answer = Self.attestation(answer, "\(place), attested", &unread) {
        visit.attested.append(answer)
      }
    }
    return visit
  }

  private static func attestation(
    _ value: JSONValue, _ place: String, _ unread: inout UnreadList
  ) -> (trial: String, criterion: String, answer: String)? {
    guard let members = Members(value, place, ["trial", "criterion", "holds"], &unread),
      let trial = members.text("trial", isDue: true, &unread),
      let criterion = members.text("criterion", isDue: true, &unread)
    else { return nil }
    guard let holds = value["holds"]?.bool else {
      unread.add("\(place), holds", "is neither true nor false")
      return nil
    }
    do throws(StoreError) {
      _ = try Attestation.field(trial: trial, criterion: criterion)
    } catch {
      unread.add(place, "\(error)")
      return nil
    }
    return (trial, criterion, holds ? "yes" : "no")
  }

  private func value(
    _ value: JSONValue, _ place: String, _ unread: inout UnreadList
  ) -> IncomingValue? {
    let names = ["variable", "text", "unit", "at", "unknown"]
    guard var members = Members(value, place, names, &unread),
      let id = members.text("variable", isDue: true, &unread)
    else { return nil }
    members.place = "\(place), \(id)"
    do throws(FieldError) {
      let unit = members.text("unit", &unread)
      let header = try ColumnHeader(
        id + (unit.flatMap { $0 == "1" ? nil : "[\($0)]" } ?? ""), in: table)
      var moment: Moment?
      if let at = value["at"] {
        moment = at.string.flatMap { Moment($0) }
        if moment == nil { throw FieldError("its time is not written as 2026-11-21T08:30") }
      }
      if let unknown = value["unknown"] {
        guard unknown.bool == true else { throw FieldError("unknown is true or not there") }
        guard value["text"] == nil else { throw FieldError("has a text and is unknown") }
        return IncomingValue(unknown: header.variable)
      }
      guard let text = members.text("text", isDue: true, &unread) else { return nil }
      do throws(Refusal) {
        return try IncomingValue(header.variable, text, unit: header.unit, moment: moment)
      } catch {
        throw FieldError("\(error)")
      }
    } catch {
      unread.add(members.place, "\(error)")
      return nil
    }
  }
}

/// The members of an object, taken one by one; what is not as it should be is written down.
private struct Members {
  /// Where the object stands, for messages.
  var place: String
  private let value: JSONValue

  /// Writes down members that are none of ours: a later version may have meant something by them.
  init?(_ value: JSONValue, _ place: String, _ known: [String], _ unread: inout UnreadList) {
    guard case .object(let members) = value else {
      unread.add(place, "is no object")
      return nil
    }
    for member in members where !known.contains(member.name) {
      unread.add("\(place), \(member.name)", "is not known here")
    }
    self.place = place
    self.value = value
  }

  /// What stands under a name, where it can be read; otherwise the reason is written down.
  func take<Taken>(
    _ name: String, _ reason: String, isDue: Bool = false, _ unread: inout UnreadList,
    _ read: (JSONValue) -> Taken?
  ) -> Taken? {
    guard let member = value[name] else {
      if isDue { unread.add(place, "has no \(name)") }
      return nil
    }
    if let taken = read(member) { return taken }
    unread.add("\(place), \(name)", reason)
    return nil
  }

  func text(_ name: String, isDue: Bool = false, _ unread: inout UnreadList) -> String? {
    take(name, "is no text", isDue: isDue, &unread, \.string)
  }

  func array(_ name: String, isDue: Bool = false, _ unread: inout UnreadList) -> [JSONValue] {
    take(name, "is no array", isDue: isDue, &unread) { value in
      if case .array(let items) = value { items } else { nil }
    } ?? []
  }
}
