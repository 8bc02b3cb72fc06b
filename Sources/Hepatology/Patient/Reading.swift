public import Quantities

/// What became of a text that was typed for a variable.
public enum Reading: Hashable, Sendable {
  /// A value, and what a person should know about it.
  case value(Value, remarks: [Remark])
  /// No value, and why.
  case refused(InputError)

  /// The value, where there is one.
  public var value: Value? {
    if case .value(let value, _) = self { value } else { nil }
  }
}

/// Something to know about a value that was taken.
public enum Remark: Hashable, Sendable, CustomStringConvertible {
  /// It is outside of the soft limits, which are given in its unit.
  case unusual(ClosedRange<FixedDecimal>, Unit)
  /// The number would be ordinary in another unit, in which it is this quantity.
  case ordinaryInOtherUnit(typed: Quantity, other: Quantity)
  /// A comma with three digits behind it was read as the decimal separator.
  case commaIsDecimal(FixedDecimal)

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
    }
  }
}

/// Why a text is not a value of a variable; the sentence says what would be right.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence, without the name of the variable.
  public let description: String
  /// Whether more typing can make it a value: `-`, `.`, `<`.
  public let isUnfinished: Bool

  init(_ description: String, isUnfinished: Bool = false) {
    self.description = description
    self.isUnfinished = isUnfinished
  }
}

extension Variable {
  /// The longest text that is read as a value.
  public static let longestInput = 64

  /// Reads what was typed.
  ///
  /// - Parameters:
  ///   - typed: The text. A quantity is a number, perhaps after `<` or `>`, perhaps before a unit;
  ///     point and comma both separate decimals; a percentage may be written as a fraction where
  ///     only that makes sense, as FiO2 0.4. A choice is its id, an unambiguous beginning of
  ///     its label, or yes/no in full or by first letter; several choices are parted by commas; an
  ///     event is `never`, `ongoing` or a date such as 2026-11-21.
  ///   - unit: The unit that holds where the text has none; `nil` where the text must have one if
  ///     the variable ``Measure/needsUnit``.
  public func read(_ typed: String, in unit: Unit? = nil) -> Reading {
    let text = typed.trimmed
    guard text.utf8.count <= Self.longestInput else {
      return .refused(InputError("longer than \(Self.longestInput) characters"))
    }
    switch kind {
    case .quantity(let measure): return measure.read(text, in: unit)
    case .choice(let choices, _): return Self.read(text, among: choices).map { .choice($0) }
    case .choices(let choices): return Self.readSeveral(text, among: choices)
    case .yesNo:
      let answers = [Choice("yes", "Yes"), Choice("no", "No")]
      let usual = ["true": "yes", "1": "yes", "false": "no", "0": "no"][text.lowercased()]
      return Self.read(usual ?? text, among: answers).map { .yesNo($0 == "yes") }
    case .event: return Self.readEvent(text)
    }
  }

  /// What may be typed, in a few words: for errors, help and completion.
  public var expects: String {
    switch kind {
    case .quantity(let measure):
      let units = measure.units.filter { $0 != .one }.map(\.code)
      return units.isEmpty ? "a number" : "a number in \(units.joined(separator: " or "))"
    case .choice(let choices, _): return choices.map(\.id).joined(separator: ", ")
    case .choices(let choices):
      return "any of \(choices.map(\.id).joined(separator: ", ")), parted by commas"
    case .yesNo: return "yes or no"
    case .event: return "never, ongoing, or a date such as 2026-11-21"
    }
  }

  private enum Found {
    case one(String)
    case none(InputError)

    func map(_ make: (String) -> Value) -> Reading {
      switch self {
      case .one(let id): .value(make(id), remarks: [])
      case .none(let error): .refused(error)
      }
    }
  }

  private static func read(_ text: String, among choices: [Choice]) -> Found {
    let wanted = text.lowercased()
    if let exact = choices.first(where: { $0.id.lowercased() == wanted }) { return .one(exact.id) }
    let begun = choices.filter {
      $0.label.lowercased().hasPrefix(wanted) || $0.id.lowercased().hasPrefix(wanted)
    }
    if begun.count == 1, !wanted.isEmpty { return .one(begun[0].id) }
    let all = choices.map(\.id).joined(separator: ", ")
    return .none(InputError("'\(text.printable)' is none of \(all)", isUnfinished: !begun.isEmpty))
  }

  private static func readSeveral(_ text: String, among choices: [Choice]) -> Reading {
    // A label may hold spaces and commas, as "Cholestatic (PBC, PSC, biliary)" does.
    if case .one(let id) = read(text, among: choices) { return .value(.choices([id]), remarks: []) }
    var ids: Set<String> = []
    for part in text.split(whereSeparator: { ",;+".contains($0) }) {
      if case .one(let id) = read(part.trimmed, among: choices) {
        ids.insert(id)
        continue
      }
      for word in part.split(separator: " ") {
        switch read(String(word), among: choices) {
        case .one(let id): ids.insert(id)
        case .none(let error): return .refused(error)
        }
      }
    }
    guard !ids.isEmpty else { return .refused(InputError("nothing is chosen", isUnfinished: true)) }
    return .value(.choices(ids), remarks: [])
  }

  private static func readEvent(_ text: String) -> Reading {
    let wanted = text.lowercased()
    if let day = Day(text) { return .value(.event(.on(day)), remarks: []) }
    for (word, occurrence) in [("never", Value.Occurrence.never), ("ongoing", .ongoing)]
    where !wanted.isEmpty && word.hasPrefix(wanted) || wanted == (word == "never" ? "no" : "now") {
      return .value(.event(occurrence), remarks: [])
    }
    let isDate = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    return .refused(
      InputError(
        isDate
          ? "'\(text.printable)' is not a date: write year-month-day, as in 2026-11-21"
          : "'\(text.printable)' is not never, ongoing, or a date such as 2026-11-21",
        isUnfinished: isDate && text.count < 10))
  }
}

extension Measure {
  func read(_ text: String, in assumed: Unit?) -> Reading {
    var rest = text[...]
    var bound = Value.Bound.exact
    if let sign = rest.first, sign == "<" || sign == ">" {
      bound = sign == "<" ? .below : .above
      rest = rest.dropFirst().drop { $0 == " " }
    }
    let number = Substring(rest.unicodeScalars.prefix(while: Self.isOfNumber))
    let written = rest[number.endIndex...].trimmed
    var digits = String(number)
    if number.unicodeScalars.contains(where: { $0 == "," || $0 == "−" }) {
      digits = String(number.map { $0 == "," ? "." : $0 == "−" ? "-" : $0 })
    }
    guard !digits.isEmpty else {
      return .refused(
        written.isEmpty
          ? InputError("no number yet", isUnfinished: true)
          : InputError("'\(written.printable)' is not a number"))
    }
    if digits.utf8.count(where: { $0 == UInt8(ascii: ".") }) > 1 {
      return .refused(InputError("'\(number)' has two decimal points"))
    }
    guard let value = FixedDecimal(digits) else {
      let isUnfinished = ["-", "+", ".", "-.", "+."].contains(digits)
      let decimals = digits.split(separator: ".").last?.count ?? 0
      return .refused(
        InputError(
          isUnfinished
            ? "no digit yet"
            : decimals > FixedDecimal.places && digits.contains(".")
              ? "more than \(FixedDecimal.places) decimals"
              : "'\(number)' is not a number that can be read", isUnfinished: isUnfinished))
    }
    switch unit(written, assumed) {
    case .refused(let error): return .refused(error)
    case .unit(let unit):
      let fraction = Quantity(value, .one)
      let isFraction =
        written.isEmpty && unit != .one && units.contains(.one) && !fits(Quantity(value, unit))
        && fits(fraction)
      return take(isFraction ? fraction : Quantity(value, unit), bound, typed: number)
    }
  }

  private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", ".", ",", "+", "-", "−": true
    default: false
    }
  }

  /// Whether a quantity is within the hard limits.
  private func fits(_ quantity: Quantity) -> Bool {
    (try? canonical(quantity)).map(hard.contains) ?? false
  }

  private enum UnitReading {
    case unit(Unit)
    case refused(InputError)
  }

  private func unit(_ written: String, _ assumed: Unit?) -> UnitReading {
    if written.isEmpty, let unit = assumed ?? (needsUnit ? nil : canonical) { return .unit(unit) }
    let names = units.map(\.code).joined(separator: " or ")
    guard !written.isEmpty else { return .refused(InputError("needs a unit: write \(names)")) }
    // While a unit is typed, a beginning of it may be another unit: µm of µmol/L.
    let begun = units.contains {
      $0.code.lowercased().hasPrefix(written.lowercased()) || $0.symbol.hasPrefix(written)
    }
    do {
      let unit = try Unit(spelling: written)
      if let known = units.first(where: { $0.code == unit.code }) { return .unit(known) }
      do {
        _ = try unit.scale(to: canonical, as: substances)
        return .unit(unit)
      } catch {
        if case .substanceUnknown = error.reason { return .refused(InputError("\(error)")) }
        return .refused(
          InputError(
            "'\(written.printable)' does not fit: "
              + (units == [.one] ? "it has no unit" : "write \(names)"), isUnfinished: begun))
      }
    } catch {
      return .refused(
        InputError(
          units == [.one]
            ? "'\(written.printable)' is not part of a number"
            : "'\(written.printable)' is no unit of this: write \(names)",
          isUnfinished: begun))
    }
  }

  private func take(_ quantity: Quantity, _ bound: Value.Bound, typed: Substring) -> Reading {
    let value: FixedDecimal
    do {
      value = try canonical(quantity)
    } catch {
      return .refused(InputError("\(error)"))
    }
    guard hard.contains(value) else {
      return .refused(InputError(refusal(quantity), isUnfinished: value < hard.lowerBound))
    }
    if isWhole, quantity.value.wholeNumber == nil {
      return .refused(InputError("must be a whole number"))
    }
    var remarks: [Remark] = []
    if let other = ordinaryElsewhere(quantity, value) {
      remarks.append(.ordinaryInOtherUnit(typed: quantity, other: other))
    } else if !soft.contains(value), let range = inUnit(soft, quantity.unit) {
      remarks.append(.unusual(range, quantity.unit))
    }
    if let comma = typed.firstIndex(of: ","), typed[comma...].dropFirst().count == 3 {
      remarks.append(.commaIsDecimal(quantity.value))
    }
    return .value(.quantity(quantity, bound), remarks: remarks)
  }

  private func refusal(_ quantity: Quantity) -> String {
    guard let range = inUnit(hard, quantity.unit) else { return "out of range" }
    let limits =
      "must be \(range.lowerBound) to \(range.upperBound)"
      + (quantity.unit == .one ? "" : " \(quantity.unit.symbol)")
    guard let value = try? canonical(quantity),
      let other = ordinaryElsewhere(quantity, value)
    else { return limits }
    return "\(limits); \(other.value) \(other.unit.symbol) would be ordinary"
  }

  /// The same number in another unit, where it would be usual there and is not usual here.
  private func ordinaryElsewhere(_ quantity: Quantity, _ value: FixedDecimal) -> Quantity? {
    guard !usual.contains(value) else { return nil }
    return units.lazy.filter { $0 != quantity.unit }.map { Quantity(quantity.value, $0) }
      .first { other in (try? canonical(other)).map(usual.contains) ?? false }
  }

  /// A range of the canonical unit in another one, at most three decimals.
  func inUnit(_ range: ClosedRange<FixedDecimal>, _ unit: Unit) -> ClosedRange<FixedDecimal>? {
    guard
      let low = try? Quantity(range.lowerBound, canonical).converted(to: unit, as: substances),
      let high = try? Quantity(range.upperBound, canonical).converted(to: unit, as: substances)
    else { return nil }
    return low.value.rounded(to: 3)...high.value.rounded(to: 3)
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
