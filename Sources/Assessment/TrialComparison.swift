import Criteria
public import Trials

/// Trials side by side: what is known of each, row by row, and where they differ.
public struct TrialComparison: Sendable {
  /// Rows that belong together.
  public struct Group: Hashable, Sendable {
    /// The heading: `By variable`.
    public let title: String
    /// The rows, each of which says something of one trial at least.
    public let rows: [Row]
  }

  /// One matter, and what each trial says of it.
  public struct Row: Hashable, Sendable {
    /// The matter: `Phase`, `INR`.
    public let label: String
    /// What each trial says, in the order of the trials; nothing where it is silent.
    public let cells: [[Item]]

    /// Whether the trials do not all say the same, in whatever order.
    public var differs: Bool { Set(cells.map { Set($0.map(\.text)) }).count > 1 }
  }

  /// One thing that a trial says.
  public struct Item: Hashable, Sendable {
    /// What it says.
    public let text: String
    /// The criterion that says it.
    public let criterion: Criterion.ID?

    init(_ text: String, criterion: Criterion.ID? = nil) {
      self.text = text
      self.criterion = criterion
    }
  }

  /// The trials.
  public let trials: [TrialRecord]
  /// The rows in their groups.
  public let groups: [Group]

  /// Compares trials.
  ///
  /// - Parameters:
  ///   - trials: The trials.
  ///   - vocabulary: What the names in their criteria mean.
  public init(_ trials: [TrialRecord], vocabulary: PatientVocabulary) {
    self.trials = trials
    let sections = trials.map(\.sections)

    func row(_ label: String, _ items: (TrialRecord) -> [String]) -> Row {
      Row(label: label, cells: trials.map { items($0).map { Item($0) } })
    }
    /// The row of a section, as the details of each trial have it.
    func shown(_ label: String, in section: String) -> Row {
      Row(
        label: label,
        cells: sections.map { sections in
          (sections.first { $0.title == section }?.value(of: label)).map { [Item($0)] } ?? []
        })
    }

    groups = [
      Group(
        title: "Study",
        rows: [
          shown("Status", in: "Status and dates"), shown("Phase", in: "Design"),
          shown("Sponsor", in: "Sponsor"), shown("Participants", in: "Design"),
          shown("Allocation", in: "Design"), shown("Model", in: "Design"),
          shown("Masking", in: "Design"), shown("Start", in: "Status and dates"),
          shown("Completion", in: "Status and dates"), shown("Conditions", in: "Summary"),
        ]),
      Group(
        title: "Treatment",
        rows: [
          shown("Product", in: "Summary"), row("Arms") { $0.arms.map(\.title) },
          row("Doses", \.doseTexts),
          row("Dosing", \.dosingTexts), row("Visits", \.visitTexts),
        ]),
      Group(
        title: "Eligibility",
        rows: [
          shown("Ages", in: "Eligibility"), shown("Sex", in: "Eligibility"),
          row("Inclusion") { ["\($0.criteria(.inclusion).count) criteria"] },
          row("Exclusion") {
            $0.eligibility.exclusionsInSource
              ? ["\($0.criteria(.exclusion).count) criteria"] : ["none in the source"]
          },
        ]),
      Group(title: "By variable", rows: Self.conditions(of: trials, vocabulary)),
      Group(
        title: "By a person",
        rows: [
          Self.judged(.inclusion, "Inclusion", of: trials, vocabulary),
          Self.judged(.exclusion, "Exclusion", of: trials, vocabulary),
        ]),
      Group(
        title: "Outcomes",
        rows: [
          row("Primary") { $0.primaryOutcomes.map(\.inShort) },
          row("Secondary") { $0.secondaryOutcomes.map(\.inShort) },
          row("Other") { $0.otherOutcomes.map(\.inShort) },
        ]),
      Group(title: "Sites", rows: [row("Sites", \.siteTexts)]),
    ].compactMap { group in
      let rows = group.rows.filter { row in row.cells.contains { !$0.isEmpty } }
      return rows.isEmpty ? nil : Group(title: group.title, rows: rows)
    }
  }

  // MARK: Criteria

  /// What the criteria ask of each variable and score, in the order of the form.
  private static func conditions(
    of trials: [TrialRecord], _ vocabulary: PatientVocabulary
  ) -> [Row] {
    var labels: [Int: String] = [:]
    var cells: [Int: [[Item]]] = [:]
    for (place, trial) in trials.enumerated() {
      for criterion in trial.criteria {
        for condition in criterion.compiled(vocabulary)?.conditions ?? [] {
          let subject = condition.subject.index
          labels[subject] = condition.subject.label
          let item = Item(criterion.words(for: condition), criterion: criterion.id)
          var row = cells[subject] ?? trials.map { _ in [] }
          if !row[place].contains(item) { row[place].append(item) }
          cells[subject] = row
        }
      }
    }
    return cells.sorted { $0.key < $1.key }.map { subject, cells in
      Row(label: labels[subject] ?? "", cells: cells)
    }
  }

  /// The criteria that only a person can answer.
  private static func judged(
    _ polarity: Criterion.Polarity, _ label: String, of trials: [TrialRecord],
    _ vocabulary: PatientVocabulary
  ) -> Row {
    Row(
      label: label,
      cells: trials.map { trial in
        trial.criteria(polarity).filter { $0.compiled(vocabulary) == nil }.map {
          Item($0.text, criterion: $0.id)
        }
      })
  }
}

extension Criterion {
  /// The expression; `nil` where there is none that can be read, so that a person must answer.
  fileprivate func compiled(_ vocabulary: PatientVocabulary) -> Expression? {
    expression.flatMap { try? Expression(parsing: $0.text, vocabulary: vocabulary) }
  }

  /// What a condition means for who may take part: `at least 1.5`, `excluded: at least 2`.
  ///
  /// What decides nothing by itself must not read as if it did.
  fileprivate func words(for condition: Condition) -> String {
    switch polarity {
    case .inclusion: condition.isRequired ? condition.words : "in part: \(condition.words)"
    case .exclusion:
      condition.isSufficient
        ? "excluded: \(condition.words)" : "excluded in part: \(condition.words)"
    }
  }
}

extension Section {
  /// The value beside the first label of that name.
  fileprivate func value(of wanted: String) -> String? {
    for case .row(let label, let value, _) in lines where label == wanted { return value }
    return nil
  }
}

extension TrialRecord {
  fileprivate var doseTexts: [String] {
    interventions.flatMap { intervention in
      intervention.doses.map { "\(intervention.name): \($0)" }
    }
  }

  fileprivate var dosingTexts: [String] {
    guard let schedule else { return [] }
    return schedule.plans.map { plan in
      let days = plan.dosing.map { $0.label(anchorDay: schedule.anchorDay) }
      return "\(plan.name): \(days.isEmpty ? "no days" : days.joined(separator: ", "))"
    }
  }

  fileprivate var visitTexts: [String] {
    guard let schedule else { return [] }
    return schedule.plans.map { plan in
      let last = plan.visits.last.map { ", the last: \($0.name)" } ?? ""
      return "\(plan.name): \(plan.visits.count)\(last)"
    }
  }

  fileprivate var siteTexts: [String] {
    locations.map { [$0.facility, $0.city, $0.country].compactMap { $0 }.joined(separator: ", ") }
  }
}

extension TrialRecord.Outcome {
  fileprivate var inShort: String {
    measure + (timeFrames.isEmpty ? "" : " (\(timeFrames.joined(separator: ", ")))")
  }
}
