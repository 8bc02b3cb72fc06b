import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// What the store answers.
extension Workbench {
  /// Takes what became of something that was asked of the store, and says what is to be done next.
  public mutating func handle(_ answer: StoreAnswer) -> [Effect] {
    var effects = take(answer)
    settle()
    effects += upkeep()
    return effects
  }

  private mutating func take(_ answer: StoreAnswer) -> [Effect] {
    switch answer {
    case .opened(let opening): return take(opening)
    case .roster(let query, let entries, let count): roster.take(query, entries, count: count)
    case .glance(let records): glance(records)
    case .shown(let record): show(record)
    case .companion(let record): scores.trend.compare(with: record)
    case .saved(let change, let receipt, let time): return take(receipt, of: change, at: time)
    case .news(let codes):
      roster.reload(codes)
      let companion = scores.trend.companion?.code
      return [chart?.code].compactMap { $0 }.filter(codes.contains).map { .store(.show($0)) }
        + [companion].compactMap { $0 }.filter(codes.contains).map { .store(.companion($0)) }
    case .rehearsed(let path, let report), .imported(let path, let report):
      message = nil
      overlay = .importing(ImportOverlay(path: path, report: report))
      if !report.isDryRun {
        roster.reload(report.patients)
        if let chart, report.patients.contains(chart.code) { return [.store(.show(chart.code))] }
      }
    case .written(let path): message = "Written to \(path.displayable)."
    case .failed(let request, let error): return take(error, of: request)
    }
    return []
  }

  private mutating func take(_ opening: StoreOpening) -> [Effect] {
    roster.access = .open
    isInMemory = opening.isMemory
    // What was typed before there was a journal is in none yet.
    saving.draft = nil
    notices += opening.remarks.map { "\($0.capitalizedFirst)." }
    guard let draft = opening.recovered.first else { return [] }
    let isUntouched = chart == nil && form.patient.isEmpty && form.editor == nil
    guard isUntouched else {
      message = recovery(of: draft, in: opening) + " It was left out of its field."
      return []
    }
    guard let code = try? PatientCode(draft.patient) else {
      if draft.patient.isEmpty, form.restore(draft) {
        saving.draft = draft
        place = .patient
        message = recovery(of: draft, in: opening) + " Enter keeps it."
      }
      return []
    }
    saving.recovering = draft
    saving.draft = draft
    message = recovery(of: draft, in: opening) + " Enter keeps it, Esc drops it."
    return [.store(.show(code))]
  }

  private func recovery(of draft: Draft, in opening: StoreOpening) -> String {
    let name = variables[draft.field]?.label ?? draft.field.displayable
    let whose = draft.patient.isEmpty ? "" : " of \(draft.patient.displayable)"
    let others = opening.recovered.count - 1
    let more = others > 0 ? " (\(others) more: open lobule again)" : ""
    return "Recovered: \(name) “\(draft.text.displayable)”\(whose), not saved yet.\(more)"
  }

  // MARK: Patients

  /// Computes what the roster shows of patients beside what the store says.
  private mutating func glance(_ records: [PatientRecord]) {
    for record in records {
      if let figures = RosterFigures(record, favourites: scores.favourites, screening: &glancing) {
        roster.keep(figures, of: record.code)
      } else {
        roster.giveUp([record.code])
      }
    }
  }

  private mutating func show(_ record: PatientRecord) {
    guard let chart, chart.code == record.code else {
      open(record)
      return
    }
    let news = record.observations.filter { $0.sequence > chart.record.sequence }
    let typed = form.editor == nil ? nil : form.focus
    adopt(record)
    let others = news.filter { !saving.own.contains($0.sequence) }
    guard let author = others.last?.author.displayable else { return }
    if let typed, others.contains(where: { $0.field == typed.id && $0.visit == chart.number }) {
      let now = form.saved[typed]?.typed.displayable ?? "unknown"
      message = "\(author) entered \(typed.label) \(now) meanwhile; Enter puts yours in its place."
    } else {
      message = "Entered by \(author) meanwhile: \(others.words(variables))."
    }
  }

  /// Opens a patient on the form, where he was or at the field that is recovered.
  private mutating func open(_ record: PatientRecord) {
    let draft = saving.recovering
    saving.recovering = nil
    saving.savedAt = nil
    let chart = Chart(record, visit: draft?.visit)
    self.chart = chart
    form.open(chart.visit)
    form.home()
    screenVisit()
    place = .patient
    if let draft {
      if !form.restore(draft) { saving.draft = nil }
    } else if let visit = chart.visit, let today, visit.date < today {
      message = "This visit was on \(dates.text(visit.date)); \(visitKey) begins one of today."
    }
  }

  /// Takes what has become of the patient that is open; what was not saved stays on the form.
  private mutating func adopt(_ record: PatientRecord, written: Set<Variable.ID>? = nil) {
    let before = chart?.number
    if chart == nil { chart = Chart(record) } else { chart?.update(record) }
    if before != nil, chart?.number != before {
      form.open(chart?.visit)
    } else {
      form.refresh(chart?.visit, written: written ?? [])
    }
    screenVisit(keeping: written == nil)
  }

  /// Screens the visit that is shown, on its day and with its answers.
  ///
  /// - Parameter keeping: Whether answers that are not saved yet stay.
  mutating func screenVisit(keeping: Bool = false) {
    let given = screening?.answers ?? answered
    let before = answered
    answered = (chart?.visit?.attestations ?? []).answers
    screening?.screen(on: form.day)
    screening?.take(answered)
    if keeping {
      for question in Set(given.keys).union(before.keys) where given[question] != before[question] {
        screening?.answer(question, given[question])
      }
    }
    results = []
  }

  /// Shows another visit of the patient.
  mutating func showVisit(_ number: Int) {
    chart?.show(number)
    form.open(chart?.visit)
    screenVisit()
  }

  private mutating func take(
    _ receipt: Receipt, of change: PatientChange, at time: String
  ) -> [Effect] {
    saving.isUnderWay = false
    saving.failure = nil
    saving.tried = []
    saving.own.formUnion(receipt.added.map(\.sequence))
    roster.reload([receipt.record.code])
    var written: [Input] = []
    switch change {
    case .archive(_, let isArchived):
      message =
        isArchived
        ? "\(receipt.record.code) was put away; A shows the archive."
        : "\(receipt.record.code) is back among the patients."
      if chart?.code == receipt.record.code { chart?.update(receipt.record) }
      return []
    case .undo, .redo: tellOfUndo(receipt, change)
    case .admit(_, _, let inputs):
      written = inputs
      if inputs.isEmpty { open(receipt.record) }
    case .newVisit(_, _, let inputs, _):
      written = inputs
      if inputs.isEmpty {
        open(receipt.record)
        let number = receipt.added.compactMap(\.visit).last
        if let number { showVisit(number) }
        message =
          receipt.record.visits.count > 1
          ? "Values of earlier visits stand as not measured again (·); type what is new." : nil
      }
    case .commit(_, _, let inputs, _, _): written = inputs
    }
    saving.savedAt = time
    adopt(receipt.record, written: Set(written.compactMap(\.variable?.id)))
    if let other = receipt.overtaken.last {
      message =
        "\(other.author.displayable) had entered \(receipt.overtaken.words(variables)) meanwhile; "
        + "yours holds now, both are in the log."
    } else if let clock = receipt.clock {
      message = "Saved, but the clock says \(clock), before the last entry: was it set back?"
    }
    guard let then = saving.then, pending.isEmpty else { return [] }
    saving.then = nil
    return perform(then)
  }

  private mutating func tellOfUndo(_ receipt: Receipt, _ change: PatientChange) {
    let isUndo = if case .undo = change { true } else { false }
    let rows = isUndo ? receipt.record.redoable : receipt.record.undoable
    message = "\(isUndo ? "Undone" : "Done again"): \(rows.words(variables))."
    guard let row = rows.last(where: { $0.visit != nil }) else { return }
    adopt(receipt.record)
    if let number = row.visit, number != chart?.number, receipt.record.visit(number) != nil {
      showVisit(number)
    }
    if row.kind == .value || row.kind == .cleared, let field = row.field.flatMap({ variables[$0] }),
      form.isInField
    {
      form.go(to: field)
    }
  }

  // MARK: Failures

  private mutating func take(_ error: StoreError, of request: StoreRequest) -> [Effect] {
    let words = "\(error)".capitalizedFirst
    if case .reading = overlay { overlay = nil }
    switch request {
    case .open:
      roster.access = .failed(error)
      message = "Patients cannot be kept now: \(error)."
    case .roster, .news: roster.access = .failed(error)
    case .glance(let codes): roster.giveUp(codes)
    case .draft: message = "The half-typed field would not outlast a crash: \(error)."
    case .change(.undo), .change(.redo), .change(.archive):
      saving.isUnderWay = false
      message = "\(words)."
      if case .overtaken(let code) = error { return [.store(.show(code))] }
    case .change:
      saving.isUnderWay = false
      saving.then = nil
      guard !saving.tried.isEmpty else {
        message = "\(words)."
        return []
      }
      saving.failure = error
      // Who has said why need not say it again.
      if case .change(.commit(_, _, _, let reason, _)) = request { saving.reason = reason }
      let again = keys.name(of: .saveAgain, usually: .control("r"))
      let elsewhere = keys.name(of: .writeFile, usually: .function(2))
      message = "Not saved (\(again) tries again, \(elsewhere) writes it to a file): \(error)."
    case .show:
      saving.recovering = nil
      message = "\(words)."
    case .companion(let code):
      overlay = .prompt(Self.companionQuestion(code.text))
      message = "\(words)."
    case .rehearse(let path): askAgain(Self.importQuestion, path, words)
    case .export(let code, let visit, let path):
      askAgain(Self.exportQuestion(code, visit: visit), path, words)
    case .elsewhere(_, _, _, let path): askAgain(fileQuestion, path, words)
    case .take:
      message = "\(words)."
      roster.reload([])
    }
    return []
  }
}

extension Workbench {
  /// Asks for a path once more, with the one that could not be used.
  private mutating func askAgain(_ prompt: Prompt, _ path: String, _ words: String) {
    message = "\(words)."
    var prompt = prompt
    prompt.replace(with: path)
    overlay = .prompt(prompt)
  }
}

extension Input {
  /// The variable that it is about.
  fileprivate var variable: Variable? {
    switch self {
    case .value(let variable, _, _, _), .unknown(let variable): variable
    case .reviewed, .attested: nil
    }
  }
}

extension String {
  /// With a capital at the beginning, as a sentence has it.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
