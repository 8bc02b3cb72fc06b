import Clinic
import Terminal

extension PatientsPlace {
  /// The keys of the roster and of its filter.
  ///
  /// - Parameter stays: Why the patient on the form cannot be left; `nil` where he can.
  func bindings(stays: String?) -> [Binding] {
    if isFiltering { return Binding.finding(in: .patients) }
    let closed: String? =
      switch access {
      case .missing(let reason): "Patients are not kept: \(reason)."
      case .failed(let error): "The store cannot be read: \(error)."
      case .waiting: "The store is being opened."
      case .open: nil
      }
    let none = closed ?? (chosen == nil ? "No patient is chosen." : nil)
    let isAway = chosen?.isArchived == true
    return [
      Binding(
        .character("/"), label: "find",
        help: "Find a patient by the beginning of the code, its number or the label.", .filter,
        disabled: closed),
      Binding(
        .enter, label: "open", help: "Open the patient on the form.", .open,
        disabled: none ?? stays),
      Binding(
        .character("n"), label: "new", help: "Make a patient, and a visit of today.", .newPatient,
        disabled: closed ?? stays),
      Binding(
        .character("v"), label: "new visit",
        help: "Make a visit of the patient, which starts from the last one.", .newVisit,
        disabled: none ?? stays ?? (isAway ? "The patient was put away; a takes him back." : nil)),
      Binding(
        .character("a"), label: isAway ? "take back" : "archive",
        help: isAway
          ? "Take the patient back from the archive."
          : "Put the patient away; nothing of him is lost.", .archive, disabled: none),
      Binding(
        .character("A"), label: showsArchived ? "patients" : "archived",
        help: showsArchived ? "Show the patients." : "Show those that were put away.", .archived,
        disabled: closed),
      Binding(
        .character("i"), label: "import",
        help: "Import patients from a file, after a look at what it would do.", .importFile,
        disabled: closed),
      Binding(
        .character("e"), .function(2), label: "export",
        help: "Write the patient to a file: a page, CSV or JSON.", .writeFile, disabled: none),
      Binding(
        .character("s"), label: "sort", help: "Sort by code, last visit or age.", .sort,
        disabled: closed ?? (hasFilter ? "What was found is in the order of its making." : nil)),
      Binding(
        .character("r"), label: isFailed ? "try again" : "", help: "Read the roster again.",
        .saveAgain),
      .moving("the patients"),
      Binding(
        .escape, .character("q"), label: hasFilter ? "back" : "",
        help: "Clear the filter; then back to Patient.", .back),
    ] + Binding.everywhere(inField: false, place: .patients)
  }

  private var isFailed: Bool { if case .failed = access { true } else { false } }
}
