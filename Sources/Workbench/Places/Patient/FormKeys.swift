import Hepatology
import Quantities
import Terminal

/// All that the keys of the form follow from.
struct FormKeys: KeySource {
  let focus: Variable
  /// Whether keys go into the field.
  let isInField: Bool
  /// Whether the day is being typed on which the value was taken.
  let isDating: Bool
  let isTyping: Bool
  let showsAll: Bool
  let isEmpty: Bool
  let hasValue: Bool
  let isDerived: Bool
  /// Whether it is asked which unit was meant.
  let asksForUnit: Bool
  /// The unit that may have been meant, once the number has grown.
  let otherUnit: Unit?
  /// The lines beside the form, where the keys are on them.
  let beside: Beside?
  /// Why they cannot be gone to; `nil` where they can.
  let besideIsMissing: String?
  /// The keys for what lasts.
  let lasting: LastingKeys
  let map: KeyMap

  init(_ form: PatientPlace, lasting: LastingKeys, besideIsMissing: String?, map: KeyMap) {
    focus = form.focus
    isInField = form.isInField
    isDating = form.dating != nil
    isTyping = form.editor != nil
    showsAll = form.showsAll
    let entry = form.patient[form.focus]
    isEmpty = entry == nil
    hasValue = entry?.reading.value != nil
    isDerived = form.isDerived(form.focus)
    asksForUnit = form.question != nil
    otherUnit = asksForUnit && !form.isGrowing ? form.otherUnit : nil
    beside = form.beside
    self.besideIsMissing = besideIsMissing
    self.lasting = lasting
    self.map = map
  }

  /// The keys that work now, the most useful first.
  var bindings: [Binding] {
    let usual = lasting.failure == nil ? own : lasting.rescue + own
    return map.applied(to: usual, takesText: isInField || isDating)
  }

  /// The keys that come with the program; in a field letters are input, so that no letter is one.
  private var own: [Binding] {
    if let beside { return beside.bindings(lasting: lasting.bindings) }
    if isDating {
      return [
        Binding(.enter, label: "keep", help: "Keep the day on which the value was taken.", .keep),
        Binding(.escape, label: "back", help: "Leave the day as it was.", .restore),
      ] + Binding.everywhere(inField: true, place: .patient)
    }
    let undated =
      !hasValue
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
        .control("y"), label: otherUnit?.symbol ?? "",
        help: "Take the other unit, where the form asks which was meant.", .otherUnit,
        disabled: !asksForUnit ? "The form asks about no unit." : nil),
      Binding(
        .control("t"), label: isInField && undated == nil ? "day" : "",
        help: "Say on which day the value was taken, where it was not today.", .date,
        disabled: undated),
      Binding(
        .control("w"), label: "why", help: "Show the working of the next score.", .why),
      Binding(
        .control("g"), label: "verdicts",
        help: "Go to the verdicts of the trials and to what to ask next, to read why.", .verdicts,
        disabled: besideIsMissing),
      Binding(.pageUp, .pageDown, help: "Move through the working.", .move),
      Binding(
        .control("o"), label: showsAll ? "needed" : "all",
        help: "Show all fields, or those that the shown scores need.", .allFields),
      Binding(
        .control("n"), label: focus.group.isHistory ? "none" : "",
        help: "Answer what is open in a group of history questions: reviewed, none of these.",
        .reviewedNone,
        disabled: focus.group.isHistory ? nil : "Only groups of history questions have it."),
      Binding(
        .control("x"), help: "Clear the field: unknown.", .clear,
        disabled: isEmpty
          ? "The field is empty."
          : isDerived ? "This is computed; type a value to put in its place." : nil),
      Binding(
        .escape, label: isInField ? "back" : "",
        help: "Put back what was there; then leave the fields for single-letter keys.", .restore,
        disabled: isInField ? nil : "You have left the fields; Enter goes back into them."),
    ]
    guard !isInField else {
      return common + lasting.bindings + Binding.everywhere(inField: true, place: .patient)
    }
    return [
      Binding(.character("1"), label: "trials", help: "Go to Trials.", .go(.trials)),
      Binding(.character("3"), label: "scores", help: "Go to Scores.", .go(.scores)),
      Binding(.character("q"), label: "trials", help: "Leave for Trials.", .go(.trials)),
    ] + common + lasting.bindings
      + Binding.everywhere(inField: false, place: .patient).filter {
        $0.keys != [.character("1")] && $0.keys != [.character("3")]
      }
  }
}

extension Workbench {
  var formKeys: FormKeys {
    FormKeys(form, lasting: lastingKeys, besideIsMissing: besideIsMissing, map: keys)
  }
}
