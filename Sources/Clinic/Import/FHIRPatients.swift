import Hepatology
import Quantities

/// Patients in bundles of FHIR R4 and STU3: what several files say of one patient is one patient.
///
/// Taken are Observations with a LOINC code of the table of variables, with their components;
/// sex and date of birth of the Patient, the latter only as an age; and Conditions that mean one
/// thing and no other (``FHIRCondition``). Of each day and variable the latest value counts that was
/// neither cancelled nor entered in error. Everything else is written down with its reason.
struct FHIRPatients: PatientReader {
  private let files: [(name: String, document: JSONValue)]
  private let table: VariableTable
  private let codes: FHIRCodes
  private var subjects: [String: Subject] = [:]
  private var order: [String] = []

  private struct Subject {
    var birth: Day?
    var sex: IncomingValue?
    var days: [Day: [Variable: [Result]]] = [:]
    var conditions: [(condition: FHIRCondition.Meaning, since: Day?)] = []
  }

  private struct Result {
    let name: String
    let value: IncomingValue
    let moment: Moment
  }

  init(_ files: [(name: String, document: JSONValue)], _ table: VariableTable) {
    self.files = files
    self.table = table
    codes = FHIRCodes(table)
  }

  mutating func read(_ unread: inout UnreadList, _ body: (IncomingVisit) throws -> Void) throws {
    for (name, document) in files {
      let bundle = try FHIRBundle(name, document, &unread)
      for resource in bundle.resources { take(resource, of: bundle, &unread) }
    }
    for id in order {
      guard let subject = subjects[id] else { continue }
      for visit in visits(of: subject, id, &unread) { try body(visit) }
    }
  }

  private mutating func take(
    _ resource: JSONValue, of bundle: FHIRBundle, _ unread: inout UnreadList
  ) {
    let kind = resource["resourceType"]?.string ?? ""
    guard ["Patient", "Observation", "Condition"].contains(kind) else {
      unread.add(kind, "holds nothing that is asked of a patient here")
      return
    }
    let name = resource["code"]?.conceptName ?? kind
    guard resource["modifierExtension"] == nil else {
      unread.add(name, "an extension changes its meaning")
      return
    }
    guard let id = bundle.subject(of: resource) else {
      unread.add(name, kind == "Patient" ? "it has no id" : "it names no patient")
      return
    }
    if subjects[id] == nil {
      subjects[id] = Subject()
      order.append(id)
    }
    switch kind {
    case "Patient": takePatient(resource, id, &unread)
    case "Observation": takeObservation(resource, id, &unread)
    default:
      switch FHIRCondition.meaning(of: resource, codes) {
      case .success(let meaning):
        let onset = FHIRCondition.since(resource)
        subjects[id]?.conditions.append((meaning, onset))
      case .failure(let error): unread.add(name, "\(error)")
      }
    }
  }

  private mutating func takePatient(
    _ resource: JSONValue, _ id: String, _ unread: inout UnreadList
  ) {
    if let text = resource["birthDate"]?.string {
      subjects[id]?.birth = Day(text)
      if Day(text) == nil { unread.add("Patient, birthDate", "is not a full date") }
    }
    switch resource["gender"]?.string {
    case .some(let gender) where gender == "female" || gender == "male":
      subjects[id]?.sex = try? IncomingValue(.sex, gender, unit: nil, moment: nil)
    case .some: unread.add("Patient, gender", "is neither female nor male")
    case nil: break
    }
  }

  // MARK: Observations

  /// Results that do not stand, or are not there yet.
  private static let withdrawn: [String: String] = [
    "cancelled": "it was cancelled", "entered-in-error": "it was entered in error",
    "registered": "it has no result yet",
  ]

  private mutating func takeObservation(
    _ resource: JSONValue, _ id: String, _ unread: inout UnreadList
  ) {
    let components = resource["component"]?.items ?? []
    let parts =
      (FHIRValue.isPresent(in: resource) || components.isEmpty ? [resource] : [])
      + components
    for part in parts {
      let name = part["code"]?.conceptName ?? "Observation"
      if let status = resource["status"]?.string, let reason = Self.withdrawn[status] {
        unread.add(name, reason)
        continue
      }
      switch FHIRValue.value(of: part, codes, at: Self.time(of: resource)) {
      case .failure(let error): unread.add(name, "\(error)")
      case .success(let value):
        guard let moment = value.moment else { continue }
        let result = Result(name: name, value: value, moment: moment)
        subjects[id]?.days[moment.day, default: [:]][value.variable, default: []].append(result)
      }
    }
  }

  /// When a result held: the time at which the sample was taken.
  private static func time(of resource: JSONValue) -> String? {
    if let time = resource["effectiveDateTime"]?.string ?? resource["effectiveInstant"]?.string {
      return time
    }
    guard let start = resource["effectivePeriod"]?["start"]?.string,
      let end = resource["effectivePeriod"]?["end"]?.string, start.prefix(10) == end.prefix(10)
    else { return nil }
    return end
  }

  /// The latest of the results of a day; none where two of the same time contradict each other.
  private static func latest(of results: [Result], _ unread: inout UnreadList) -> IncomingValue? {
    guard let time = results.map(\.moment).max() else { return nil }
    var latest: [Result] = []
    for result in results {
      if result.moment < time {
        unread.add(result.name, "there is a later value of the same day")
      } else {
        latest.append(result)
      }
    }
    let first = latest[0]
    guard latest.allSatisfy({ $0.value.says(first.value) }) else {
      for result in latest {
        unread.add(result.name, "there is another value of the same time that contradicts it")
      }
      return nil
    }
    for result in latest.dropFirst() { unread.add(result.name, "the same value stands twice") }
    return first.value
  }

  // MARK: Visits

  private func visits(
    of subject: Subject, _ id: String, _ unread: inout UnreadList
  ) -> [IncomingVisit] {
    let patient = IncomingPatient.alias(Digest(of: "fhir Patient \(id)".utf8))
    var days: [Day: [IncomingValue]] = [:]
    for (day, variables) in subject.days.sorted(by: { $0.key < $1.key }) {
      let values = table.inOrder(variables.keys).compactMap { variables[$0] }
        .compactMap { Self.latest(of: $0, &unread) }
      if !values.isEmpty { days[day] = values }
    }
    for (value, day) in Self.history(of: subject, visits: days.keys.sorted(), &unread) {
      days[day, default: []].append(value)
    }
    if days.isEmpty {
      let alone = "there is no visit that it could stand at"
      if subject.sex != nil { unread.add("Patient, gender", alone) }
      if subject.birth != nil { unread.add("Patient, birthDate", alone) }
    }
    var lastAge: Int?
    return days.keys.sorted().enumerated().map { index, day in
      var values = days[day] ?? []
      if index == 0, let sex = subject.sex { values.append(sex) }
      if let birth = subject.birth {
        let age = Self.years(from: birth, to: day)
        if age != lastAge, let value = age.flatMap(Self.age) { values.append(value) }
        if age.flatMap(Self.age) == nil {
          unread.add("Patient, birthDate", "it gives no age at the visit of \(day)")
        }
        lastAge = age
      }
      return IncomingVisit(
        patient: patient, date: day, number: nil,
        values: values.sorted {
          (table.position(of: $0.variable) ?? 0) < (table.position(of: $1.variable) ?? 0)
        })
    }
  }

  private static func age(_ years: Int) -> IncomingValue? {
    try? IncomingValue(.age, "\(years)", unit: nil, moment: nil)
  }

  private static func years(from birth: Day, to day: Day) -> Int? {
    guard birth <= day else { return nil }
    let isBefore = (day.month, day.day) < (birth.month, birth.day)
    return day.year - birth.year - (isBefore ? 1 : 0)
  }

  /// What the conditions say, at the first visit on which or before which they began, and at the
  /// last one where that is not known.
  private static func history(
    of subject: Subject, visits days: [Day], _ unread: inout UnreadList
  ) -> [(IncomingValue, Day)] {
    var found: [Variable: (words: Set<String>, day: Day)] = [:]
    for (condition, since) in subject.conditions {
      for meaning in condition.values {
        let (variable, word) = (meaning.variable, meaning.answer)
        let day = since.map { since in days.first { $0 >= since } ?? since } ?? days.last
        guard let day else {
          unread.add(condition.name, "it has no date, and neither has the patient a visit")
          continue
        }
        let present = found[variable]
        found[variable] = (
          (present?.words ?? []).union([word]), max(present?.day ?? day, day)
        )
      }
    }
    return found.compactMap { variable, entry in
      let words = entry.words.sorted()
      if words.count > 1, case .choices = variable.kind {
      } else if words.count > 1 {
        unread.add(variable.id, "conditions say \(words.joined(separator: " and "))")
        return nil
      }
      let text = words.joined(separator: ", ")
      guard let value = try? IncomingValue(variable, text, unit: nil, moment: nil) else {
        unread.add(variable.id, "'\(text)' is no value of it")
        return nil
      }
      return (value, entry.day)
    }
  }
}
