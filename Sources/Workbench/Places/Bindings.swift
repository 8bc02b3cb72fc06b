import Assessment
import Hepatology
import Quantities
import Terminal
import Trials

extension TrialsPlace {
  /// The keys of the list of trials, of its filter, and of the details.
  ///
  /// - Parameter isScreened: Whether there is a patient who has a verdict for each.
  func bindings(isScreened: Bool) -> [Binding] {
    if isFiltering { return Binding.finding(in: .trials) }
    if let comparing { return bindings(comparing) }
    return [
      Binding(
        .character("/"), label: "find",
        help: "Find: words, and phase: status: country: product: sponsor: id:", .filter),
      Binding(.enter, label: isReading ? "" : "read", help: "Read the details.", .open),
      Binding(
        .tab, .backTab, label: isReading ? "list" : "", help: "Go to the other panel.", .otherPanel),
      Binding(.character("s"), label: "sort", help: "Sort by the next column.", .sort),
      .moving(isReading ? "the details" : "the trials"),
      Binding(
        .escape, label: isReading || hasFilter ? "back" : "",
        help: "Back to the list; then clear the filter.", .back,
        disabled: isReading || hasFilter ? nil : "Nothing to go back from; Ctrl-q quits."),
      Binding(
        .character("2"), label: "patient", help: "Go to Patient.", .go(.patient)),
      Binding(
        .character("4"), label: "screening", help: "Screen the patient for this trial.",
        .go(.screening)),
      Binding(
        .character("w"), label: isScreened ? "why" : "",
        help: "Read why the patient can enter this trial, or why not.", .verdicts,
        disabled: isScreened && chosen != nil ? nil : "There is no verdict without a patient."),
      Binding(
        .character("c"), label: isReading ? "" : "compare",
        help:
          "Compare the bookmarked trials side by side; without bookmarks, this one and the next.",
        .compare, disabled: noComparison),
      Binding(.character("q"), help: "Quit from here.", .quit),
    ]
      + Binding.everywhere(inField: false, place: .trials).filter {
        $0.keys != [.character("2")] && $0.keys != [.character("4")]
      } + [
        Binding(
          .character("b"), label: "bookmark",
          help: "Bookmark the trial for comparing, or take the bookmark away.", .bookmark,
          disabled: chosen == nil ? "There is no trial to bookmark." : nil)
      ]
  }

  /// Why there is nothing to compare.
  private var noComparison: String? {
    if comparable.count > 1 { return nil }
    return bookmarks.isEmpty
      ? "Two trials are needed to compare."
      : "Only this one is bookmarked; bookmark or choose another."
  }

  /// The keys of a comparison.
  private func bindings(_ comparing: Comparing) -> [Binding] {
    func missing(_ step: Int, _ side: String) -> String? {
      comparing.canStep(by: step) ? nil : "No more trials at the \(side)."
    }
    return [
      Binding(.escape, .character("q"), label: "back", help: "Back to the list.", .back),
      Binding(
        .right, .character("l"), label: comparing.canStep(by: 1) ? "next trial" : "",
        help: "Show the next trial.", .nextTrial, disabled: missing(1, "right")),
      Binding(
        .left, .character("h"), label: comparing.canStep(by: -1) ? "trial before" : "",
        help: "Show the trial before.", .previousTrial, disabled: missing(-1, "left")),
      .moving("the comparison"),
      Binding(.character("2"), label: "patient", help: "Go to Patient.", .go(.patient)),
    ]
      + Binding.everywhere(inField: false, place: .trials).filter {
        $0.keys != [.character("2")]
      }
  }
}

extension PatientPlace {
  /// The keys of the form, those for what lasts among them: in a field letters are input.
  ///
  /// - Parameter missing: Why the lines beside the form cannot be gone to; `nil` where they can.
  func bindings(lasting: [Binding], besideIsMissing missing: String?) -> [Binding] {
    if let beside { return bindings(beside, lasting: lasting) }
    if dating != nil {
      return [
        Binding(.enter, label: "keep", help: "Keep the day on which the value was taken.", .keep),
        Binding(.escape, label: "back", help: "Leave the day as it was.", .restore),
      ] + Binding.everywhere(inField: true, place: .patient)
    }
    let undated =
      patient.value(of: focus) == nil
      ? "Enter a value first." : focus.freshFor == nil ? "This does not age." : nil
    let common = [
      Binding(
        .enter, label: isInField ? "next" : "edit",
        help: "Keep the value and go to the next field; where a unit is asked about, ask first.",
        isInField ? .keep : .enterFields),
      Binding(.down, help: "Go to the field below.", isInField ? .nextField : .enterFields),
      Binding(.up, help: "Go to the field above.", isInField ? .previousField : .enterFields),
      Binding(
        .tab, label: isInField ? "group" : "", help: "Go to the next group.",
        isInField ? .nextGroup : .enterFields),
      Binding(.backTab, help: "Go to the group before.", .previousGroup),
      Binding(
        .control("u"), label: "unit",
        help: "Switch the unit: of the number being typed, else of how it is shown.", .switchUnit,
        disabled: (focus.measure?.units.count ?? 0) > 1 ? nil : "This field has one unit."),
      Binding(
        .control("y"), label: isGrowing ? "" : otherUnit?.symbol ?? "",
        help: "Take the other unit, where the form asks which was meant.", .otherUnit,
        disabled: question == nil ? "The form asks about no unit." : nil),
      Binding(
        .control("t"), label: isInField && undated == nil ? "day" : "",
        help: "Say on which day the value was taken, where it was not today.", .date,
        disabled: undated),
      Binding(
        .control("w"), label: "why", help: "Show the working of the next score.", .why),
      Binding(
        .control("g"), label: "verdicts",
        help: "Go to the verdicts of the trials and to what to ask next, to read why.", .verdicts,
        disabled: missing),
      Binding(.pageUp, .pageDown, help: "Move through the working.", .move),
      Binding(
        .control("o"), label: editor != nil ? "" : showsAll ? "needed" : "all",
        help: "Show all fields, or those that the shown scores need.", .allFields),
      Binding(
        .control("n"), label: focus.group.isHistory ? "none" : "",
        help: "Answer what is open in a group of history questions: reviewed, none of these.",
        .reviewedNone,
        disabled: focus.group.isHistory ? nil : "Only groups of history questions have it."),
      Binding(
        .control("x"), help: "Clear the field: unknown.", .clear,
        disabled: patient[focus] == nil
          ? "The field is empty."
          : isDerived(focus) ? "This is computed; type a value to put in its place." : nil),
      Binding(
        .escape, label: isInField ? "back" : "",
        help: "Put back what was there; then leave the fields for single-letter keys.", .restore,
        disabled: isInField ? nil : "You have left the fields; Enter goes back into them."),
    ]
    guard !isInField else {
      return common + lasting + Binding.everywhere(inField: true, place: .patient)
    }
    return [
      Binding(.character("1"), label: "trials", help: "Go to Trials.", .go(.trials)),
      Binding(.character("3"), label: "scores", help: "Go to Scores.", .go(.scores)),
      Binding(.character("q"), label: "trials", help: "Leave for Trials.", .go(.trials)),
    ] + common + lasting
      + Binding.everywhere(inField: false, place: .patient).filter {
        $0.keys != [.character("1")] && $0.keys != [.character("3")]
      }
  }
}

extension ScreeningPlace {
  /// The keys of the screening.
  func bindings(_ screening: Screening?, lasting: [Binding]) -> [Binding] {
    let question = question(screening)
    let criterion = question.flatMap { question in
      screening?.screening(of: question.trial)?.criteria.first {
        $0.criterion.id == question.criterion
      }
    }
    let why: String? =
      switch criterion?.result {
      case nil: "Choose a criterion first."
      case .needsPerson, .conflict: nil
      default: criterion?.answer != nil ? nil : "This criterion is computed; no person must answer."
      }
    return [
      Binding(
        .character("y"), label: why == nil ? "holds" : "",
        help: "Attest that the sentence of the criterion holds.", .attest(true), disabled: why),
      Binding(
        .character("n"), label: why == nil ? "does not" : "",
        help: "Attest that it does not hold.", .attest(false), disabled: why),
      Binding(.backspace, help: "Take the attestation back.", .attest(nil), disabled: why),
      Binding(
        .right, .character("l"), .character("]"), label: "next trial", help: "Show the next trial.",
        .nextTrial),
      Binding(
        .left, .character("h"), .character("["), help: "Show the trial before.", .previousTrial),
      Binding(
        .character("m"), label: isMatrix ? "one trial" : "matrix",
        help: "Show all trials as a matrix, or one trial.", .matrix),
      Binding(.enter, label: isReading ? "" : isMatrix ? "open" : "why", help: "Read why.", .open),
      Binding(
        .tab, .backTab, label: isReading ? "list" : "", help: "Go to the other panel.", .otherPanel),
      .moving(isReading ? "the reason" : "the list"),
      Binding(.character("2"), label: "patient", help: "Go to Patient.", .go(.patient)),
      Binding(
        .escape, .character("q"), label: "back", help: "Back to the list, then to Patient.", .back),
    ] + lasting
      + Binding.everywhere(inField: false, place: .screening).filter {
        $0.keys != [.character("2")]
      }
  }
}
