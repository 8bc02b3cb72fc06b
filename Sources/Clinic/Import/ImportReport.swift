public import Hepatology
public import Quantities

/// How files are imported.
public struct ImportOptions: Sendable {
  /// Whether it is only said what would be done.
  public var isDryRun: Bool
  /// Whether values that contradict those in the store take their place, with a reason; where they
  /// do not, those in the store stay and the contradictions are listed.
  public var replacing: String?
  /// The code of the patient, for files from elsewhere that are about one; the next free one where
  /// it is `nil` and the patient is not known yet.
  public var code: PatientCode?

  /// How files are imported: for good, nothing replaced, codes as they come.
  public init(isDryRun: Bool = false, replacing: String? = nil, code: PatientCode? = nil) {
    self.isDryRun = isDryRun
    self.replacing = replacing
    self.code = code
  }
}

/// What an import did, or would do.
public struct ImportReport: Hashable, Sendable {
  /// Whether it is only said what would be done.
  public let isDryRun: Bool
  /// The patients that the files are about, in the order in which they come.
  public internal(set) var patients: [PatientCode] = []
  /// Those of them that are new.
  public internal(set) var newPatients: [PatientCode] = []
  /// The number of visits that are new.
  public internal(set) var newVisits = 0
  /// The number of values that are added.
  public internal(set) var added = 0
  /// The number of values that the store has already.
  public internal(set) var same = 0
  /// The number of values that are older than what the visit has from the same day.
  public internal(set) var older = 0
  /// The number of values that take the place of others: later results of the same day, and what
  /// was told to be replaced.
  public internal(set) var replaced = 0
  /// Values that contradict what the store has, and were left out.
  public internal(set) var conflicts: [Conflict] = []
  /// What was not understood, and why.
  public internal(set) var unread: [Unread] = []
  /// Whether there was more that was not understood or contradicts than is listed.
  public internal(set) var isCut = false

  init(isDryRun: Bool) {
    self.isDryRun = isDryRun
  }

  /// A value that contradicts what the store has.
  public struct Conflict: Hashable, Sendable {
    /// The patient.
    public let patient: PatientCode
    /// The day of the visit.
    public let date: Day
    /// The variable.
    public let variable: Variable
    /// What the store has; `nil` where it says that the variable is unknown.
    public let present: String?
    /// What the file has.
    public let incoming: String
  }

  /// Something in a file that was not understood.
  public struct Unread: Hashable, Sendable {
    /// What it is: a place in the file, or a code of a terminology.
    public let what: String
    /// Why it was left.
    public let reason: String
    /// How often it occurs.
    public var count: Int
  }
}
