/// A row of the log: one thing that was entered about a patient, and never changed since.
public struct Observation: Hashable, Sendable, Identifiable {
  /// Its place in the log, from 1 on without gaps.
  public let sequence: Int
  /// The first row of those that were committed with it; they are undone together.
  public let change: Int
  /// The number of the patient in this store.
  public let patient: Int
  /// The number of the visit in the patient, from 1 on; `nil` for what is about no visit.
  public let visit: Int?
  /// What was done.
  public let kind: Kind
  /// What it is about: the id of a variable, a group of variables, a trial and its criterion.
  public let field: String?
  /// The value as it was typed, or an answer.
  public let text: String?
  /// The UCUM code of the unit that held where the text has none.
  public let unit: String?
  /// The time that the value holds for; `nil` where it is the day of the visit.
  public let holdsAt: Moment?
  /// When it was entered; never before the row ahead of it.
  public let enteredAt: Timestamp
  /// What the clock said, where that was before the row ahead.
  public let clock: Timestamp?
  /// Who entered it.
  public let author: String
  /// Why, for what takes the place of something else.
  public let reason: String?
  /// Where it came from, as in `csv:` and the beginning of the file's digest; `nil` for the keyboard.
  public let source: String?
  /// The row whose place it takes; for undo and redo the change that is undone or redone.
  public let corrects: Int?
  /// The digest of the row ahead of it.
  public let previous: Digest
  /// The digest of this row together with the row ahead.
  public internal(set) var digest: Digest

  /// Its place in the log.
  public var id: Int { sequence }

  /// What a row does.
  public enum Kind: String, CaseIterable, Sendable {
    /// The patient was made; the text is the code.
    case created
    /// The patient was put away.
    case archived
    /// The patient was taken back from the archive.
    case restored
    /// A visit was made; the text is its day.
    case visit
    /// The day of a visit was changed; the text is the new one.
    case redated
    /// A variable has a value.
    case value
    /// A variable is unknown from this visit on.
    case cleared
    /// A group of history questions was gone through, and none but what is entered holds.
    case reviewed
    /// A criterion of a trial was answered by a person.
    case attested
    /// A change was taken back.
    case undo
    /// A change that was taken back holds again.
    case redo
  }

  /// A new row; its digest is computed.
  init(
    sequence: Int, change: Int, patient: Int, visit: Int?, kind: Kind, field: String?,
    text: String?, unit: String?, holdsAt: Moment?, enteredAt: Timestamp, clock: Timestamp?,
    author: String, reason: String?, source: String?, corrects: Int?, previous: Digest
  ) {
    self.sequence = sequence
    self.change = change
    self.patient = patient
    self.visit = visit
    self.kind = kind
    self.field = field
    self.text = text
    self.unit = unit
    self.holdsAt = holdsAt
    self.enteredAt = enteredAt
    self.clock = clock
    self.author = author
    self.reason = reason
    self.source = source
    self.corrects = corrects
    self.previous = previous
    digest = .zero
    digest = computedDigest()
  }

  /// The digest that the row must have: over the digest of the row ahead and every column but the
  /// digest itself, each with a mark of what it is and its length, so that no two rows look alike.
  func computedDigest(at sequence: Int? = nil) -> Digest {
    var sha = SHA256()
    sha.update(previous.bytes)
    func number(_ value: Int64?) {
      guard let value else {
        sha.update([0])
        return
      }
      sha.update([1])
      withUnsafeBytes(of: value.littleEndian) { sha.update($0) }
    }
    func text(_ value: String?) {
      guard let value else {
        sha.update([0])
        return
      }
      sha.update([2])
      withUnsafeBytes(of: Int64(value.utf8.count).littleEndian) { sha.update($0) }
      sha.update(value.utf8)
    }
    number(Int64(sequence ?? self.sequence))
    number(Int64(change))
    number(Int64(patient))
    number(visit.map(Int64.init))
    text(kind.rawValue)
    text(field)
    text(self.text)
    text(unit)
    text(holdsAt?.description)
    number(enteredAt.milliseconds)
    number(clock?.milliseconds)
    text(author)
    text(reason)
    text(source)
    number(corrects.map(Int64.init))
    return sha.finish()
  }
}
