import Clinic
import Hepatology
import Terminal

/// Whose visits a trend is made from.
enum TrendSource: Sendable {
  /// Patients are not kept, and why.
  case notKept(String)
  /// No patient that is kept is open.
  case nobody
  /// The patient that is open.
  case record(PatientRecord)
}

/// The trend of the chosen score or of its inputs: what is shown of it, and where it is read off.
struct TrendPanel: Sendable {
  /// What a curve is of.
  enum Subject: Hashable, Sendable {
    case score
    case variable(Variable)
  }

  /// How days are shown.
  var dates = DayFormat.iso
  /// The keys that hold.
  var keys = KeyMap.standard
  /// Whether it stands in place of the working.
  private(set) var isShown = false
  /// What the first curve is of, and the second; the first alone has thresholds.
  private(set) var subject = Subject.score
  private(set) var other: Subject?
  /// What there is to choose from.
  private(set) var subjects: [Subject] = [.score]
  private(set) var first: Trend?
  private(set) var second: Trend?
  /// Whose visits the first curve is made from.
  private(set) var code: PatientCode?
  /// Another patient, of whom the second curve is.
  private(set) var companion: PatientRecord?
  /// Why there is no chart, in words.
  private(set) var obstacle: String?
  /// The number of the visit that is read off; `nil` for the last one.
  private var visit: Int?
  private var key: Key?

  /// What the trends were made from.
  private struct Key: Hashable, Sendable {
    let code: PatientCode
    let sequence: Int
    let score: Score.ID
    let variant: Score.Variant.ID
    let subject: Subject
    let other: Subject?
    let companion: PatientCode?
    let seen: Int?
  }

  /// The place of the visit that is read off.
  var cursor: Int? {
    guard let readings = first?.readings, !readings.isEmpty else { return nil }
    return readings.firstIndex { $0.visit == visit } ?? readings.count - 1
  }

  // MARK: Keys

  mutating func toggle() { isShown.toggle() }

  /// Reads off another visit.
  mutating func move(by step: Int) {
    guard let cursor, let readings = first?.readings else { return }
    visit = readings[max(0, min(readings.count - 1, cursor + step))].visit
  }

  /// Lays the next input over the curve, or the one before; after the last one none.
  mutating func overlay(by step: Int) {
    let choices = [nil] + subjects.filter { $0 != subject }.map(Optional.some)
    let here = choices.firstIndex(of: other) ?? 0
    other = choices[(here + step + choices.count) % choices.count]
  }

  /// Lays the same curve of another patient over that of the one that is open; `nil` for none.
  mutating func compare(with record: PatientRecord?) {
    companion = record
    other = nil
  }

  /// Makes the second curve the first one.
  mutating func swap() {
    guard let other else { return }
    self.other = subject
    subject = other
  }

  // MARK: Following

  /// Brings the trends into line with the patient and the score.
  mutating func fit(_ source: TrendSource, _ score: Score?, _ variant: Score.Variant?) {
    guard isShown, let score, let variant else { return }
    guard case .record(let record) = source else {
      (first, second, key, code) = (nil, nil, nil, nil)
      if case .notKept(let reason) = source {
        obstacle = "Patients are not kept: \(reason). A trend is made from visits that are kept."
      } else {
        obstacle =
          "No patient who is kept is open. Open one in 5 Patients, or enter a first value in "
          + "2 Patient."
      }
      return
    }
    code = record.code
    if companion?.code == record.code { companion = nil }
    subjects =
      [.score]
      + (score.inputs + score.optionalInputs).filter { Trend.canShow($0, record.visits) }
      .map { .variable($0) }
    if !subjects.contains(subject) { subject = .score }
    if other == subject || other.map({ !subjects.contains($0) }) ?? false { other = nil }
    let key = Key(
      code: record.code, sequence: record.sequence, score: score.id, variant: variant.id,
      subject: subject, other: other, companion: companion?.code, seen: companion?.sequence)
    guard key != self.key else { return }
    if key.code != self.key?.code { visit = nil }
    self.key = key
    func trend(_ subject: Subject, of visits: [Visit]) -> Trend {
      switch subject {
      case .score: return Trend(score, variant, visits)
      case .variable(let variable):
        // Both patients in the unit of the one that is open.
        let unit = Trend.unit(of: variable, record.visits)
        return Trend(variable, visits, in: unit)
      }
    }
    let made = trend(subject, of: record.visits)
    first = made
    second =
      companion.map { trend(subject, of: $0.visits) }
      ?? other.map { trend($0, of: record.visits) }
    let (count, visits) = (made.count, made.readings.count)
    obstacle =
      count >= 2
      ? nil
      : "A trend needs a value at two visits; of \(visits) visit\(visits == 1 ? "" : "s") "
        + "\(count == 0 ? "none" : "one") has \(made.name)."
  }

  /// Why there is nothing to move through; `nil` where there is.
  var cannotMove: String? {
    guard let first else { return "There is no trend of this patient." }
    return first.readings.count > 1 ? nil : "There is one visit."
  }

  /// Why no other patient can be shown; `nil` where one can.
  var cannotCompare: String? { first == nil ? "There is no trend of this patient." : nil }

  /// Why nothing can be laid over the curve; `nil` where something can.
  var cannotOverlay: String? {
    guard first != nil else { return "There is no trend of this patient." }
    if let companion {
      return "The second curve is of \(companion.code); "
        + "\(keys.name(of: .companion, usually: .character("p"), takesText: false)) takes it away."
    }
    return subjects.count > 1 ? nil : "No input of this score was measured that has a scale."
  }
}
