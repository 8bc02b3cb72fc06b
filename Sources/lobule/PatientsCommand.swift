import ArgumentParser
import Clinic
import Hepatology
import Quantities
import Terminal

/// `lobule patients`: the patients that are kept.
struct PatientsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patients",
    abstract: "Lists, shows, makes, archives, exports and imports patients.",
    discussion: """
      Patients are kept in one file, in an append-only log: nothing that was entered is changed or \
      lost. A patient is a code, never a name.

        lobule patients new
        lobule patients list --find 42
        lobule patients show P-0001
        lobule patients import ward.csv --dry-run
        lobule patients export --format csv --output all.csv
      """,
    subcommands: [List.self, Show.self, New.self, Archive.self, Export.self, Import.self],
    defaultSubcommand: List.self)

  /// `lobule patients list`: the roster.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the patients.")

    @Option(help: "Only patients whose code, number or label begins so, word by word.")
    var find = ""

    @Option(help: "The order: code, lastVisit or age.")
    var by = ListOrder.code

    @Flag(help: "Those that were put away, instead of those that were not.")
    var archived = false

    @Option(help: "At most so many; 0 for all.")
    var limit = 0

    @Option(help: "How the result is written: table or json.")
    var format = Format.table

    @OptionGroup var store: StoreOptions

    mutating func run() throws {
      try withStoreErrors {
        guard let store = try store.openToRead() else { return }
        let entries = try store.roster(
          matching: find, by: by.order, archived: archived, limit: limit > 0 ? limit : -1)
        switch format {
        case .json:
          let json = JSONValue.object(["patients": .array(entries.map(\.json))])
          Output.print(json.text(pretty: true))
        case .table: if !entries.isEmpty { Output.print(RosterTable(entries).text) }
        }
      }
    }
  }

  /// `lobule patients show`: one patient on a page.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows a patient: values, scores with their working, trials.")

    @Argument(help: "The patient's code.")
    var code: CodeArgument

    @Option(help: "The number of the visit; the last one where none is given.")
    var visit: Int?

    @Option(help: "How the result is written: plain, markdown or json.")
    var format = PageFormat.plain

    @OptionGroup var store: StoreOptions
    @OptionGroup var source: TrialSource

    mutating func run() throws {
      try withStoreErrors {
        guard let store = try store.openToRead() else { throw ExitCode(2) }
        let record = try store.record(of: code.code)
        let page = try Pages(source).page(of: record, visit: visit, as: format)
        Output.print(String(page.dropLast()))
      }
    }
  }

  /// `lobule patients new`: a patient, and a visit where values are given.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
      abstract: "Makes a patient and says its code.",
      discussion: """
        With values, each as NAME=VALUE as lobule score takes them, it makes a visit too:

          lobule patients new
          lobule patients new SITE2-017 --date 2026-11-21 age=52 totalBilirubin='214 umol/L'
        """)

    @Argument(help: "The site's own code, and values. The next free code where none is given.")
    var words: [String] = []

    @Option(help: "A text of the site's own; it is not exported unless that is asked for.")
    var label: String?

    @Option(help: "The day of the visit, as in 2026-11-21; today where none is given.")
    var date: String?

    @OptionGroup var store: StoreOptions

    mutating func run() throws {
      try withStoreErrors {
        let fields = words.filter { $0.contains("=") }
        let codes = words.filter { !$0.contains("=") }
        guard codes.count < 2 else {
          throw BadInput("'\(codes[1])' is neither a value as NAME=VALUE nor the only code")
        }
        let day = try ScreeningDate.read(date)
        let inputs = try inputs(of: Patient(fields: fields, on: day))
        let code = try codes.first.map { try PatientCode($0) }
        let record: PatientRecord
        if inputs.isEmpty, date == nil {
          record = try store.open().newPatient(code, label: label)
        } else {
          guard let day else { throw BadInput("the clock does not say what day it is; say --date") }
          record = try store.open().admit(code, label: label, on: day, with: inputs).record
        }
        Output.print(record.code.text)
      }
    }

    private func inputs(of patient: Patient) -> [Input] {
      patient.entered(in: Site.variables).compactMap { variable in
        patient[variable].map { entry in
          .value(
            variable, entry.typed, unit: entry.unit, at: entry.taken.map { Moment($0) })
        }
      }
    }
  }

  /// `lobule patients archive`: puts patients away.
  struct Archive: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "archive",
      abstract: "Puts patients away, or takes them back with --undo; nothing is removed.")

    @Argument(help: "The patients' codes.")
    var codes: [CodeArgument]

    @Flag(help: "Takes them back.")
    var undo = false

    @Option(help: "Why.")
    var reason: String?

    @OptionGroup var store: StoreOptions

    mutating func run() throws {
      try withStoreErrors {
        let codes = try codes.map { try $0.code }
        let store = try store.open()
        // None is put away where one of them is not there.
        for code in codes { _ = try store.record(of: code) }
        for code in codes { _ = try store.archive(code, !undo, reason: reason) }
      }
    }
  }
}

/// The order of the roster.
enum ListOrder: String, ExpressibleByArgument, CaseIterable {
  case code, lastVisit, age

  var order: RosterOrder {
    switch self {
    case .code: .code
    case .lastVisit: .lastVisit
    case .age: .age
    }
  }
}

/// How a page about a patient is written.
enum PageFormat: String, ExpressibleByArgument, CaseIterable {
  case plain, markdown, json
}

/// The roster as a table.
struct RosterTable {
  let entries: [RosterEntry]

  init(_ entries: [RosterEntry]) {
    self.entries = entries
  }

  var text: String {
    let head = ["code", "age", "sex", "visits", "last visit", "values", "label"]
    let rows = entries.map { entry in
      [
        entry.code.text, entry.age.map(String.init) ?? "", entry.sex ?? "", "\(entry.visits)",
        entry.lastVisit?.description ?? "", "\(entry.known)", entry.label ?? "",
      ]
    }
    let widths = head.indices.map { column in
      ([head] + rows).map { $0[column].columns }.max() ?? 0
    }
    return ([head] + rows).map { row in
      row.indices.map { column in
        switch column {
        case 1, 3, 5: row[column].padded(left: widths[column])
        case row.count - 1: row[column]
        default: row[column].padded(to: widths[column])
        }
      }.joined(separator: "  ").trimmingBlanksAtEnd
    }.joined(separator: "\n")
  }
}

extension RosterEntry {
  var json: JSONValue {
    .object([
      "code": .string(code.text), "label": label.map { .string($0) },
      "archived": isArchived ? .bool(true) : nil, "age": age.map { .number($0) },
      "sex": sex.map { .string($0) }, "visits": .number(visits),
      "lastVisit": lastVisit.map { .string("\($0)") }, "values": .number(known),
    ])
  }
}

extension String {
  var trimmingBlanksAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
