import Quantities

/// The parts of a record that need no check beyond their shape.
extension RecordBuilder {
  static func sponsor(_ entries: Entries) -> TrialRecord.Sponsor {
    TrialRecord.Sponsor(name: entries.words("name"), agencyClass: entries.term("class"))
  }

  static func responsibleParty(_ entries: Entries) -> TrialRecord.ResponsibleParty {
    TrialRecord.ResponsibleParty(
      type: entries.term("type") ?? .unknown, name: entries.text("name"),
      title: entries.text("title"), affiliation: entries.text("affiliation"))
  }

  static func design(_ entries: Entries?) -> TrialRecord.Design {
    TrialRecord.Design(
      allocation: entries?.term("allocation"),
      interventionModel: entries?.term("interventionModel"), masking: entries?.term("masking"),
      whoMasked: entries?.terms("whoMasked") ?? [],
      primaryPurpose: entries?.term("primaryPurpose"), description: entries?.text("description"),
      enrollment: entries?.whole("enrollment"),
      enrollmentType: entries?.term("enrollmentType") ?? .unknown)
  }

  static func outcome(_ entries: Entries) -> TrialRecord.Outcome {
    TrialRecord.Outcome(
      measure: entries.words("measure"), description: entries.text("description"),
      timeFrames: entries.texts("timeFrames"), scores: entries.texts("scores"))
  }

  static func reference(_ entries: Entries) -> TrialRecord.Reference {
    TrialRecord.Reference(
      pmid: entries.text("pmid"), citation: entries.words("citation"),
      type: entries.term("type") ?? .background)
  }

  /// Whether a text is letters, digits and `. - / +`, beginning with a letter or a digit.
  static func isIdentifier(_ text: String) -> Bool {
    func isPlain(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: false
      }
    }
    guard let first = text.utf8.first, isPlain(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isPlain($0) || ".-/+".utf8.contains($0) }
  }

  /// Reads a number that is not below zero, also one with a power of ten: `2e11`.
  static func amount(_ text: String) -> FixedDecimal? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count <= 2, !text.hasPrefix("-"), !text.hasPrefix("+"),
      var value = FixedDecimal(parts[0])
    else { return nil }
    guard parts.count == 2 else { return value }
    guard let power = Int(parts[1]), (-8...27).contains(power) else { return nil }
    for _ in 0..<abs(power) {
      guard let next = power > 0 ? value.times(10) : value.divided(by: 10) else { return nil }
      value = next
    }
    return value
  }
}
