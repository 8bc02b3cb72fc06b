import Quantities

/// A part of what is shown of a trial, the same in the app and on the command line.
public struct Section: Hashable, Sendable {
  /// The heading: `Arms and doses`.
  public let title: String
  /// What stands under it.
  public let lines: [Line]

  /// A line of a section; it may take several rows of a screen.
  public enum Line: Hashable, Sendable {
    /// A label and its value, and what qualifies it.
    case row(label: String, value: String, note: String? = nil)
    /// Words.
    case paragraph(String)
    /// An item of a list, what it is marked with (the id of a criterion, or nothing), and what is
    /// said about it in a quieter tone.
    case bullet(mark: String, text: String, notes: [String] = [])

    /// All of its words, in the order in which they stand.
    public var texts: [String] {
      switch self {
      case .row(let label, let value, let note): [label, value] + (note.map { [$0] } ?? [])
      case .paragraph(let text): [text]
      case .bullet(let mark, let text, let notes): [mark, text] + notes
      }
    }
  }
}

extension TrialRecord {
  /// What is shown of the trial, in order; sections without a line are left out.
  public var sections: [Section] {
    [
      Section(title: "Summary", lines: summaryLines),
      Section(title: "Status and dates", lines: statusLines),
      Section(title: "Eligibility", lines: eligibilityLines),
      Section(title: "Inclusion criteria", lines: criteria(.inclusion).map(line)),
      Section(title: "Exclusion criteria", lines: exclusionLines),
      Section(title: "Arms and doses", lines: armLines),
      Section(title: "Schedule", lines: schedule.map(scheduleLines) ?? []),
      Section(title: "Outcomes", lines: outcomeLines),
      Section(title: "Sites and contacts", lines: siteLines),
      Section(title: "Design", lines: designLines),
      Section(title: "Sponsor", lines: sponsorLines),
      Section(title: "Sources", lines: sourceLines),
      Section(
        title: "Contradictions in the source",
        lines: contradictions.map {
          .bullet(mark: "", text: $0.text, notes: $0.location.map { ["In: \($0)"] } ?? [])
        }),
    ].filter { !$0.lines.isEmpty }
  }

  /// A row with the note of where its fact was found, if that is not the source.
  private func row(_ label: String, _ value: String?, of field: String, note: String? = nil)
    -> [Section.Line]
  {
    guard let value, !value.isEmpty else { return [] }
    let notes = [note, found(field)].compactMap { $0 }
    return [
      .row(label: label, value: value, note: notes.isEmpty ? nil : notes.joined(separator: "; "))
    ]
  }

  private func found(_ field: String) -> String? { origin(of: field).map { "found: \($0)" } }

  /// Where the items of a list were found, or else a part of each of them.
  private func found(_ list: String, _ part: String) -> [String] {
    [found(list) ?? found("\(list).\(part)").map { "\(part) \($0)" }].compactMap { $0 }
  }

  private var summaryLines: [Section.Line] {
    let kind = product.map { product in
      ([product.kind, product.origin.map { "from \($0)" }, product.code].compactMap { $0 })
        .joined(separator: ", ")
    }
    return [.paragraph(summary)]
      + row("Title", briefTitle, of: "briefTitle")
      + row("Official title", officialTitle, of: "officialTitle")
      + row("Identifier", id, of: "id")
      + row("Other identifiers", other(orgStudyId, secondaryIds), of: "orgStudyId")
      + row("Conditions", conditions.joined(separator: ", "), of: "conditions")
      + row("Keywords", keywords.joined(separator: ", "), of: "keywords")
      + row("Product", kind, of: "product")
  }

  private func other(_ first: String?, _ rest: [String]) -> String {
    ((first.map { [$0] } ?? []) + rest).joined(separator: ", ")
  }

  private var statusLines: [Section.Line] {
    let statuses = status.reversed().map { entry in
      Section.Line.row(
        label: "Status",
        value: entry.value.label + (entry.asOf.map { " (\($0))" } ?? ""),
        note: entry.source.map { "found: \($0)" })
    }
    func milestone(_ label: String, _ date: MilestoneDate?, _ field: String) -> [Section.Line] {
      row(
        label,
        date.map { "\($0.date)" + ($0.type == .unknown ? "" : ", \($0.type.label)") }, of: field)
    }
    return statuses
      + milestone("Start", startDate, "startDate")
      + milestone("Primary completion", primaryCompletionDate, "primaryCompletionDate")
      + milestone("Completion", completionDate, "completionDate")
      + row("First submitted", firstSubmitted?.description, of: "firstSubmitted")
      + row("First posted", firstPosted?.description, of: "firstPosted")
      + row("Last update posted", lastUpdatePosted?.description, of: "lastUpdatePosted")
      + row("Verified", verified?.description, of: "verified")
  }

  private var sponsorLines: [Section.Line] {
    func name(_ sponsor: Sponsor) -> String {
      sponsor.name + (sponsor.agencyClass.map { " (\($0.label))" } ?? "")
    }
    func yesNo(_ flag: Bool?) -> String? { flag.map { $0 ? "yes" : "no" } }
    let responsible = responsibleParty.map { party in
      [
        party.name, party.title, party.affiliation,
        party.type == .unknown || party.title?.lowercased() == party.type.label
          ? nil : party.type.label,
      ].compactMap { $0 }.joined(separator: ", ")
    }
    return row("Sponsor", leadSponsor.map(name), of: "leadSponsor")
      + row("Collaborators", collaborators.map(name).joined(separator: "; "), of: "collaborators")
      + row("Responsible", responsible, of: "responsibleParty")
      + row("FDA-regulated drug", yesNo(isFdaRegulatedDrug), of: "isFdaRegulatedDrug")
      + row("FDA-regulated device", yesNo(isFdaRegulatedDevice), of: "isFdaRegulatedDevice")
      + row("Data monitoring committee", yesNo(oversightHasDmc), of: "oversightHasDmc")
      + row("Shares participants' data", ipdSharing?.label, of: "ipdSharing")
  }

  private var designLines: [Section.Line] {
    let masked = design.whoMasked.map(\.label).joined(separator: ", ")
    let masking = design.masking.map { $0.label + (masked.isEmpty ? "" : " (\(masked))") }
    let count = design.enrollment.map {
      "\($0)" + (design.enrollmentType == .unknown ? "" : ", \(design.enrollmentType.label)")
    }
    return row("Study type", studyType?.label, of: "studyType")
      + row("Phase", phaseLabel, of: "phases")
      + row("Allocation", design.allocation?.label, of: "design.allocation")
      + row("Model", design.interventionModel?.label, of: "design.interventionModel")
      + row("Masking", masking, of: "design.masking")
      + row("Purpose", design.primaryPurpose?.label, of: "design.primaryPurpose")
      + row("Participants", count, of: "design.enrollment")
      + (design.description.map { [.paragraph($0)] } ?? [])
  }

  /// The phases in one word: `1/2`, `early 1`; empty where none is known.
  public var phaseLabel: String { phases.map(\.label).joined(separator: "/") }

  private var armLines: [Section.Line] {
    arms.map { arm in
      .bullet(
        mark: "", text: arm.title,
        notes: [arm.description].compactMap { $0 }
          + (arm.interventions.isEmpty
            ? [] : ["Receives: \(arm.interventions.joined(separator: ", "))"])
          + found("arms", "type"))
    }
      + interventions.map { intervention in
        .bullet(
          mark: "", text: "\(intervention.name) (\(intervention.type.label))",
          notes: [intervention.description].compactMap { $0 }
            + intervention.doses.flatMap { dose in
              ["Dose: \(dose)"] + unclear(dose.ambiguity, dose.reading)
            } + found("interventions", "type"))
      }
  }

  private func unclear(_ ambiguity: String?, _ reading: String?) -> [String] {
    [ambiguity.map { "Unclear: \($0)" }, reading.map { "Read as: \($0)" }].compactMap { $0 }
  }

  private var eligibilityLines: [Section.Line] {
    let ages =
      switch (eligibility.minimumAge, eligibility.maximumAge) {
      case (let low?, let high?) where low.unit == high.unit: "\(low.count) to \(high)"
      case (let low?, let high?): "\(low) to \(high)"
      case (let low?, nil): "\(low) and older"
      case (nil, let high?): "up to \(high)"
      case (nil, nil): "not stated"
      }
    return row("Ages", ages, of: "eligibility.minimumAge")
      + row("Sex", eligibility.sex?.label ?? "not stated", of: "eligibility.sex")
      + row(
        "Healthy volunteers",
        eligibility.healthyVolunteers.map { $0 ? "yes" : "no" } ?? "not stated",
        of: "eligibility.healthyVolunteers")
  }

  private var exclusionLines: [Section.Line] {
    eligibility.exclusionsInSource
      ? criteria(.exclusion).map(line) : [.paragraph("No exclusion criteria in the source.")]
  }

  private func line(_ criterion: Criterion) -> Section.Line {
    var notes = unclear(criterion.ambiguity, criterion.reading)
    if let conflict = criterion.conflict {
      notes.append("Contradicts \(conflict.with.joined(separator: ", ")): \(conflict.how)")
    }
    if let expression = criterion.expression {
      let text = expression.text.split { $0.isWhitespace }.joined(separator: " ")
      notes.append("Computed as: \(text)")
    }
    switch criterion.attest {
    case .never: break
    case .always: notes.append("A person must answer.")
    case .whenMet: notes.append("A person decides where this holds.")
    }
    return .bullet(mark: criterion.id, text: criterion.text, notes: notes)
  }

  private var outcomeLines: [Section.Line] {
    func lines(_ outcomes: [Outcome], _ rank: String, _ field: String) -> [Section.Line] {
      outcomes.enumerated().map { index, outcome in
        .bullet(
          mark: "\(rank) \(index + 1)", text: outcome.measure,
          notes: [
            outcome.timeFrames.isEmpty ? nil : outcome.timeFrames.joined(separator: ", "),
            outcome.description, index == 0 ? found(field) : nil,
          ].compactMap { $0 })
      }
    }
    return lines(primaryOutcomes, "Primary", "primaryOutcomes")
      + lines(secondaryOutcomes, "Secondary", "secondaryOutcomes")
      + lines(otherOutcomes, "Other", "otherOutcomes")
  }

  private var siteLines: [Section.Line] {
    func line(_ contact: Contact) -> String {
      [contact.name, contact.role.label, contact.affiliation, contact.phone]
        .compactMap { $0 }.joined(separator: ", ")
    }
    return locations.map { location in
      .bullet(
        mark: "",
        text: [location.facility, location.city, location.state, location.zip, location.country]
          .compactMap { $0 }.joined(separator: ", ")
          + (location.status.map { " (\($0.label))" } ?? ""),
        notes: location.contacts.map(line))
    } + contacts.map { .bullet(mark: "", text: line($0)) }
  }

  private var sourceLines: [Section.Line] {
    row("Registry", link, of: "link") + row("Source", source, of: "source")
      + found.map {
        .bullet(
          mark: "", text: "Found elsewhere: \($0.fields.joined(separator: ", "))",
          notes: [$0.source])
      }
      + references.map {
        .bullet(
          mark: "", text: "\($0.citation) (\($0.type.label))",
          notes: $0.pmid.map { ["PubMed \($0)"] } ?? [])
      }
  }
}

extension TrialRecord.Arm {
  /// The label, and what it is in the comparison and how many it has where that is known:
  /// `Cells (experimental, n = 20)`.
  public var title: String {
    let known = [type?.label, count.map { "n = \($0)" }].compactMap { $0 }
    return known.isEmpty ? label : "\(label) (\(known.joined(separator: ", ")))"
  }
}

extension TrialRecord {
  private func scheduleLines(_ schedule: TrialSchedule) -> [Section.Line] {
    row("Counts from", schedule.anchor, of: "schedule", note: "day \(schedule.anchorDay)")
      + (schedule.note.map { [.paragraph($0)] } ?? [])
      + schedule.plans.map { plan in
        let arms = plan.arms.isEmpty ? "" : " (\(plan.arms.joined(separator: ", ")))"
        let dosing = plan.dosing.map { $0.label(anchorDay: schedule.anchorDay) }
        return .bullet(
          mark: "", text: plan.name + arms,
          notes: [plan.note].compactMap { $0 }
            + [
              dosing.isEmpty ? "No days of treatment." : "Doses: " + dosing.joined(separator: ", ")
            ]
            + (plan.visits.isEmpty
              ? [] : ["Visits: " + plan.visits.map(label).joined(separator: "; ")]))
      }
  }

  private func label(_ visit: TrialSchedule.Visit) -> String {
    let window = visit.window.map { " (−\($0.before)/+\($0.after) days)" } ?? ""
    let done = visit.assessments.isEmpty ? "" : ": " + visit.assessments.joined(separator: ", ")
    return visit.name + window + done
  }
}

extension TrialSchedule.Timing {
  /// `day 14`, as a trial counts whose anchor has that number; `month 6`.
  public func label(anchorDay: Int) -> String {
    switch self {
    case .days(let count): "day \(count + anchorDay)"
    case .months(let count): "month \(count)"
    }
  }
}

extension TrialRecord.Dose: CustomStringConvertible {
  /// One line: `2 × 10¹¹ particles per dose, 100 mL normal saline, days 1, 4, 7 and 10`.
  public var description: String {
    var amounts = "amount not stated"
    if let amount {
      amounts = "\(Self.short(amount)) \(unit ?? kind.rawValue)"
      if !alternatives.isEmpty {
        amounts += " (or \(alternatives.map(Self.short).joined(separator: ", ")))"
      }
    }
    if let per { amounts += " per \(per)" }
    return [amounts, volume.map { "in \($0)" }, route, duration.map { "over \($0)" }, schedule]
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// Powers of ten from a million up.
  static func short(_ amount: FixedDecimal) -> String {
    guard amount >= 1_000_000 else { return "\(amount)" }
    var mantissa = amount
    var power = 0
    while mantissa >= 10, let next = mantissa.divided(by: 10) {
      mantissa = next
      power += 1
    }
    let digits = "\(power)".compactMap { $0.wholeNumberValue }.map { Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0] }
    return "\(mantissa) × 10" + String(digits)
  }
}
