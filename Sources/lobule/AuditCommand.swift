import ArgumentParser
import Clinic
import Quantities
import Terminal

/// `lobule audit`: what was entered, by whom and when, and whether it is still so.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Checks the log of what was entered, and shows a patient's part of it.",
    subcommands: [Verify.self, Show.self])

  /// `lobule audit verify` asks whether every row is as it was written.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Finds every row that was altered, removed or moved.",
      discussion: """
        Each row of the log carries a digest over itself and the row ahead of it. The digest of the \
        last row, written down elsewhere, proves later with --head that nothing up to there was \
        rewritten.

        Exit status: 0 sound, 1 not, 2 the store cannot be read.
        """)

    @Option(help: "A digest that an earlier check gave.")
    var head: String?

    @Option(help: "How the result is written: table or json.")
    var format = Format.table

    @OptionGroup var store: StoreOptions

    mutating func run() throws {
      let expected = try head.map { text throws -> Digest in
        guard let digest = Digest(text) else {
          throw BadInput("--head takes the sixty-four digits that an earlier check gave")
        }
        return digest
      }
      let report = try withStoreErrors {
        guard let store = try store.openToRead() else { throw ExitCode(2) }
        return try store.verify(expecting: expected)
      }
      switch format {
      case .json: Output.print(report.json.text(pretty: true))
      case .table:
        let verdict =
          report.isSound
          ? "sound: \(report.rows) rows" : "NOT SOUND: \(report.findings.count) findings"
        let findings = report.findings.map { "  \($0)" } + (report.isCut ? ["  … and more"] : [])
        Output.print(([verdict] + findings + ["head \(report.head)"]).joined(separator: "\n"))
      }
      if !report.isSound { throw ExitCode(1) }
    }
  }

  /// `lobule audit show`: the history of a patient.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows what was entered about a patient: who, when, what, old, new, why.")

    @Argument(help: "The patient's code.")
    var code: CodeArgument

    @Option(help: "How the result is written: table or json.")
    var format = Format.table

    @OptionGroup var store: StoreOptions

    mutating func run() throws {
      try withStoreErrors {
        guard let store = try store.openToRead() else { throw ExitCode(2) }
        let rows = try store.history(of: code.code)
        switch format {
        case .json:
          let json = JSONValue.object(["history": .array(rows.map(\.json))])
          Output.print(json.text(pretty: true))
        case .table: Output.print(HistoryTable(rows).text)
        }
      }
    }
  }
}

/// The history of a patient, a line a row.
struct HistoryTable {
  let rows: [Observation]

  init(_ rows: [Observation]) {
    self.rows = rows
  }

  var text: String {
    let number = rows.map { "\($0.sequence)".count }.max() ?? 0
    let author = rows.map(\.author.columns).max() ?? 0
    let old = Dictionary(rows.map { ($0.sequence, $0) }) { first, _ in first }
    return rows.map { row in
      let place = row.visit.map { "visit \($0)" } ?? ""
      return [
        "\(row.sequence)".padded(left: number), "\(row.enteredAt)", row.author.padded(to: author),
        place.padded(to: 8), Self.what(row, insteadOf: row.corrects.flatMap { old[$0] }),
      ].joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func what(_ row: Observation, insteadOf old: Observation?) -> String {
    var text = words(row)
    switch row.kind {
    case .undo, .redo: text += row.corrects.map { " of row \($0)" } ?? ""
    case .value, .cleared, .redated, .attested:
      if let old { text += " (was \(old.kind == .cleared ? "unknown" : value(old)))" }
    default: break
    }
    if let moment = row.holdsAt { text += ", of \(moment)" }
    if let reason = row.reason { text += ", because: \(reason)" }
    if let source = row.source { text += ", from \(source)" }
    if let clock = row.clock { text += ", while the clock said \(clock)" }
    return text
  }

  private static func words(_ row: Observation) -> String {
    let field = row.field ?? ""
    switch row.kind {
    case .created: return "created as \(row.text ?? "")"
    case .archived: return "archived"
    case .restored: return "restored"
    case .visit: return "of \(row.text ?? "")"
    case .redated: return "is of \(row.text ?? "")"
    case .value: return "\(field) = \(value(row))"
    case .cleared: return "\(field) is unknown"
    case .reviewed: return "\(field) reviewed, none but what is entered"
    case .attested: return "\(field): \(row.text.flatMap { $0.isEmpty ? nil : $0 } ?? "taken back")"
    case .undo: return "undo"
    case .redo: return "redo"
    }
  }

  private static func value(_ row: Observation) -> String {
    let text = row.text ?? ""
    // A text that names its unit has it already.
    guard let unit = row.unit, unit != "1", text.last?.isNumber == true else { return text }
    return "\(text) \(unit)"
  }
}

extension Observation {
  var json: JSONValue {
    .object([
      "sequence": .number(sequence), "change": .number(change), "kind": .string(kind.rawValue),
      "visit": visit.map { .number($0) }, "field": field.map { .string($0) },
      "text": text.map { .string($0) }, "unit": unit.map { .string($0) },
      "holdsAt": holdsAt.map { .string("\($0)") }, "enteredAt": .string("\(enteredAt)"),
      "clock": clock.map { .string("\($0)") }, "author": .string(author),
      "reason": reason.map { .string($0) }, "source": source.map { .string($0) },
      "corrects": corrects.map { .number($0) }, "digest": .string("\(digest)"),
    ])
  }
}

extension AuditReport {
  var json: JSONValue {
    .object([
      "sound": .bool(isSound), "rows": .number(rows), "head": .string("\(head)"),
      "findings": .strings(findings.map(\.description)), "cut": isCut ? .bool(true) : nil,
    ])
  }
}
