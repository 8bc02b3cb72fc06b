import Assessment
import Hepatology
import Terminal
import Trials

/// The lines beside the form while the keys are on them: the verdicts of the trials, and after them
/// what to ask next.
struct Beside: Hashable, Sendable {
  /// A line that can be chosen, by its place in its panel.
  enum Line: Hashable {
    case verdict(Int)
    case question(Int)
  }

  /// Whether the keys are among the questions of *ask next*.
  private(set) var isAsking = false
  private(set) var verdicts = ListScroll()
  private(set) var questions = ListScroll()
  /// Whether keys went into the field before.
  let wasInField: Bool

  init(wasInField: Bool) { self.wasInField = wasInField }

  /// The chosen line; `nil` where there is none.
  var chosen: Line? {
    let list = isAsking ? questions : verdicts
    guard list.count > 0 else { return nil }
    return isAsking ? .question(list.selection) : .verdict(list.selection)
  }

  /// Takes over how many lines there are, and how many are seen.
  mutating func fit(verdicts: Int, questions: Int, _ layout: PatientLayout) {
    self.verdicts.fit(count: verdicts, height: layout.trials.height - 2)
    self.questions.fit(count: questions, height: layout.next.height - 2)
    if questions == 0 { isAsking = false }
  }

  /// Goes from one panel to the other.
  mutating func switchPanel() { isAsking = !isAsking && questions.count > 0 }

  /// Moves through both panels as through one list.
  mutating func move(_ key: Key) {
    if isAsking {
      let first = questions.selection == 0
      guard questions.handle(key), first, Self.goesUp(key), verdicts.count > 0 else { return }
      isAsking = false
      verdicts.end()
    } else {
      let last = verdicts.selection >= verdicts.count - 1
      guard verdicts.handle(key), last, Self.goesDown(key), questions.count > 0 else { return }
      isAsking = true
      questions.home()
    }
  }

  /// The keys, those for what lasts among them.
  func bindings(lasting: [Binding]) -> [Binding] {
    let none = chosen == nil ? "Nothing stands here yet." : nil
    let noQuestion =
      questions.count == 0 ? "There is nothing to ask next." : nil
    return [
      Binding(
        .enter, label: isAsking ? "to field" : "why",
        help: "Read why a trial is open or blocked; go to the field of what to ask next.", .open,
        disabled: none),
      Binding(
        .escape, .control("g"), .character("q"), label: "form", help: "Back to the form.",
        .verdicts),
      Binding(
        .tab, .backTab, label: isAsking ? "verdicts" : "ask next",
        help: "Go to the other panel.", .otherPanel, disabled: noQuestion),
      .moving("the verdicts and what to ask next"),
    ] + lasting + Binding.everywhere(inField: false, place: .patient)
  }

  private static func goesUp(_ key: Key) -> Bool { key == .up || key == .character("k") }
  private static func goesDown(_ key: Key) -> Bool { key == .down || key == .character("j") }
}

extension PatientPlace {
  /// Goes from the field to the lines beside the form, or back.
  mutating func toggleBeside() {
    if let beside {
      isInField = beside.wasInField
      self.beside = nil
    } else {
      beside = Beside(wasInField: isInField)
      stopTyping()
      isInField = false
    }
  }
}

extension Workbench {
  /// Why the lines beside the form cannot be gone to; `nil` where they can.
  var besideIsMissing: String? {
    patientLayout.trials.height > 2 ? nil : "The terminal is too small to show the verdicts."
  }

  /// Opens what is chosen beside the form: the reason of a verdict, or the field to be asked next.
  mutating func openBeside() {
    switch form.beside?.chosen {
    case .verdict(let row) where lines.indices.contains(row): explain(lines[row].id)
    case .question(let row) where suggestions.indices.contains(row):
      form.toggleBeside()
      form.go(to: suggestions[row].variable)
    default: break
    }
  }

  /// Shows the criterion that decides a trial, ready to be read; Escape comes back.
  mutating func explain(_ id: TrialRecord.ID) {
    screens.show(id, of: library)
    screens.explain(
      screening?.screening(of: id)?.decisive, from: place, ScreeningLayout(area), screening)
    place = .screening
  }
}

extension TrialScreening {
  /// Where in the list the criterion stands that says most of why the trial has its verdict: the
  /// first that blocks, else the first that is unknown, else the first that waits for a person.
  var decisive: Int? {
    criteria.firstIndex(where: \.blocks) ?? criteria.firstIndex { $0.result == .unknown }
      ?? criteria.firstIndex { !$0.clears }
  }
}
