import Hepatology
import Terminal

extension ScoresPlace {
  /// The keys of the list of scores, of its filter, and of the working.
  var bindings: [Binding] {
    if isFiltering {
      return [
        Binding(.enter, label: "keep", help: "Keep the filter and go to the list.", .open),
        Binding(.escape, label: "clear", help: "Clear the filter.", .back),
        Binding(.up, .down, .pageUp, .pageDown, help: "Move through what was found.", .move),
      ] + Binding.everywhere(inField: true, place: .scores)
    }
    let none = chosen == nil ? "No score is chosen; Esc clears the filter." : nil
    let isFavourite = chosen.map(isFavourite) ?? false
    return [
      Binding(
        .character("/"), label: "find", help: "Find a score by a part of its name.", .filter),
      Binding(
        .enter, label: isReading ? "" : "read", help: "Read the working.", .open, disabled: none),
      Binding(
        .tab, .backTab, label: isReading ? "list" : "", help: "Go to the other panel.", .otherPanel,
        disabled: none),
      Binding(
        .character("v"), label: "form", help: "Use the next published form of the score.", .variant,
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
        .character("Y"), label: "note", help: "Copy the score with its working as a note.",
        .copyNote, disabled: none),
      .moving(isReading ? "the working" : "the scores"),
      Binding(
        .escape, .character("q"), label: "back",
        help: "Back to the list; then clear the filter; then to Patient.", .back),
    ] + Binding.everywhere(inField: false, place: .scores)
  }
}
