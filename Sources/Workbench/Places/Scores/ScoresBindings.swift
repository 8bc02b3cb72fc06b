import Hepatology
import Terminal

extension ScoresPlace {
  /// The keys of the list of scores, of its filter, and of the working.
  var bindings: [Binding] {
    if isFiltering { return Binding.finding(in: .scores) }
    let none = chosen == nil ? "No score is chosen; Esc clears the filter." : nil
    let isFavourite = chosen.map(isFavourite) ?? false
    return [
      Binding(
        .character("/"), label: "find", help: "Find a score by a part of its name.", .filter),
      Binding(
        .enter, label: isReading ? "" : "read", help: "Read the working.", .open, disabled: none),
      Binding(
        .tab, .backTab, label: isReading ? "list" : "", help: "Go to the other panel.", .otherPanel,
        disabled: none ?? (trend.isShown ? "The trend has no rows to move through." : nil)),
    ]
      + trendBindings(none) + [
        Binding(
          .character("v"), label: "form", help: "Use the next published form of the score.",
          .variant,
          disabled: none
            ?? (chosen.map { $0.variants.count > 1 } ?? false ? nil : "This score has one form.")),
        Binding(
          .character("f"), .character("*"), label: isFavourite ? "unstar" : "star",
          help: isFavourite
            ? "Take the score from the favourites, which the form shows."
            : "Put the score among the favourites, which the form shows.",
          .favourite, disabled: none),
        Binding(
          .character("y"), label: "copy", help: "Copy the score as one line.", .copyLine,
          disabled: none),
        Binding(
          .character("Y"), help: "Copy the score with its working as a note.",
          .copyNote, disabled: none),
        .moving(isReading ? "the working" : "the scores"),
        Binding(
          .escape, .character("q"), label: "back",
          help: "Back to the list; then clear the filter; then to Patient.", .back),
      ] + Binding.everywhere(inField: false, place: .scores)
  }

  /// The keys of the trend; those that need it to be shown stand where it is.
  private func trendBindings(_ none: String?) -> [Binding] {
    let toggle = Binding(
      .character("t"), label: trend.isShown ? "working" : "trend",
      help: trend.isShown
        ? "Show the working again." : "Show the score over the visits of the patient.",
      .trend, disabled: none)
    guard trend.isShown else { return [toggle] }
    return [
      Binding(
        .left, .character("h"), label: "earlier", help: "Read off the visit before.",
        .earlierValue, disabled: trend.cannotMove),
      Binding(
        .right, .character("l"), label: "later", help: "Read off the visit after.", .laterValue,
        disabled: trend.cannotMove),
      Binding(
        .character("+"), label: "overlay", help: "Lay the next input of the score over the curve.",
        .nextOverlay, disabled: trend.cannotOverlay),
      Binding(
        .character("-"), help: "Lay the input before over the curve; before the first one none.",
        .previousOverlay, disabled: trend.cannotOverlay),
      Binding(
        .character("x"), label: trend.other == nil ? "" : "swap",
        help: "Make the second curve the first one, which has the thresholds.", .swapOverlay,
        disabled: trend.cannotOverlay ?? (trend.other == nil ? "There is one curve (+)." : nil)),
      Binding(
        .character("p"), label: trend.companion == nil ? "patient" : "alone",
        help: trend.companion == nil
          ? "Show another patient in the same chart." : "Take the other patient away.",
        .companion, disabled: trend.cannotCompare),
      toggle,
    ]
  }
}
