public import Quantities

extension Variable {
  /// The longest text that is read as a value.
  public static let longestInput = 64

  /// Reads a text as a value, by the same rules wherever it comes from.
  ///
  /// - Parameters:
  ///   - text: A quantity is a number, perhaps after `<`, `<=`, `>` or `>=`, perhaps with an exponent
  ///     or with separators of thousands, perhaps before a unit as laboratories write it; point and
  ///     comma both separate decimals; a percentage may be written as a fraction where only that
  ///     makes sense, as FiO2 0.4. A choice is its id, perhaps with `.0` behind a grade, an
  ///     unambiguous beginning of its label, or yes/no in full or by first letter; several choices
  ///     are parted by commas; an event is `never`, `ongoing` or a date such as 2026-11-21.
  ///   - unit: The unit that holds where the text has none; `nil` where the text must have one if
  ///     the variable ``Measure/needsUnit``.
  ///   - source: Where the text comes from.
  public func read(
    _ text: String, in unit: Unit? = nil, from source: TextSource = .keyboard
  ) -> Reading {
    let text = text.trimmed
    guard text.utf8.count <= Self.longestInput else {
      return .refused(Refusal(.tooLong(limit: Self.longestInput)))
    }
    switch kind {
    case .quantity(let measure): return measure.read(text, in: unit, from: source)
    case .choice(let choices, _):
      return Self.read(text.withoutZeroDecimals, among: choices).map { .choice($0) }
    case .choices(let choices): return Self.readSeveral(text, among: choices)
    case .yesNo:
      let answers = [Choice("yes", "Yes"), Choice("no", "No")]
      let word = source == .keyboard ? text : text.withoutZeroDecimals
      let usual = ["true": "yes", "1": "yes", "false": "no", "0": "no"][word.lowercased()]
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

  // MARK: Answers

  private enum Found {
    case one(String)
    case none(Refusal)

    func map(_ make: (String) -> Value) -> Reading {
      switch self {
      case .one(let id): .value(make(id), remarks: [])
      case .none(let refusal): .refused(refusal)
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
    return .none(
      Refusal(.notAnAnswer(text, answers: choices.map(\.id)), isUnfinished: !begun.isEmpty))
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
        case .none(let refusal): return .refused(refusal)
        }
      }
    }
    guard !ids.isEmpty else { return .refused(Refusal(.nothingChosen, isUnfinished: true)) }
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
      isDate
        ? Refusal(.notADate(text), isUnfinished: text.count < 10) : Refusal(.notAnEvent(text)))
  }
}

extension Measure {
  fileprivate func read(_ text: String, in assumed: Unit?, from source: TextSource) -> Reading {
    var rest = text[...]
    var bound = Value.Bound.exact
    // Most numbers begin with a digit and are no bound.
    if let first = rest.utf8.first, !(48...57).contains(first) {
      for (sign, meaning) in Value.Bound.signs where rest.hasPrefix(sign) {
        bound = meaning
        rest = rest.dropFirst(sign.count).drop { $0 == " " }
        break
      }
    }
    var decimal: DecimalSeparator?
    if case .file(let known) = source { decimal = known }
    let number = Numeral(startOf: rest, decimal: decimal)
    let written = rest[number.end...].trimmed
    guard !number.text.isEmpty else {
      return .refused(
        written.isEmpty
          ? Refusal(.noNumber(isBegun: false), isUnfinished: true)
          : Refusal(.notANumber(written)))
    }
    do throws(Refusal) {
      let meanings = try number.meanings()
      let unit = try unit(written, assumed)
      let readings = meanings.map { read($0, unit, isWritten: !written.isEmpty, bound) }
      let taken = readings.filter { $0.value != nil }
      guard taken.count > 1 else { return taken.first ?? readings[0] }
      let proposals = meanings.map { Quantity($0.value, unit) }
      return .refused(Refusal(.doubtfulSeparator(String(number.text)), proposals: proposals))
    } catch {
      return .refused(error)
    }
  }

  private func read(
    _ meaning: Numeral.Meaning, _ unit: Unit, isWritten: Bool, _ bound: Value.Bound
  ) -> Reading {
    let fraction = Quantity(meaning.value, .one)
    let isFraction =
      !isWritten && unit != .one && units.contains(.one)
      && !accepts(Quantity(meaning.value, unit)) && accepts(fraction)
    return take(
      isFraction ? fraction : Quantity(meaning.value, unit), bound, remarks: meaning.remarks)
  }

  private func accepts(_ quantity: Quantity) -> Bool {
    (try? canonical(quantity)).map(accepted.contains) ?? false
  }

  private func unit(_ written: String, _ assumed: Unit?) throws(Refusal) -> Unit {
    if written.isEmpty, let unit = assumed ?? (needsUnit ? nil : canonical) {
      return try fitting(unit, unit.code, isUnfinished: false)
    }
    guard !written.isEmpty else { throw Refusal(.noUnit(units)) }
    // While a unit is typed, a beginning of it may be another unit: µm of µmol/L.
    let begun = units.contains {
      $0.code.lowercased().hasPrefix(written.lowercased()) || $0.symbol.hasPrefix(written)
    }
    let unit: Unit
    do {
      unit = try Unit(spelling: written, measuring: canonical, as: substances)
    } catch {
      throw Refusal(.unknownUnit(written, accepted: units), isUnfinished: begun)
    }
    return try fitting(unit, written, isUnfinished: begun)
  }

  /// A unit as one that this is measured in.
  private func fitting(_ unit: Unit, _ written: String, isUnfinished: Bool) throws(Refusal) -> Unit
  {
    if let known = units.first(where: { $0.code == unit.code }) { return known }
    do {
      _ = try unit.scale(to: canonical, as: substances)
      return unit
    } catch {
      if case .substanceUnknown(let codes) = error.reason {
        throw Refusal(.unsaidSubstance(unit.code, accepted: codes))
      }
      throw Refusal(.unlikeUnit(written, accepted: units), isUnfinished: isUnfinished)
    }
  }

  private func take(_ quantity: Quantity, _ bound: Value.Bound, remarks: [Remark]) -> Reading {
    let value: FixedDecimal
    do {
      value = try canonical(quantity)
    } catch {
      return .refused(Refusal(.notConvertible(error)))
    }
    let other = ordinaryElsewhere(quantity, value)
    guard accepted.contains(value) else {
      return .refused(
        Refusal(
          .outOfRange(quantity, accepted: range(accepted, in: quantity.unit)),
          proposals: other.map { [$0] } ?? [], isUnfinished: value < accepted.lowerBound))
    }
    if isWhole, quantity.value.wholeNumber == nil { return .refused(Refusal(.notWhole)) }
    var remarks = remarks
    if let other {
      remarks.insert(.ordinaryInOtherUnit(typed: quantity, other: other), at: 0)
    } else if !plausible.contains(value), let range = range(plausible, in: quantity.unit) {
      remarks.insert(.unusual(range, quantity.unit), at: 0)
    }
    return .value(.quantity(quantity, bound), remarks: remarks)
  }

  /// The same number in another unit, where it would be ordinary there and is not here.
  private func ordinaryElsewhere(_ quantity: Quantity, _ value: FixedDecimal) -> Quantity? {
    guard !typical.contains(value) else { return nil }
    return units.lazy.filter { $0 != quantity.unit }.map { Quantity(quantity.value, $0) }
      .first { other in (try? canonical(other)).map(typical.contains) ?? false }
  }
}

extension String {
  /// `2` for `2.0`: what programs make of a grade in a column with gaps.
  fileprivate var withoutZeroDecimals: String {
    guard let point = firstIndex(where: { $0 == "." || $0 == "," }), point > startIndex,
      self[..<point].utf8.allSatisfy({ (48...57).contains($0) })
    else { return self }
    let decimals = self[index(after: point)...].utf8
    return !decimals.isEmpty && decimals.allSatisfy { $0 == 48 } ? String(self[..<point]) : self
  }
}
