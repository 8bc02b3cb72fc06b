import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// The keys for what lasts, and what they do.
extension Workbench {
  /// The keys of the form and of the screening that have to do with the store.
  var lastingBindings: [Binding] {
    let isTyping = place == .patient && form.isInField
    let kept: String? =
      if case .missing(let reason) = roster.access { "Patients are not kept: \(reason)." } else {
        nil
      }
    let unsaved = kept ?? (saving.failure.map { "Something is not saved yet: \($0)." })
    let none = kept ?? (chart == nil ? "The patient is made with the first value." : nil)
    let undone = chart?.record.undoable.isEmpty == false ? nil : "There is nothing to undo."
    let redone = chart?.record.redoable.isEmpty == false ? nil : "There is nothing to redo."
    let hasVisits = (chart?.record.visits.count ?? 0) > 1
    let earlier = chart?.visit(by: -1) == nil ? "This is the first visit." : nil
    let later = chart?.visit(by: 1) == nil ? "This is the last visit; Ctrl-v makes one." : nil
    let stays = form.editor == nil ? cannotLeave : nil
    var bindings = [
      Self.key(
        .control("_"), "z", isTyping, help: "Undo: put back what is typed, then the last change.",
        .undo, disabled: form.editor != nil ? nil : kept ?? unsaved ?? undone),
      Self.key(
        .control("^"), "Z", isTyping, help: "Redo what was undone.", .redo,
        disabled: kept ?? unsaved ?? redone),
    ]
    guard place == .patient else { return bindings }
    bindings += [
      Self.key(
        .control("v"), "v", isTyping, label: chart == nil ? "" : "new visit",
        help: "Make a visit, which starts from the last one.", .newVisit, disabled: none ?? stays),
      Self.key(
        .function(3), "[", isTyping, label: hasVisits ? "earlier" : "",
        help: "Show the visit before.", .previousVisit, disabled: none ?? earlier ?? stays),
      Self.key(
        .function(4), "]", isTyping, label: hasVisits ? "later" : "",
        help: "Show the visit after.", .nextVisit, disabled: none ?? later ?? stays),
    ]
    return bindings + (saving.failure == nil ? rescueBindings : [])
  }

  /// The keys for when saving has failed; they stand first then.
  var rescueBindings: [Binding] {
    let isFailing = saving.failure != nil
    return [
      Binding(
        .control("r"), label: isFailing ? "try again" : "",
        help: "Save again what could not be saved.", .saveAgain,
        disabled: isFailing ? nil : "Everything is saved."),
      Binding(
        .function(2), label: isFailing ? "write elsewhere" : "",
        help: "Write the patient to a file; where something could not be saved, that.", .writeFile,
        disabled: chart == nil && pending.isEmpty ? "Nothing was entered yet." : nil),
    ]
  }

  private static func key(
    _ key: Key, _ letter: Character, _ isTyping: Bool, label: String = "", help: String,
    _ action: Action, disabled: String?
  ) -> Binding {
    isTyping
      ? Binding(key, label: label, help: help, action, disabled: disabled)
      : Binding(.character(letter), key, label: label, help: help, action, disabled: disabled)
  }

  /// Why the patient on the form cannot be left; `nil` where he can.
  var cannotLeave: String? {
    if let failure = saving.failure {
      return "Something on the form is not saved (\(failure)); there Ctrl-r tries again."
    }
    guard let variable = form.refused else { return nil }
    let text = form.kept[variable]?.typed.displayable ?? ""
    return "'\(text)' is no value of \(variable.label): correct it or clear it (Ctrl-x) first."
  }

  // MARK: Actions

  /// Does what has to do with the store; `nil` where the action has nothing to do with it.
  mutating func performLasting(_ action: Action, _ key: Key) -> [Effect]? {
    switch (place, action) {
    case (.patient, .undo) where form.editor != nil:
      form.escape()
      message = "Put back what was there."
    case (_, .undo):
      guard let chart else { return [] }
      return [.store(.change(.undo(chart.code, seen: chart.record.sequence)))]
    case (_, .redo):
      guard let chart else { return [] }
      return [.store(.change(.redo(chart.code, seen: chart.record.sequence)))]
    case (.patients, .saveAgain):
      roster.reload([])
      return [.store(.open)]
    case (_, .saveAgain):
      saving.tried = []
      saving.failure = nil
    case (.patients, .newVisit):
      return roster.chosen.map { after(.newVisit($0.code)) } ?? []
    case (_, .newVisit): return chart.map { after(.newVisit($0.code)) } ?? []
    case (_, .nextVisit): return chart?.visit(by: 1).map { after(.visit($0.number)) } ?? []
    case (_, .previousVisit): return chart?.visit(by: -1).map { after(.visit($0.number)) } ?? []
    case (.patients, .newPatient): return after(.newPatient)
    case (.patients, .open) where roster.isFiltering: roster.keepFilter()
    case (.patients, .open): return roster.chosen.map { after(.open($0.code)) } ?? []
    case (.patients, .archive):
      return roster.chosen.map { [.store(.change(.archive($0.code, !$0.isArchived)))] } ?? []
    case (.patients, .archived): roster.toggleArchived()
    case (.patients, .filter): roster.startFilter()
    case (.patients, .sort): message = roster.nextOrder()
    case (.patients, .move): roster.move(key)
    case (.patients, .back): if !roster.back() { place = .patient }
    case (.patients, .importFile):
      overlay = .prompt(
        Prompt(
          .importFile, title: "Import",
          question: "The file: CSV, our own JSON or a FHIR bundle. First you see what it would do.")
      )
    case (_, .writeFile): overlay = .prompt(fileQuestion)
    default: return nil
    }
    return []
  }

  private var fileQuestion: Prompt {
    if place == .patients, let chosen = roster.chosen {
      return Self.exportQuestion(chosen.code, visit: nil)
    }
    guard let chart, saving.failure == nil else {
      return Prompt(
        .elsewhere, title: "Write elsewhere",
        question: "The file for what could not be saved; lobule imports it later.",
        text: "unsaved-\(chart?.code.text ?? "patient").json")
    }
    return Self.exportQuestion(chart.code, visit: chart.number)
  }

  private static func exportQuestion(_ code: PatientCode, visit: Int?) -> Prompt {
    Prompt(
      .export(code, visit: visit), title: "Export \(code)",
      question: "The file: .md or .txt for a page, .csv or .json for all visits.",
      text: "\(code.text.replacing("/", with: "-")).md")
  }

  /// Does something that leaves the visit that is shown, once what was typed is saved.
  private mutating func after(_ then: Saving.Then) -> [Effect] {
    form.leave()
    if let reason = cannotLeave {
      message = reason
      return []
    }
    guard keepsPatients, !pending.isEmpty else { return perform(then) }
    saving.then = then
    return []
  }

  /// Does what has waited until everything was saved.
  mutating func perform(_ then: Saving.Then) -> [Effect] {
    switch then {
    case .quit: return [.quit]
    case .visit(let number): showVisit(number)
    case .open(let code):
      if chart?.code == code {
        place = .patient
      } else {
        return [.store(.show(code))]
      }
    case .newVisit(let code):
      overlay = .prompt(
        Prompt(
          .newVisit(code), title: "New visit of \(code)",
          question: "The day of the visit, as year-month-day.", text: today?.description ?? "",
          limit: 10))
    case .newPatient:
      overlay = .prompt(
        Prompt(
          .newPatient, title: "New patient",
          question: "The code, with a digit and never a name; Enter alone takes the next free one.",
          limit: PatientCode.longest))
    }
    return []
  }

  // MARK: Prompts

  mutating func answer(_ key: Key, _ prompt: Prompt) -> [Effect] {
    var prompt = prompt
    switch key {
    case .escape:
      overlay = nil
      saving.then = nil
      if prompt.purpose == .reason { withdraw() }
      return []
    case .enter: break
    default:
      guard prompt.type(key) else {
        overlay = .prompt(prompt)
        return []
      }
    }
    overlay = nil
    do throws(PromptError) {
      return try finish(prompt)
    } catch {
      message = error.description
      overlay = .prompt(prompt)
      return []
    }
  }

  private struct PromptError: Error {
    let description: String
  }

  private mutating func finish(_ prompt: Prompt) throws(PromptError) -> [Effect] {
    let text = prompt.text
    switch prompt.purpose {
    case .newPatient:
      guard let today else {
        throw PromptError(description: "The clock does not say what day it is.")
      }
      guard !text.isEmpty else { return [.store(.change(.admit(nil, on: today, [])))] }
      do {
        return [.store(.change(.admit(try PatientCode(text), on: today, [])))]
      } catch {
        throw PromptError(description: "\(error)".capitalizedFirst + ".")
      }
    case .newVisit(let code):
      guard let day = Day(text) else {
        throw PromptError(
          description: "'\(text)' is not a day: write year-month-day, as in 2026-11-21.")
      }
      if let today, day > today {
        throw PromptError(description: "\(day) has not come yet; today is \(today).")
      }
      let seen = chart?.code == code ? chart?.record.sequence : nil
      return [.store(.change(.newVisit(code, on: day, [], seen: seen)))]
    case .reason:
      guard !text.isEmpty else {
        throw PromptError(description: "A correction needs a reason; Esc puts the old value back.")
      }
      saving.reason = text
      return []
    case .importFile:
      guard !text.isEmpty else { return [] }
      message = "Reading \(text.displayable) …"
      return [.store(.rehearse(path: text))]
    case .replace(let path):
      guard !text.isEmpty else {
        throw PromptError(description: "Values that take the place of others need a reason.")
      }
      return [.store(.take(path: path, replacing: text))]
    case .export(let code, let visit):
      guard !text.isEmpty else { return [] }
      return [.store(.export(code, visit: visit, path: text))]
    case .elsewhere:
      guard !text.isEmpty, let day = form.day else { return [] }
      return [.store(.elsewhere(chart?.code, on: day, pending, path: text))]
    }
  }

  /// Puts back what the store has where a correction is given up.
  private mutating func withdraw() {
    let measured = chart?.visit?.measured.map(\.variable.id) ?? []
    form.refresh(chart?.visit, written: Set(measured))
    screenVisit()
    message = "What was there is back."
  }

  // MARK: Import

  mutating func answer(_ key: Key, _ importing: ImportOverlay) -> [Effect] {
    var importing = importing
    let path = importing.path
    switch key {
    case .escape, .character("q"): overlay = nil
    case .enter where !importing.report.isDryRun: overlay = nil
    case .enter where importing.hasWork:
      overlay = nil
      return [.store(.take(path: path, replacing: nil))]
    case .enter: message = "There is nothing to import; Esc closes."
    case .character("r") where importing.report.isDryRun && !importing.report.conflicts.isEmpty:
      overlay = .prompt(
        Prompt(
          .replace(path: path), title: "Take the values of the file",
          question: "Why do they take the place of those in the store?"))
    default:
      importing.move(key, size)
      overlay = .importing(importing)
    }
    return []
  }

  // MARK: Leaving

  /// Leaves the program, or asks where something would be lost.
  mutating func quit() -> [Effect] {
    let isTyped = form.editor != nil
    if keepsPatients, isTyped, saving.failure == nil {
      let text = form.editor?.text.displayable ?? ""
      overlay = .leave(
        LeaveQuestion(
          text: "\(form.focus.label) \(text) is typed and not kept yet.",
          canKeep: form.patient.value(of: form.focus) != nil || text.isEmpty))
      return []
    }
    guard let loss else { return [.quit] }
    overlay = .leave(LeaveQuestion(text: loss, canKeep: false))
    return []
  }

  /// What the end of the program would lose.
  private var loss: String? {
    if case .missing = roster.access {
      return patient.isEmpty
        ? nil : "The patient on the form is kept only while this program runs, and would be lost."
    }
    if let failure = saving.failure {
      return "What was entered last is not saved: \(failure). F2 on the form writes it to a file."
    }
    if let variable = form.refused {
      let text = form.kept[variable]?.typed.displayable ?? ""
      return "'\(text)' is no value of \(variable.label) and was not saved."
    }
    if isInMemory, chart != nil || (roster.count ?? 0) > 0 {
      return "The patients are kept in memory only, and would be lost."
    }
    return nil
  }

  mutating func answer(_ key: Key, _ question: LeaveQuestion) -> [Effect] {
    switch key {
    case .character("x"), .character("X"):
      return keepsPatients ? [.store(.draft(nil)), .quit] : [.quit]
    case .escape, .character("n"): overlay = nil
    case .enter where question.canKeep:
      overlay = nil
      return after(.quit)
    default: break
    }
    return []
  }
}
