/// What a patient is called here: `P-0001`, or the site's own code; never a name.
public struct PatientCode: Hashable, Sendable, CustomStringConvertible {
  /// The code as it was given.
  public let text: String

  /// The longest code.
  public static let longest = 32

  /// Takes letters, digits and `-_./`, of them at least one digit, so that no name gets through by
  /// mistake.
  ///
  /// - Throws: ``StoreError/code(_:)`` with what is wrong.
  public init(_ text: String) throws(StoreError) {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    guard !text.isEmpty else { throw .code("a patient's code is missing") }
    guard text.utf8.count <= Self.longest else {
      throw .code("a patient's code has at most \(Self.longest) characters")
    }
    guard text.utf8.allSatisfy({ isDigit($0) || isLetter($0) || "-_./".utf8.contains($0) }) else {
      throw .code("a patient's code has letters, digits and - _ . / only, as in P-0001")
    }
    guard text.utf8.contains(where: isDigit) else {
      throw .code("a patient's code has at least one digit, as in P-0001: it is never a name")
    }
    self.text = text
  }

  init(stored text: String) {
    self.text = text
  }

  /// The code that is given where the site gives none.
  static func numbered(_ number: Int) -> PatientCode {
    let digits = "\(number)"
    return PatientCode(
      stored: "P-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
  }

  /// The last run of digits without zeros before it: what a person types to find the code.
  var number: String {
    let digits = text.utf8.reversed().drop { !(48...57).contains($0) }
      .prefix { (48...57).contains($0) }.reversed()
    return String(decoding: digits.drop { $0 == 48 }, as: UTF8.self)
  }

  /// The code.
  public var description: String { text }
}
