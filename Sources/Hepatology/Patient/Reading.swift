public import Quantities

/// What became of a text that was given for a variable.
public enum Reading: Hashable, Sendable {
  /// A value, and what a person should know about it.
  case value(Value, remarks: [Remark])
  /// No value, and why.
  case refused(Refusal)

  /// The value, where there is one.
  public var value: Value? {
    if case .value(let value, _) = self { value } else { nil }
  }
}

/// Where a text comes from, which decides how much of it needs saying.
public enum TextSource: Hashable, Sendable {
  /// A person typed it, and sees at once what became of it.
  case keyboard
  /// A file holds it. `1.0` and `0.0` answer yes-or-no questions there, since programs write whole
  /// numbers so; which sign separates decimals is given where it is known.
  case file(decimal: DecimalSeparator?)
}

/// The sign that separates decimals.
public enum DecimalSeparator: Hashable, Sendable {
  /// `3.45`; a comma parts thousands.
  case point
  /// `3,45`; a point parts thousands.
  case comma
}

/// Something to know about a value that was taken.
public enum Remark: Hashable, Sendable, CustomStringConvertible {
  /// It is outside of the plausible range, which is given in its unit.
  case unusual(ClosedRange<FixedDecimal>, Unit)
  /// The number would be ordinary in another unit, in which it is this quantity.
  case ordinaryInOtherUnit(typed: Quantity, other: Quantity)
  /// A comma before three digits was read as the decimal separator, since the other reading is out of
  /// range.
  case commaIsDecimal(FixedDecimal)
  /// Signs between groups of three digits were read as separators of thousands.
  case thousands(FixedDecimal)
  /// It had more decimals than are kept.
  case rounded(FixedDecimal)

  /// The sentence for a person.
  public var description: String {
    switch self {
    case .unusual(let range, let unit):
      "outside the usual \(range.lowerBound) to \(range.upperBound) \(unit.symbol): right?"
    case .ordinaryInOtherUnit(let typed, let other):
      "\(typed.value) \(typed.unit.symbol) is unusual here, "
        + "\(other.value) \(other.unit.symbol) is not: which?"
    case .commaIsDecimal(let value):
      "the comma was read as a decimal point: \(value)"
    case .thousands(let value):
      "read with separators of thousands: \(value)"
    case .rounded(let value):
      "rounded to \(FixedDecimal.places) decimals: \(value)"
    }
  }
}

/// Why a text is not a value of a variable: what was understood of it, and what would be right.
public struct Refusal: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// It has more characters than are read.
    case tooLong(limit: Int)
    /// There is no number: nothing yet, or only a sign or a point.
    case noNumber(isBegun: Bool)
    /// It is no number.
    case notANumber(String)
    /// It has two decimal points.
    case twoDecimalPoints(String)
    /// It is a number with more digits than can be held.
    case tooManyDigits(String)
    /// The separator may part thousands or decimals, and both would be taken; the proposals are the
    /// two readings.
    case doubtfulSeparator(String)
    /// There is no unit, and it needs one of these.
    case noUnit([Unit])
    /// It is no unit of this; these are.
    case unknownUnit(String, accepted: [Unit])
    /// It is a unit, and measures something else than these.
    case unlikeUnit(String, accepted: [Unit])
    /// It is a unit that does not say what is measured; these do.
    case unsaidSubstance(String, accepted: [String])
    /// It is out of the accepted range, which is given in its unit; the proposal is the same number
    /// in another unit, where it would be ordinary there.
    case outOfRange(Quantity, accepted: ClosedRange<FixedDecimal>?)
    /// It cannot be expressed in the canonical unit.
    case notConvertible(ConversionError)
    /// It is not a whole number.
    case notWhole
    /// It is none of the answers.
    case notAnAnswer(String, answers: [String])
    /// Nothing is chosen.
    case nothingChosen
    /// It is not a date.
    case notADate(String)
    /// It is neither an answer of an event nor a date.
    case notAnEvent(String)
  }

  /// What is wrong.
  public let reason: Reason
  /// What would be taken instead, best first; empty where there is no telling.
  public let proposals: [Quantity]
  /// Whether more typing can make it a value: `-`, `.`, `<`.
  public let isUnfinished: Bool

  init(_ reason: Reason, proposals: [Quantity] = [], isUnfinished: Bool = false) {
    self.reason = reason
    self.proposals = proposals
    self.isUnfinished = isUnfinished
  }
}

extension Refusal: CustomStringConvertible {
  /// The sentence for a person, without the name of the variable.
  public var description: String {
    switch reason {
    case .tooLong(let limit): "longer than \(limit) characters"
    case .noNumber(let isBegun): isBegun ? "no digit yet" : "no number yet"
    case .notANumber(let text): "'\(text.printable)' is not a number"
    case .twoDecimalPoints(let text): "'\(text.printable)' has two decimal points"
    case .tooManyDigits(let text): "'\(text.printable)' is not a number that can be read"
    case .doubtfulSeparator(let text):
      "'\(text.printable)' may be \(proposals.map(Self.words).joined(separator: " or ")): "
        + "write it without a separator of thousands"
    case .noUnit(let units): "needs a unit: write \(Self.codes(units))"
    case .unknownUnit(let text, let units):
      units == [.one]
        ? "'\(text.printable)' is not part of a number"
        : "'\(text.printable)' is no unit of this: write \(Self.codes(units))"
    case .unlikeUnit(let text, let units):
      "'\(text.printable)' does not fit: "
        + (units == [.one] ? "it has no unit" : "write \(Self.codes(units))")
    case .unsaidSubstance(let text, let codes):
      "\(text.printable) does not say what is measured; write \(codes.joined(separator: " or "))"
    case .outOfRange(let quantity, let accepted): outOfRange(quantity, accepted)
    case .notConvertible(let error): "\(error)"
    case .notWhole: "must be a whole number"
    case .notAnAnswer(let text, let answers):
      "'\(text.printable)' is none of \(answers.joined(separator: ", "))"
    case .nothingChosen: "nothing is chosen"
    case .notADate(let text):
      "'\(text.printable)' is not a date: write year-month-day, as in 2026-11-21"
    case .notAnEvent(let text):
      "'\(text.printable)' is not never, ongoing, or a date such as 2026-11-21"
    }
  }

  private func outOfRange(_ quantity: Quantity, _ accepted: ClosedRange<FixedDecimal>?) -> String {
    guard let accepted else { return "out of range" }
    let limits =
      "must be \(accepted.lowerBound) to \(accepted.upperBound)"
      + (quantity.unit == .one ? "" : " \(quantity.unit.symbol)")
    return proposals.first.map { "\(limits); \(Self.words($0)) would be ordinary" } ?? limits
  }

  private static func words(_ quantity: Quantity) -> String {
    quantity.unit.symbol.isEmpty
      ? "\(quantity.value)" : "\(quantity.value) \(quantity.unit.symbol)"
  }

  private static func codes(_ units: [Unit]) -> String {
    units.map(\.code).joined(separator: " or ")
  }
}

extension StringProtocol {
  /// With a mark in place of every character that is not for showing, so that a message never
  /// carries control characters to a terminal.
  var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: "\u{FFFD}"
          default: scalar
          }
        }))
  }

  /// Without white space at both ends.
  var trimmed: String {
    // Most texts are ASCII and have none.
    let visible: ClosedRange<Unicode.Scalar> = "!"..."~"
    if let first = unicodeScalars.first, let last = unicodeScalars.last, visible.contains(first),
      visible.contains(last)
    {
      return String(self)
    }
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
