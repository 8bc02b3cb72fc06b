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

extension ScreeningPlace {
  /// The keys of the screening.
  func bindings(lasting: [Binding]) -> [Binding] {
    let why: String? =
      switch chosen?.result {
      case nil: "Choose a criterion first."
      case .needsPerson, .conflict: nil
      default: chosen?.answer != nil ? nil : "This criterion is computed; no person must answer."
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
