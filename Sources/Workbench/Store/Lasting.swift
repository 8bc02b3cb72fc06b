import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// All that the keys for what lasts follow from: those of the form and of the screening that have to
/// do with the store.
struct LastingKeys: KeySource {
  let place: Place
  /// Whether letters are input.
  let takesText: Bool
  /// Whether something is being typed.
  let isTyping: Bool
  /// Why patients are not kept; `nil` where they are.
  let unkept: String?
  /// Why something is not saved; `nil` where everything is.
  let failure: StoreError?
  /// Whether the patient is in the store.
  let hasChart: Bool
  /// Whether there is nothing to write to a file.
  let isBlank: Bool
  let canUndo: Bool
  let canRedo: Bool
  let hasVisits: Bool
  let hasEarlier: Bool
  let hasLater: Bool
  /// Why the visit cannot be left; `nil` where it can.
  let stays: String?
  /// The name of the key that makes a visit.
  let visitKey: String

  var bindings: [Binding] {
    let kept = unkept.map { "Patients are not kept: \($0)." }
    let unsaved = kept ?? (failure.map { "Something is not saved yet: \($0)." })
    let none = kept ?? (hasChart ? nil : "The patient is made with the first value.")
    let undone = canUndo ? nil : "There is nothing to undo."
    let redone = canRedo ? nil : "There is nothing to redo."
    let earlier = hasEarlier ? nil : "This is the first visit."
    let later = hasLater ? nil : "This is the last visit; \(visitKey) makes one."
    let bindings = [
      key(
        .control("_"), "z", help: "Undo: put back what is typed, then the last change.", .undo,
        disabled: isTyping ? nil : kept ?? unsaved ?? undone),
      key(
        .control("^"), "Z", help: "Redo what was undone.", .redo,
        disabled: kept ?? unsaved ?? redone),
    ]
    guard place == .patient else { return bindings }
    return bindings + [
      key(
        .control("v"), "v", label: hasChart ? "new visit" : "",
        help: "Make a visit, which starts from the last one.", .newVisit, disabled: none ?? stays),
      key(
        .function(3), "[", label: hasVisits ? "earlier" : "", help: "Show the visit before.",
        .previousVisit, disabled: none ?? earlier ?? stays),
      key(
        .function(4), "]", label: hasVisits ? "later" : "", help: "Show the visit after.",
        .nextVisit, disabled: none ?? later ?? stays),
    ] + (failure == nil ? rescue : [])
  }

  /// The keys for when saving has failed; they stand first then.
  var rescue: [Binding] {
    let isFailing = failure != nil
    return [
      Binding(
        .control("r"), label: isFailing ? "try again" : "",
        help: "Save again what could not be saved.", .saveAgain,
        disabled: isFailing ? nil : "Everything is saved."),
      Binding(
        .function(2), label: isFailing ? "write elsewhere" : "",
        help: "Write the patient to a file; where something could not be saved, that.", .writeFile,
        disabled: isBlank ? "Nothing was entered yet." : nil),
    ]
  }

  private func key(
    _ key: Key, _ letter: Character, label: String = "", help: String, _ action: Action,
    disabled: String?
  ) -> Binding {
    takesText
      ? Binding(key, label: label, help: help, action, disabled: disabled)
      : Binding(.character(letter), key, label: label, help: help, action, disabled: disabled)
  }
}

/// The keys for what lasts, and what they do.
extension Workbench {
  var lastingKeys: LastingKeys {
    let unkept: String? = if case .missing(let reason) = roster.access { reason } else { nil }
    return LastingKeys(
      place: place, takesText: place == .patient && form.isInField, isTyping: form.editor != nil,
      unkept: unkept, failure: saving.failure, hasChart: chart != nil,
      isBlank: chart == nil && pending.isEmpty,
      canUndo: chart?.record.undoable.isEmpty == false,
      canRedo: chart?.record.redoable.isEmpty == false,
      hasVisits: (chart?.record.visits.count ?? 0) > 1, hasEarlier: chart?.visit(by: -1) != nil,
      hasLater: chart?.visit(by: 1) != nil, stays: form.editor == nil ? cannotLeave : nil,
      visitKey: visitKey)
  }

  /// The name of the key that makes a visit.
  var visitKey: String { keys.name(of: .newVisit, usually: .control("v")) }

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
      overlay = .prompt(Self.importQuestion)
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
