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
    let later = chart?.visit(by: 1) == nil ? "This is the last visit; \(visitKey) makes one." : nil
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

  /// The key that makes a visit.
  var visitKey: String { keys.name(of: .newVisit, usually: .control("v")) }

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
      return "Something on the form is not saved (\(failure)); there "
        + "\(keys.name(of: .saveAgain, usually: .control("r"))) tries again."
    }
    guard let variable = form.refused else { return nil }
    let text = form.kept[variable]?.typed.displayable ?? ""
    return "'\(text)' is no value of \(variable.label): correct it or clear it "
      + "(\(keys.name(of: .clear, usually: .control("x")))) first."
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
    case (.scores, .companion):
      if scores.trend.companion == nil {
        overlay = .prompt(Self.companionQuestion())
      } else {
        scores.trend.compare(with: nil)
      }
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

  static func companionQuestion(_ text: String = "") -> Prompt {
    Prompt(
      .companion, title: "Two patients",
      question: "The code of the other patient, whose curve is drawn too, from his first visit on.",
      text: text, limit: 40)
  }

  static let importQuestion = Prompt(
    .importFile, title: "Import",
    question: "The file: CSV, our own JSON or a FHIR bundle. First you see what it would do.")

  var fileQuestion: Prompt {
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

  static func exportQuestion(_ code: PatientCode, visit: Int?) -> Prompt {
    Prompt(
      .export(code, visit: visit), title: "Export \(code)",
      question: "The file: .md or .txt for a page, .csv or .json for all visits.",
      text: "\(code.text.replacing("/", with: "-")).md")
  }

  /// Does something that leaves the visit that is shown, once what was typed is saved.
  mutating func after(_ then: Saving.Then) -> [Effect] {
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
          question: "The day of the visit: \(dates.words).", text: today.map(dates.text) ?? "",
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
}
