import Quantities

/// Makes a record from nodes and checks what no single value shows: names that must agree, and
/// values that must fit each other.
struct RecordBuilder {
  let source: SourceFile
  let check: TrialReader.ExpressionCheck?
  private(set) var problems: [TrialProblem] = []

  init(source: SourceFile, check: TrialReader.ExpressionCheck?) {
    self.source = source
    self.check = check
  }

  mutating func report(_ place: SourceText.Place, _ message: String) {
    problems.append(TrialProblem(file: source.name, place: place, message: message))
  }

  mutating func trial(_ root: Tree) -> TrialRecord {
    let entries = Entries(root)
    checkIdentifier(entries)
    let interventions = entries.all("interventions").map { intervention($0) }
    let arms = self.arms(entries, of: interventions.map(\.name))
    let criteria = self.criteria(entries)
    let eligibility = self.eligibility(entries.entries("eligibility"), criteria: criteria)
    return TrialRecord(
      id: entries.words("id"), orgStudyId: entries.text("orgStudyId"),
      secondaryIds: entries.texts("secondaryIds"), shortTitle: entries.words("shortTitle"),
      briefTitle: entries.words("briefTitle"), officialTitle: entries.text("officialTitle"),
      link: entries.words("link"), source: entries.words("source"), found: found(entries),
      status: status(entries), phases: entries.terms("phases"),
      studyType: entries.term("studyType"), startDate: milestone(entries.entries("startDate")),
      primaryCompletionDate: milestone(entries.entries("primaryCompletionDate")),
      completionDate: milestone(entries.entries("completionDate")),
      firstSubmitted: entries.date("firstSubmitted"), firstPosted: entries.date("firstPosted"),
      lastUpdatePosted: entries.date("lastUpdatePosted"), verified: entries.date("verified"),
      leadSponsor: entries.entries("leadSponsor").map(Self.sponsor),
      collaborators: entries.all("collaborators").map(Self.sponsor),
      responsibleParty: entries.entries("responsibleParty").map(Self.responsibleParty),
      isFdaRegulatedDrug: entries.flag("isFdaRegulatedDrug"),
      isFdaRegulatedDevice: entries.flag("isFdaRegulatedDevice"),
      oversightHasDmc: entries.flag("oversightHasDmc"), ipdSharing: entries.term("ipdSharing"),
      conditions: entries.texts("conditions"), keywords: entries.texts("keywords"),
      summary: entries.words("summary"), product: product(entries.entries("product")),
      design: Self.design(entries.entries("design")), eligibility: eligibility, arms: arms,
      interventions: interventions,
      schedule: entries.entries("schedule").map { schedule($0, arms: arms.map(\.label)) },
      criteria: criteria, primaryOutcomes: entries.all("primaryOutcomes").map(Self.outcome),
      secondaryOutcomes: entries.all("secondaryOutcomes").map(Self.outcome),
      otherOutcomes: entries.all("otherOutcomes").map(Self.outcome),
      locations: entries.all("locations").map { location($0) },
      contacts: entries.all("contacts").map { contact($0) },
      references: entries.all("references").map(Self.reference),
      contradictions: entries.all("contradictions").map {
        TrialRecord.Contradiction(text: $0.words("text"), location: $0.text("where"))
      })
  }

  // MARK: Identification and status

  private mutating func checkIdentifier(_ entries: Entries) {
    let id = entries.words("id")
    guard id.uppercased().hasPrefix("NCT") else { return }
    let digits = id.dropFirst(3)
    if !id.hasPrefix("NCT") || digits.count != 8 || !digits.allSatisfy(\.isNumber) {
      report(
        entries.place("id"),
        "'\(TextHygiene.visible(id))' is not an NCT number; it has eight digits after NCT")
    }
  }

  private mutating func found(_ entries: Entries) -> [TrialRecord.Provenance] {
    entries.all("found").map { entry in
      for node in entry.nodes("fields") { checkPath(node) }
      return TrialRecord.Provenance(fields: entry.texts("fields"), source: entry.words("source"))
    }
  }

  /// Reports a key that does not exist, also within another one: `eligibility.sex`.
  private mutating func checkPath(_ node: Tree) {
    guard let path = node.scalar?.text else { return }
    var shape: Shape? = .trial
    var whole = "trial"
    for part in path.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      guard let within = shape else {
        return report(node.place, "'\(whole)' has no keys of its own; leave '.\(part)' out")
      }
      guard let field = within.field(part) else {
        let names = within.fields.map(\.name)
        return report(node.place, unknown(part, "key of the \(within.name)", among: names))
      }
      (shape, whole) = (field.kind.shape, part)
    }
  }

  private mutating func status(_ entries: Entries) -> [TrialRecord.StatusEntry] {
    var latest: PartialDate?
    return entries.all("status").map { entry in
      let date = entry.date("asOf")
      if let date, let before = latest, date < before {
        report(
          entry.place("asOf"),
          "\(date) is before \(before) of the entry above; statuses stand oldest first")
      }
      latest = date ?? latest
      return TrialRecord.StatusEntry(
        value: entry.term("value") ?? .unknown, asOf: date, source: entry.text("source"))
    }
  }

  private func milestone(_ entries: Entries?) -> TrialRecord.MilestoneDate? {
    guard let entries, let date = entries.date("date") else { return nil }
    return TrialRecord.MilestoneDate(date: date, type: entries.term("type") ?? .unknown)
  }

  // MARK: What is studied

  private mutating func product(_ entries: Entries?) -> TrialRecord.Product? {
    guard let entries else { return nil }
    let kind = entries.words("kind")
    if kind != kind.lowercased() {
      report(
        entries.place("kind"),
        "'\(TextHygiene.visible(kind))' is found by its lower-case word; write "
          + "'\(TextHygiene.visible(kind.lowercased()))'")
    }
    return TrialRecord.Product(
      kind: kind, origin: entries.text("origin"), code: entries.text("code"))
  }

  private mutating func eligibility(_ entries: Entries?, criteria: [Criterion])
    -> TrialRecord.Eligibility
  {
    let youngest = entries?.age("minimumAge")
    let oldest = entries?.age("maximumAge")
    if let entries, let youngest, let oldest, youngest.unit == oldest.unit,
      oldest.count < youngest.count
    {
      report(
        entries.place("maximumAge"),
        "the oldest age, \(oldest), is below the youngest, \(youngest)")
    }
    let hasExclusions = entries?.flag("exclusionsInSource") ?? true
    if let entries, entries.flag("exclusionsInSource") != nil,
      hasExclusions != criteria.contains(where: { $0.polarity == .exclusion })
    {
      report(
        entries.place("exclusionsInSource"),
        hasExclusions
          ? "there is no criterion of polarity exclusion; write false, or add what the source has"
          : "there are criteria of polarity exclusion; write true")
    }
    return TrialRecord.Eligibility(
      sex: entries?.term("sex"), minimumAge: youngest, maximumAge: oldest,
      healthyVolunteers: entries?.flag("healthyVolunteers"), exclusionsInSource: hasExclusions)
  }

  private mutating func arms(_ entries: Entries, of interventions: [String]) -> [TrialRecord.Arm] {
    var labels: Set<String> = []
    return entries.all("arms").map { entry in
      let label = entry.words("label")
      if !labels.insert(label).inserted {
        report(
          entry.place("label"), "a second arm is called '\(TextHygiene.visible(label))'; rename it")
      }
      checkNames(entry, "interventions", "intervention", among: interventions)
      return TrialRecord.Arm(
        label: label, type: entry.term("type"), count: entry.whole("count"),
        description: entry.text("description"), interventions: entry.texts("interventions"))
    }
  }

  private mutating func intervention(_ entries: Entries) -> TrialRecord.Intervention {
    TrialRecord.Intervention(
      type: entries.term("type") ?? .other, name: entries.words("name"),
      description: entries.text("description"), doses: entries.all("doses").map { dose($0) })
  }

  private mutating func dose(_ entries: Entries) -> TrialRecord.Dose {
    let kind: TrialRecord.DoseKind = entries.term("kind") ?? .none
    let amount = entries.amount("amount")
    if kind == .none, amount != nil {
      report(entries.place("amount"), "a dose of kind none has no amount; name the kind")
    }
    if kind != .none, amount == nil, entries.node("amount") == nil {
      report(entries.place, "a dose of kind \(kind.rawValue) needs an amount")
    }
    if amount != nil, entries.scalar("unit") == nil {
      report(entries.place("amount"), "the amount needs a unit: particles, cells, mg, mL")
    }
    return TrialRecord.Dose(
      kind: kind, amount: amount, alternatives: entries.amounts("alternatives"),
      unit: entries.text("unit"), per: entries.text("per"), route: entries.text("route"),
      volume: entries.text("volume"), duration: entries.text("duration"),
      schedule: entries.text("schedule"), times: entries.whole("times"),
      ambiguity: entries.text("ambiguity"), reading: entries.text("reading"))
  }

  // MARK: Criteria

  private mutating func criteria(_ entries: Entries) -> [Criterion] {
    let all = entries.all("criteria")
    var firstPlaces: [String: SourceText.Place] = [:]
    for entry in all {
      guard let id = entry.text("id") else { continue }
      if let first = firstPlaces[id] {
        report(
          entry.place("id"),
          "the criterion '\(TextHygiene.visible(id))' stands on line \(first.line) already; "
            + "give this one another id")
      } else {
        firstPlaces[id] = entry.place("id")
      }
    }
    let ids = all.compactMap { $0.text("id") }
    return all.map { criterion($0, ids: ids) }
  }

  private mutating func criterion(_ entries: Entries, ids: [String]) -> Criterion {
    let expression = entries.scalar("expression").map { scalar in
      source.sourceText(
        Self.trimmed(scalar.text), of: scalar, at: entries.place("expression"))
    }
    let attest: Criterion.Attestation = entries.term("attest") ?? .never
    if entries.node("expression") == nil {
      if attest == .never, entries.node("attest")?.scalar?.text ?? "false" == "false" {
        report(
          entries.place,
          "a criterion needs an expression, or 'attest: true' where only a person can say")
      }
      if attest == .whenMet {
        report(entries.place("attest"), "whenMet needs an expression; write true")
      }
    }
    if let expression, let check {
      for fault in check(expression.text) {
        report(expression.place(line: fault.line, column: fault.column), fault.message)
      }
    }
    return Criterion(
      id: entries.words("id"), polarity: entries.term("polarity") ?? .inclusion,
      text: entries.words("text"), expression: expression, attest: attest,
      ambiguity: entries.text("ambiguity"), reading: entries.text("reading"),
      conflict: entries.entries("conflict").map {
        conflict($0, of: entries.words("id"), ids: ids)
      })
  }

  private mutating func conflict(_ entries: Entries, of id: String, ids: [String])
    -> Criterion.Conflict
  {
    for node in entries.nodes("with") {
      guard let other = node.scalar?.text else { continue }
      if other == id {
        report(node.place, "the criterion '\(TextHygiene.visible(id))' cannot contradict itself")
      } else if !ids.contains(other) {
        report(node.place, unknown(other, "criterion", among: ids))
      }
    }
    return Criterion.Conflict(with: entries.texts("with"), how: entries.words("how"))
  }

  // MARK: Schedule

  private mutating func schedule(_ entries: Entries, arms: [String]) -> TrialSchedule {
    let anchorDay = entries.whole("anchorDay") ?? 0
    return TrialSchedule(
      anchor: entries.words("anchor"), anchorDay: anchorDay, note: entries.text("note"),
      plans: entries.all("plans").map { plan($0, anchorDay: anchorDay, arms: arms) })
  }

  private mutating func plan(_ entries: Entries, anchorDay: Int, arms: [String])
    -> TrialSchedule.Plan
  {
    checkNames(entries, "arms", "arm", among: arms)
    let days = entries.wholes("dosingDays").map { TrialSchedule.Timing.days($0 - anchorDay) }
    let weeks = entries.wholes("dosingWeeks").map { TrialSchedule.Timing.days($0 * 7) }
    if !days.isEmpty, !weeks.isEmpty {
      report(entries.place("dosingWeeks"), "give dosingDays or dosingWeeks, not both")
    }
    let visits = entries.all("visits").map { (entry: $0, visit: visit($0, anchorDay: anchorDay)) }
    for (earlier, later) in zip(visits, visits.dropFirst())
    where later.visit.timing.nominalDays < earlier.visit.timing.nominalDays {
      report(
        later.entry.place,
        "'\(TextHygiene.visible(later.visit.name))' is before the visit above it; "
          + "visits stand in order of time")
    }
    return TrialSchedule.Plan(
      name: entries.words("name"), arms: entries.texts("arms"), note: entries.text("note"),
      dosing: days + weeks, visits: visits.map(\.visit))
  }

  private mutating func visit(_ entries: Entries, anchorDay: Int) -> TrialSchedule.Visit {
    let timings = [
      entries.whole("day").map { TrialSchedule.Timing.days($0 - anchorDay) },
      entries.whole("week").map { TrialSchedule.Timing.days($0 * 7) },
      entries.whole("month").map { TrialSchedule.Timing.months($0) },
    ].compactMap { $0 }
    if ["day", "week", "month"].count(where: { entries.node($0) != nil }) != 1 {
      report(entries.place, "a visit needs exactly one of day, week and month")
    }
    let before = entries.whole("before")
    let after = entries.whole("after")
    return TrialSchedule.Visit(
      name: entries.words("name"), timing: timings.first ?? .days(0),
      window: before == nil && after == nil
        ? nil : TrialSchedule.Window(before: before ?? 0, after: after ?? 0),
      assessments: entries.texts("assessments"))
  }

  // MARK: Sites and contacts

  private mutating func location(_ entries: Entries) -> TrialRecord.Location {
    TrialRecord.Location(
      facility: entries.words("facility"), city: entries.text("city"),
      state: entries.text("state"), country: entries.words("country"), zip: entries.text("zip"),
      status: entries.term("status"), contacts: entries.all("contacts").map { contact($0) })
  }

  private mutating func contact(_ entries: Entries) -> TrialRecord.Contact {
    if entries.node("name") == nil, entries.node("affiliation") == nil {
      report(entries.place, "a contact needs a name, an affiliation, or both")
    }
    return TrialRecord.Contact(
      role: entries.term("role") ?? .contact, name: entries.text("name"),
      affiliation: entries.text("affiliation"), phone: entries.text("phone"))
  }

  // MARK: Names that must agree

  private mutating func checkNames(
    _ entries: Entries, _ key: String, _ what: String, among names: [String]
  ) {
    for node in entries.nodes(key) {
      guard let name = node.scalar?.text, !names.contains(name) else { continue }
      report(node.place, unknown(name, what, among: names))
    }
  }

  private func unknown(_ name: String, _ what: String, among names: [String]) -> String {
    let near = nearestNames(to: name, among: names)
    let advice =
      near.isEmpty ? "" : "; did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
    return "there is no \(what) '\(TextHygiene.visible(name))'\(advice)"
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last?.isWhitespace == true { text.removeLast() }
    while text.first?.isWhitespace == true { text.removeFirst() }
    return String(text)
  }
}
