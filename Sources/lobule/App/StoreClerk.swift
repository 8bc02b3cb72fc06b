import ArgumentParser
import Clinic
import Glibc
import Hepatology
import Quantities
import Trials
import Workbench

/// Does what the app asks of the store, and says what became of it.
///
/// The store is opened with the first thing that is asked of it. Where it cannot be, the next thing
/// tries again: a disk that was full or not mounted may be there by then.
final class StoreClerk {
  private let location: Store.Location
  private let author: String
  private let variables: VariableTable
  private let trials: [TrialRecord]
  private let time: () -> String
  private let keepsDrafts: Bool
  private var store: Store?
  private var journal: DraftJournal?
  /// Tells when the store is written to; `nil` where it has to be asked.
  private(set) var watch: StoreWatch?

  /// A clerk for a store that need not exist yet.
  ///
  /// - Parameters:
  ///   - location: Where the store lies, or is to lie.
  ///   - author: Who enters what is entered.
  ///   - variables: The variables that there are.
  ///   - trials: The trials that a patient is screened for on a page about him.
  ///   - keepsDrafts: Whether half-typed fields are kept, and those of others recovered.
  ///   - time: The time of the day where the user is.
  init(
    _ location: Store.Location, author: String, variables: VariableTable,
    trials: [TrialRecord], keepsDrafts: Bool = true,
    time: @escaping () -> String = { Clock.time }
  ) {
    self.keepsDrafts = keepsDrafts
    self.location = location
    self.author = author
    self.variables = variables
    self.trials = trials
    self.time = time
  }

  /// A clerk for a store that is open.
  init(_ store: Store, trials: [TrialRecord], time: @escaping () -> String = { Clock.time }) {
    location = store.location
    author = store.author
    variables = store.variables
    keepsDrafts = true
    self.trials = trials
    self.time = time
    self.store = store
  }

  /// Does what is asked; `nil` where there is nothing to say of it.
  ///
  /// - Parameter pause: Called now and then while a file is imported, with how many visits were taken
  ///   so far; `false` stops the import.
  func answer(
    _ request: StoreRequest, pause: (Int) -> Bool = { _ in true }
  ) -> StoreAnswer? {
    do throws(StoreError) {
      return try perform(request, pause)
    } catch {
      return .failed(request, error)
    }
  }

  /// Waits until the half-typed field is on the disk; for when the keyboard rests.
  func rest() {
    // A power cut loses what was typed since, which is what it would have lost anyway.
    try? journal?.settle()
  }

  private func perform(
    _ request: StoreRequest, _ pause: (Int) -> Bool
  ) throws(StoreError) -> StoreAnswer? {
    switch request {
    case .open: return .opened(try open())
    case .roster(let query):
      let store = try opened()
      return .roster(
        query,
        try store.roster(
          matching: query.text, by: query.order, archived: query.archived,
          skipping: query.skipping, limit: query.limit),
        count: try store.rosterCount(matching: query.text, archived: query.archived))
    case .glance(let codes):
      let store = try opened()
      var records: [PatientRecord] = []
      for code in codes { records.append(try store.record(of: code)) }
      return .glance(records)
    case .show(let code): return .shown(try opened().record(of: code))
    case .companion(let code): return .companion(try opened().record(of: code))
    case .change(let change):
      return .saved(change, try write(change, to: opened()), at: time())
    case .draft(let draft):
      if let draft { try journal?.keep(draft) } else { try journal?.discard() }
      return nil
    case .news:
      rest()
      return try store?.news().map { .news($0.patients) }
    case .rehearse(let path):
      return .rehearsed(path: path, try report(path, ImportOptions(isDryRun: true), pause))
    case .take(let path, let reason):
      return .imported(path: path, try report(path, ImportOptions(replacing: reason), pause))
    case .export(let code, let visit, let path):
      try save(try export(code, visit, as: path), to: path)
      return .written(path: path)
    case .elsewhere(let code, let day, let inputs, let path):
      let text = UnsavedJSON.text(
        inputs, of: code, on: day, program: Lobule.configuration.version, now: .system())
      try save(text, to: path)
      return .written(path: path)
    }
  }

  private func write(_ change: PatientChange, to store: Store) throws(StoreError) -> Receipt {
    switch change {
    case .admit(let code, let day, let inputs): try store.admit(code, on: day, with: inputs)
    case .newVisit(let code, let day, let inputs, let seen):
      try store.newVisit(on: day, for: code, with: inputs, seen: seen)
    case .commit(let code, let visit, let inputs, let reason, let seen):
      try store.commit(inputs, to: code, visit: visit, reason: reason, seen: seen)
    case .undo(let code, let seen): try store.undo(code, seen: seen)
    case .redo(let code, let seen): try store.redo(code, seen: seen)
    case .archive(let code, let isArchived): try store.archive(code, isArchived)
    }
  }

  // MARK: The store

  private func opened() throws(StoreError) -> Store {
    if store == nil { _ = try open() }
    guard let store else { throw .refused("the store is not open") }
    return store
  }

  private func open() throws(StoreError) -> StoreOpening {
    var remarks: [String] = []
    if store == nil {
      let opened = try Store.open(location, author: author, variables: variables)
      remarks = opened.remarks
      store = opened
      if case .file(let path) = location { watch = StoreWatch(path) }
    }
    var recovered: [Draft] = []
    if keepsDrafts, journal == nil, case .file(let path) = location {
      do throws(StoreError) {
        let journal = try DraftJournal(beside: path)
        self.journal = journal
        recovered = journal.recovered
      } catch {
        remarks.append("half-typed fields will not outlast a crash: \(error)")
      }
    }
    return StoreOpening(isMemory: location == .memory, remarks: remarks, recovered: recovered)
  }

  // MARK: Files

  private func report(
    _ path: String, _ options: ImportOptions, _ pause: (Int) -> Bool
  ) throws(StoreError) -> ImportReport {
    let store = try opened()
    return try inWords {
      try store.importFiles([ImportFile(path: Self.expanded(path))], options) { visits in
        guard !pause(visits) else { return }
        throw StoreError.refused(
          options.isDryRun
            ? "the file was not read to its end; nothing was written"
            : "the import was stopped; its first \(visits) visits are in the store, and importing "
              + "the file again adds the others")
      }
    }
  }

  private func export(_ code: PatientCode, _ visit: Int?, as path: String) throws(StoreError)
    -> String
  {
    let record = try opened().record(of: code)
    let pages = Pages(trials: trials)
    return try inWords {
      switch path.split(separator: ".").last?.lowercased() {
      case "md": return try pages.page(of: record, visit: visit, as: .markdown)
      case "txt": return try pages.page(of: record, visit: visit, as: .plain)
      case "json":
        let document = PatientsJSON.document(
          [record], program: Lobule.configuration.version, now: .system())
        return document.text(pretty: true) + "\n"
      case "csv":
        let csv = PatientsCSV(
          variables: record.visits.flatMap { $0.measured.map(\.variable) },
          in: record.variables)
        return csv.header + csv.rows(of: record)
      default: throw StoreError.refused("the file must end in .md, .txt, .csv or .json")
      }
    }
  }

  private func save(_ text: String, to path: String) throws(StoreError) {
    try inWords {
      try OutputFile.write(to: Self.expanded(path)) { write in try write(text) }
    }
  }

  /// What goes wrong with files, as the app shows it.
  private func inWords<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
    do {
      return try body()
    } catch {
      let words = (error as? BadInput)?.lines.joined(separator: " ") ?? "\(error)"
      throw (error as? StoreError) ?? .refused(words)
    }
  }

  /// A path as a shell would take it: `~/ward.csv`.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}
