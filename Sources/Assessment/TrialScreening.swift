import Criteria
public import Hepatology
public import Trials

/// What a criterion comes to for a patient.
public enum CriterionResult: Hashable, Sendable {
  /// The sentence of the criterion holds.
  case met
  /// It does not.
  case notMet
  /// It cannot be said yet.
  case unknown
  /// All that is needed is known, and a person must answer; on which matters, where it is not the
  /// criterion as a whole.
  case needsPerson([String])
  /// It contradicts other criteria of its source for this patient.
  case conflict(with: [Criterion.ID])

  /// The word in JSON: `met`, `notMet`, `unknown`, `needsPerson`, `conflict`.
  public var name: String {
    switch self {
    case .met: "met"
    case .notMet: "notMet"
    case .unknown: "unknown"
    case .needsPerson: "needsPerson"
    case .conflict: "conflict"
    }
  }
}

/// Whether a patient can enter a trial.
public enum Verdict: Hashable, Sendable {
  /// He cannot: these criteria keep him out.
  case blocked(by: [Criterion.ID])
  /// It is open: so many criteria are unknown, so many wait for a person to say how they are read.
  case open(unknown: Int, unclear: Int)
  /// Nothing that can be computed keeps him out and nothing is unknown; these criteria a person
  /// must still attest.
  case clears(attest: [Criterion.ID])

  /// The word: `blocked`, `open`, `clears`.
  public var name: String {
    switch self {
    case .blocked: "blocked"
    case .open: "open"
    case .clears: "clears"
    }
  }
}

/// Where a patient stands to a trial, as a list says it: what matters first.
public enum Standing: Hashable, Sendable, CaseIterable {
  /// He can enter.
  case clears
  /// He can enter where a person attests what is left.
  case clearsToAttest
  /// Something is not known yet.
  case open
  /// He cannot enter.
  case blocked
  /// Nobody can enter, whatever the verdict on the patient is.
  case notRecruiting

  init(_ verdict: Verdict, isClosed: Bool) {
    self =
      switch verdict {
      case _ where isClosed: .notRecruiting
      case .clears(let attest): attest.isEmpty ? .clears : .clearsToAttest
      case .open: .open
      case .blocked: .blocked
      }
  }
}

/// How many trials stand where.
public struct Tally: Hashable, Sendable {
  private var counts: [Standing: Int] = [:]

  init() {}

  /// How many stand there.
  public internal(set) subscript(standing: Standing) -> Int {
    get { counts[standing] ?? 0 }
    set { counts[standing] = newValue }
  }
}

/// One criterion of one trial for a patient.
public struct ScreenedCriterion: Sendable {
  /// The criterion.
  public let criterion: Criterion
  /// What it comes to.
  public let result: CriterionResult
  /// Whether it keeps the patient out.
  public let blocks: Bool
  /// The variables that would settle it, in the order of the form; empty where it is settled.
  public let needs: [Variable]
  /// The variables that it uses with values older than they should be, in the order of the form.
  public let stale: [Variable]
  /// What a person answered to it.
  public let answer: Bool?

  /// Whether it waits for a person's answer.
  public var awaitsAnswer: Bool {
    switch result {
    case .needsPerson: true
    case .unknown: criterion.attest == .always && answer == nil
    default: false
    }
  }

  /// Whether it lets the patient in for certain.
  public var clears: Bool {
    switch result {
    case .met, .notMet: !blocks
    default: false
    }
  }
}

/// One trial for a patient.
public struct TrialScreening: Sendable {
  /// The trial.
  public let trial: TrialRecord
  /// Whether he can enter.
  public let verdict: Verdict
  /// Where he stands, a trial that does not recruit taken into account.
  public let standing: Standing
  /// Its criteria in order.
  public let criteria: [ScreenedCriterion]
  let table: VariableTable

  /// The variables that would settle what is unknown, in the order of the form.
  public var unknown: [Variable] { table.inOrder(criteria.flatMap(\.needs)) }

  /// The criteria that wait for a person's answer.
  public var attest: [Criterion.ID] { criteria.filter(\.awaitsAnswer).map(\.criterion.id) }

  /// The variables that are used with values older than they should be, in the order of the form.
  public var stale: [Variable] { table.inOrder(criteria.flatMap(\.stale)) }
}
