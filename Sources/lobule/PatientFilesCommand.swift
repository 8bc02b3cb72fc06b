import ArgumentParser
import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal
import Trials

extension PatientsCommand {
  /// `lobule patients export`: patients as files.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Writes patients as CSV, as JSON, or each on a page.",
      discussion: """
        CSV has one row a visit with what was entered at it, quantities in the unit that heads the \
        column. JSON has everything as it was typed. Both can be imported again. Labels are left \
        out unless --labels asks for them.
        """)

    @Argument(help: "The patients' codes; all that were not put away where none is given.")
    var codes: [CodeArgument] = []

    @Option(help: "How they are written: csv, json, plain or markdown.")
    var format = ExportFormat.csv

    @Option(help: "The file that is made; standard output where none is given.")
    var output: String?

    @Flag(help: "With the labels, which are the site's own texts.")
    var labels = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var source: TrialSource

    mutating func run() throws {
      try withStoreErrors {
        guard let store = try store.openToRead() else { throw ExitCode(2) }
        let wanted = try codes.map { try $0.code }
        for code in wanted { _ = try store.record(of: code) }
        try OutputFile.write(to: output) { write in
          switch format {
          case .csv: try csv(store, wanted, write)
          case .json:
            var json = PatientsJSON(
              program: Lobule.configuration.version, now: .system(), withLabels: labels)
            try write(json.beginning)
            try each(store, wanted) { try write(json.line(of: $0)) }
            try write(json.end)
          case .plain, .markdown:
            let pages = try Pages(source)
            let style = format == .plain ? PageFormat.plain : .markdown
            try visited(store, wanted) { try write(pages.page(of: $0, visit: nil, as: style)) }
          }
        }
      }
    }

    private func csv(_ store: Store, _ wanted: [PatientCode], _ write: (String) throws -> Void)
      throws
    {
      let variables: [Variable]
      if wanted.isEmpty {
        variables = try store.enteredVariables()
      } else {
        variables = try wanted.flatMap { code in
          try store.record(of: code).visits.flatMap { $0.measured.map(\.variable) }
        }
      }
      let csv = PatientsCSV(variables: variables, in: store.variables, withLabels: labels)
      try write(csv.header)
      try visited(store, wanted) { try write(csv.rows(of: $0)) }
    }

    /// Those with a visit; how many have none is said, so that none of them is missed.
    private func visited(
      _ store: Store, _ wanted: [PatientCode], _ body: (PatientRecord) throws -> Void
    ) throws {
      var left = 0
      try each(store, wanted) { record in
        if record.visits.isEmpty { left += 1 } else { try body(record) }
      }
      if left > 0 {
        let who = left == 1 ? "1 patient has" : "\(left) patients have"
        Output.complain(["\(who) no visit and so nothing to write; --format json has them"])
      }
    }

    /// One patient after the other, so that a store of any size goes through.
    private func each(
      _ store: Store, _ wanted: [PatientCode], _ body: (PatientRecord) throws -> Void
    ) throws {
      // The codes first, since another program may make patients meanwhile.
      let codes = try wanted.isEmpty ? store.roster(limit: -1).map(\.code) : wanted
      for code in codes { try body(store.record(of: code)) }
    }
  }

  /// `lobule patients import`: patients from files.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Reads patients from CSV, our own JSON, or FHIR bundles (R4, STU3).",
      discussion: """
        What is there already is not added again: importing a file twice changes nothing. What \
        contradicts the store is listed and left out, unless --replace says why it is right. What is \
        not understood is listed with the reason, and nothing is guessed.

          lobule patients import ward.csv --dry-run
          lobule patients import bundle-1.json bundle-2.json --as SITE2-017

        Exit status: 0 done, 1 something contradicts the store, 2 wrong input.
        """)

    @Argument(help: "Files; FHIR bundles that are given together may hold one patient in parts.")
    var files: [String]

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    @Option(help: "Takes what contradicts the store, for this reason.")
    var replace: String?

    @Option(name: .customLong("as"), help: "The code of the one patient of FHIR bundles.")
    var code: CodeArgument?

    @Option(help: "How the result is written: table or json.")
    var format = Format.table

    @OptionGroup var store: StoreOptions

    mutating func run() throws {
      let report = try withStoreErrors {
        let options = ImportOptions(
          isDryRun: dryRun, replacing: replace, code: try code.map { try $0.code })
        // A rehearsal makes no store where there is none.
        let store = try (dryRun ? store.openToRead() ?? Store.inMemory() : store.open())
        return try store.importFiles(files.map { ImportFile(path: $0) }, options)
      }
      switch format {
      case .json: Output.print(report.json.text(pretty: true))
      case .table: Output.print(ImportText(report).text)
      }
      if !report.conflicts.isEmpty { throw ExitCode(1) }
    }
  }
}

/// How patients are written to files.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, json, plain, markdown
}

/// Pages about patients, screened against the trials.
struct Pages {
  private let trials: [TrialRecord]

  init(_ source: TrialSource) throws {
    let (library, problems) = try source.library()
    Output.complain(problems)
    trials = library.trials
  }

  init(trials: [TrialRecord]) {
    self.trials = trials
  }

  func page(of record: PatientRecord, visit number: Int?, as format: PageFormat) throws -> String {
    if format == .json {
      let document = PatientsJSON.document(
        [record], program: Lobule.configuration.version, now: .system(), withLabels: true)
      return document.text(pretty: true) + "\n"
    }
    let visit = try number.map { number throws -> Visit in
      guard let visit = record.visit(number) else { throw StoreError.noVisit(number, record.code) }
      return visit
    }
    guard let shown = visit ?? record.visits.last,
      let summary = PatientSummary(
        record, visit: shown.number, trials: lines(of: shown, in: record),
        program: Lobule.configuration.version, now: .system())
    else { return "\(record.code) has no visit yet.\n" }
    return summary.text(format == .markdown ? .markdown : .plain)
  }

  private func lines(of visit: Visit, in record: PatientRecord) -> [PatientSummary.TrialLine] {
    let answers = visit.attestations.map { answer in
      (
        Screening.Question(trial: answer.trial, criterion: answer.criterion),
        answer.answer == "yes"
      )
    }
    let screening = Screening(
      of: visit.patient, trials: trials,
      answers: Dictionary(answers) { _, last in last }, on: visit.date,
      vocabulary: PatientVocabulary(record.variables))
    return trials.compactMap { trial in
      guard let verdict = screening.verdict(of: trial.id),
        let screened = screening.screening(of: trial.id)
      else { return nil }
      var reasons: [String]
      switch verdict {
      case .blocked(let ids):
        reasons = ids.map { id in
          let margin = screening.decisiveMargin(of: .init(trial: trial.id, criterion: id))
          return "blocked by \(id)"
            + (margin.map { ": \(screening.sentence(of: $0))" } ?? "")
        }
      case .open(let unknown, let unclear):
        reasons = [
          unknown > 0 ? "\(unknown) unknown" : nil,
          unclear > 0 ? "\(unclear) for a person to decide" : nil,
          screened.unknown.isEmpty
            ? nil : "needs " + screened.unknown.prefix(6).map(\.id).joined(separator: ", "),
        ].compactMap { $0 }
      case .clears(let attest):
        let near = screening.nearLimits(of: trial.id)
        reasons = [
          attest.isEmpty ? nil : "to be attested: " + attest.joined(separator: ", "),
          near.isEmpty ? nil : "near the limit in " + near.joined(separator: ", "),
        ].compactMap { $0 }
      }
      let word =
        switch screened.standing {
        case .notRecruiting: trial.notRecruiting ?? ""
        case .clearsToAttest: "clears, to attest"
        case .clears, .open, .blocked: verdict.name
        }
      return PatientSummary.TrialLine(
        trial: trial.id, title: trial.shortTitle, verdict: word, reasons: reasons)
    }
  }
}

/// What an import did, for a person.
struct ImportText {
  let report: ImportReport

  init(_ report: ImportReport) {
    self.report = report
  }

  var text: String {
    let done = report.isDryRun ? "would be added" : "added"
    var lines = [
      "\(Self.count(report.patients.count, "patient")), \(report.newPatients.count) new; "
        + Self.count(report.newVisits, "new visit"),
      "\(Self.count(report.added, "value")) \(done), \(report.same) there already"
        + (report.older > 0 ? ", \(report.older) older than what is there" : "")
        + (report.replaced > 0 ? ", \(report.replaced) in place of others" : ""),
    ]
    if !report.newPatients.isEmpty, report.newPatients.count <= 20 {
      lines.append("new: " + report.newPatients.map(\.text).joined(separator: ", "))
    }
    if !report.conflicts.isEmpty {
      let count = Self.count(report.conflicts.count, "contradiction")
      lines += ["", "\(count) with the store, left out:"]
      lines += report.conflicts.map { conflict in
        "  \(conflict.patient) \(conflict.date) \(conflict.variable.id): "
          + "\(conflict.present ?? "unknown") there, \(conflict.incoming) in the file"
      }
    }
    if !report.unread.isEmpty {
      lines += ["", "Not understood (\(report.unread.reduce(0) { $0 + $1.count })):"]
      lines += report.unread.map { item in
        "  " + (item.count > 1 ? "\(item.count) × " : "") + "\(item.what): \(item.reason)"
      }
    }
    if report.isCut { lines.append("  … and more") }
    return lines.joined(separator: "\n")
  }
}

extension ImportText {
  private static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)" + (number == 1 ? "" : "s")
  }
}

extension ImportReport {
  var json: JSONValue {
    .object([
      "dryRun": .bool(isDryRun), "patients": .strings(patients.map(\.text)),
      "newPatients": .strings(newPatients.map(\.text)), "newVisits": .number(newVisits),
      "added": .number(added), "same": .number(same), "older": .number(older),
      "replaced": .number(replaced),
      "conflicts": .array(
        conflicts.map { conflict in
          .object([
            "patient": .string(conflict.patient.text), "date": .string("\(conflict.date)"),
            "variable": .string(conflict.variable.id),
            "present": conflict.present.map { .string($0) } ?? .null,
            "incoming": .string(conflict.incoming),
          ])
        }),
      "unread": .array(
        unread.map { item in
          .object([
            "what": .string(item.what), "reason": .string(item.reason),
            "count": .number(item.count),
          ])
        }),
      "cut": isCut ? .bool(true) : nil,
    ])
  }
}
