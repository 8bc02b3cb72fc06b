public import Clinic
public import Quantities

/// What the app asks of the store; the answer comes back through ``Workbench/handle(_:)-(StoreAnswer)``.
public enum StoreRequest: Hashable, Sendable {
  /// Open the store, and say what was recovered.
  case open
  /// A part of the roster.
  case roster(RosterQuery)
  /// The patients whose figures the roster shows.
  case glance([PatientCode])
  /// The patient to show on the form.
  case show(PatientCode)
  /// Another patient, to show beside the one on the form.
  case companion(PatientCode)
  /// Write something about a patient.
  case change(PatientChange)
  /// Keep the half-typed field in the journal; `nil` for none.
  case draft(Draft?)
  /// Say what other programs have written.
  case news
  /// Say what importing a file would do.
  case rehearse(path: String)
  /// Import a file; with a reason, values that contradict the store take their place.
  case take(path: String, replacing: String?)
  /// Write a patient, as at a visit, to a file whose ending says the form: `.md`, `.txt`, `.csv`, `.json`.
  case export(PatientCode, visit: Int?, path: String)
  /// Write what is on the form and could not be saved to a file.
  case elsewhere(PatientCode?, on: Day, [Input], path: String)

  /// Whether it may wait until the picture of the key that caused it is shown; what a person waits
  /// to see may not, and what is asked while nobody presses a key has no picture.
  public var waitsForPicture: Bool {
    switch self {
    case .roster, .show, .companion, .news: false
    default: true
    }
  }

  /// Whether the next key may not be taken before it is done.
  public var isBinding: Bool {
    switch self {
    case .draft, .news, .glance: false
    default: true
    }
  }
}

/// Something to be written about a patient; `seen` is the last row that was seen of him.
public enum PatientChange: Hashable, Sendable {
  /// Make a patient, with a first visit and what was entered at it; the next free code where none
  /// is given.
  case admit(PatientCode?, on: Day, [Input])
  /// Make a visit, with what was entered at it.
  case newVisit(PatientCode, on: Day, [Input], seen: Int?)
  /// Write what was entered at a visit, and why, where it is a correction.
  case commit(PatientCode, visit: Int, [Input], reason: String?, seen: Int)
  /// Take back the last change.
  case undo(PatientCode, seen: Int)
  /// Bring back the change that was taken back last.
  case redo(PatientCode, seen: Int)
  /// Put the patient away, or take him back.
  case archive(PatientCode, Bool)

  /// What was entered; nothing where no value is written.
  var inputs: [Input] {
    switch self {
    case .admit(_, _, let inputs), .newVisit(_, _, let inputs, _), .commit(_, _, let inputs, _, _):
      inputs
    case .undo, .redo, .archive: []
    }
  }
}

/// A part of the roster.
public struct RosterQuery: Hashable, Sendable {
  /// What the code, its number or the label begins with, word by word.
  public var text = ""
  /// The order, where no text is given.
  public var order = RosterOrder.code
  /// Whether those are listed that were put away.
  public var archived = false
  /// How many lines are left out before the first.
  public var skipping = 0
  /// How many lines at the most.
  public var limit = 100

  /// The first hundred patients.
  public init() {}
}

/// What the store answers.
public enum StoreAnswer: Sendable {
  /// The store is open.
  case opened(StoreOpening)
  /// A part of the roster, and how many lines there are.
  case roster(RosterQuery, [RosterEntry], count: Int)
  /// Patients whose figures were asked for.
  case glance([PatientRecord])
  /// The patient that was asked for.
  case shown(PatientRecord)
  /// The patient that was asked for, to be shown beside the one on the form.
  case companion(PatientRecord)
  /// A change is on the disk, since that time of day.
  case saved(PatientChange, Receipt, at: String)
  /// Other programs have written something of these patients.
  case news([PatientCode])
  /// What importing a file would do.
  case rehearsed(path: String, ImportReport)
  /// What importing a file did.
  case imported(path: String, ImportReport)
  /// A file was written.
  case written(path: String)
  /// Nothing was done, and why.
  case failed(StoreRequest, StoreError)
}

/// A store that was opened.
public struct StoreOpening: Sendable {
  /// Whether the patients are gone with the program.
  public let isMemory: Bool
  /// What a person should know about the store.
  public let remarks: [String]
  /// The half-typed fields of programs that ended without keeping them.
  public let recovered: [Draft]

  /// A store that was opened.
  public init(isMemory: Bool, remarks: [String], recovered: [Draft]) {
    self.isMemory = isMemory
    self.remarks = remarks
    self.recovered = recovered
  }
}
