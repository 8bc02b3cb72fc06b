import Hepatology
import Quantities

/// Patients in our own JSON, as ``PatientsJSON`` writes it and `docs/patient.schema.json` describes it.
struct JSONPatients: PatientReader {
  private let file: String
  private let document: JSONValue

  init(_ file: String, _ document: JSONValue) {
    self.file = file
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
    note(document, but: ["format", "version", "written", "program", "patients"], file, &unread)
    for (index, patient) in (document["patients"]?.items ?? []).enumerated() {
      let place = "patient \(index + 1)"
      guard let text = patient["code"]?.string else {
        unread.add(place, "has no code")
        continue
      }
      let code: PatientCode
      do throws(StoreError) {
        code = try PatientCode(text)
      } catch {
        unread.add(place, "\(error)")
        continue
      }
      note(patient, but: ["code", "label", "archived", "visits"], "\(code)", &unread)
      for (number, visit) in (patient["visits"]?.items ?? []).enumerated() {
        let place = "\(code), visit \(number + 1)"
        guard let date = visit["date"]?.string.flatMap({ Day($0) }) else {
          unread.add(place, "has no date as in 2026-11-21")
          continue
        }
        note(visit, but: ["number", "date", "values", "reviewed", "attested"], place, &unread)
        var incoming = IncomingVisit(
          patient: .code(code, label: patient["label"]?.string), date: date,
          number: visit["number"]?.whole, values: [])
        for value in visit["values"]?.items ?? [] {
          take(value, place, into: &incoming, &unread)
        }
        for group in visit["reviewed"]?.items ?? [] {
          if let group = group.string.flatMap(Variable.Group.init(rawValue:)), group.isHistory {
            incoming.reviewed.append(group)
          } else {
            unread.add("\(place), reviewed", "is no group of history questions")
          }
        }
        for answer in visit["attested"]?.items ?? [] {
          if let trial = answer["trial"]?.string, let criterion = answer["criterion"]?.string,
            let holds = answer["holds"]?.bool
          {
            incoming.attested.append((trial, criterion, holds ? "yes" : "no"))
          } else {
            unread.add("\(place), attested", "has no trial, criterion and holds")
          }
        }
        try body(incoming)
      }
    }
  }

  private func take(
    _ value: JSONValue, _ place: String, into visit: inout IncomingVisit,
    _ unread: inout UnreadList
  ) {
    guard let id = value["variable"]?.string else {
      unread.add(place, "a value has no variable")
      return
    }
    do throws(FieldError) {
      let header = try ColumnHeader(
        id + (value["unit"]?.string.flatMap { $0 == "1" ? nil : "[\($0)]" } ?? ""))
      note(value, but: ["variable", "text", "unit", "at", "unknown"], "\(place), \(id)", &unread)
      if value["unknown"]?.bool == true {
        visit.values.append(IncomingValue(unknown: header.variable))
        return
      }
      guard let text = value["text"]?.string else { throw FieldError("a value has no text") }
      var moment: Moment?
      if let at = value["at"] {
        moment = at.string.flatMap { Moment($0) }
        if moment == nil { throw FieldError("its time is not written as 2026-11-21T08:30") }
      }
      do throws(InputError) {
        visit.values.append(
          try IncomingValue(header.variable, text, unit: header.unit, moment: moment))
      } catch {
        throw FieldError("\(error)")
      }
    } catch {
      unread.add("\(place), \(id)", "\(error)")
    }
  }

  /// Writes down members that are none of ours: a later version may have meant something by them.
  private func note(
    _ value: JSONValue, but known: Set<String>, _ place: String, _ unread: inout UnreadList
  ) {
    guard case .object(let members) = value else { return }
    for member in members where !known.contains(member.name) {
      unread.add("\(place), \(member.name)", "is not known here")
    }
  }
}
