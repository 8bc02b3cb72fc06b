import Quantities

/// Says why a condition holds, does not hold or is not known for one patient.
struct Explainer {
  typealias Condition = Program.Index<Program.Condition>
  typealias Term = Program.Index<Program.Term>

  let evaluator: Evaluator
  let wording: Wording
  private(set) var margins: [Margin] = []

  private var program: Program { wording.program }

  init(evaluator: Evaluator, wording: Wording) {
    self.evaluator = evaluator
    self.wording = wording
  }

  // MARK: Conditions

  /// Why a condition comes to what it does: what decides it, or what is missing.
  func explain(_ index: Condition) -> String {
    switch program[index] {
    case .holds(let a): held(a, index)
    case .not(let a): explain(a)
    case .junction(.and, let run): chain(program[run], decidedBy: false)
    case .junction(.or, let run): chain(program[run], decidedBy: true)
    case .connective(.xor, let a, let b): joined([a, b].map(explain))
    case .connective(.implies, let a, let b):
      evaluator.truth(a).isNo ? explain(a) : joined([a, b].map(explain))
    case .atLeast(let count, let run): atLeast(count, program[run])
    case .compare(let comparison, let a, let b): compared(comparison, a, b)
    case .between(let a, let bounds): between(a, bounds, in: index)
    case .isOneOf(let a, let run): membership(a, program[run], in: index)
    case .intersects(let set, let mask): answers(set, wording.answers(mask, set), in: index)
    case .includes(let set, let option):
      answers(set, wording.answers(1 << UInt64(option), set), in: index)
    case .test(.null, let a): recorded(a, in: index)
    case .event(_, let event): occurrence(event, index)
    case .window(.within, let event, let window): within(event, window, index)
    case .equivalent, .test(.true, _), .test(.false, _): other(index)
    }
  }

  /// A term that is true or false by itself.
  private func held(_ term: Term, _ index: Condition) -> String {
    switch program[term] {
    case .symbol(let reference): flag(reference, index)
    case .truth, .null, .constant, .number, .scaled, .conditional, .cases, .coalesce, .extreme,
      .arithmetic, .function, .round, .log, .interval:
      other(index)
    }
  }

  private func isNull(_ index: Condition) -> Bool {
    if case .holds(let term) = program[index] { program[term] == .null } else { false }
  }

  private func chain(_ operands: [Condition], decidedBy deciding: Bool) -> String {
    // Of what is left open there is nothing to tell beside what is not.
    let said = operands.filter { !isNull($0) }
    let truths = (said.isEmpty ? operands : said).map { ($0, evaluator.truth($0)) }
    func isDeciding(_ truth: Truth) -> Bool { deciding ? truth.isYes : truth.isNo }
    let told: [(Condition, Truth)]
    if truths.contains(where: { isDeciding($0.1) }) {
      // What is missing beside it is worth a word where there are but two.
      told = truths.filter { entry in
        isDeciding(entry.1) || truths.count == 2 && !entry.1.isYes && !entry.1.isNo
      }
    } else if truths.allSatisfy({ $0.1.isYes || $0.1.isNo }) || deciding {
      told = truths
    } else {
      told = truths.filter { !$0.1.isYes && !$0.1.isNo }
    }
    var parts: [String] = []
    // What is merely missing is said in one go.
    var absent: (place: Int, doubt: Doubt)?
    for (condition, truth) in told {
      let part = explain(condition)
      if case .unknown(let doubt) = truth, !doubt.isPermanent, part == wants(doubt) {
        let (place, before) = absent ?? (parts.count, doubt)
        absent = (place, before.union(doubt))
      } else {
        parts.append(part)
      }
    }
    if let absent { parts.insert(wants(absent.doubt), at: absent.place) }
    return joined(parts)
  }

  private func atLeast(_ count: Int32, _ operands: [Condition]) -> String {
    let holding = operands.filter { evaluator.truth($0).isYes }.count
    return "\(holding) of \(operands.count) hold, and \(count) must: "
      + joined(operands.map(explain))
  }

  private func recorded(_ term: Term, in index: Condition) -> String {
    "\(wording.value(term)) is \(evaluator.truth(index).isYes ? "not recorded" : "recorded")"
  }

  private func joined(_ parts: [String]) -> String {
    var unique: [String] = []
    for part in parts where !unique.contains(part) { unique.append(part) }
    return unique.joined(separator: "; ")
  }

  /// A condition without words of its own: what it says, whether it holds, and the values.
  private func other(_ index: Condition) -> String {
    let answer =
      switch evaluator.truth(index) {
      case .yes: "yes"
      case .no: "no"
      case .unknown(let doubt):
        doubt.isPermanent ? "unknown" : missing(doubt, .condition(index))
      }
    let values = wording.references(.condition(index)).map { reference in
      "\(wording.label(reference)) \(factText(reference))"
    }
    let given = values.isEmpty ? "" : " (\(values.joined(separator: ", ")))"
    return "\(wording.phrase(index)): \(answer)\(given)"
  }

  private func flag(_ reference: Program.Reference, _ index: Condition) -> String {
    switch evaluator.truth(index) {
    case .yes: "\(wording.label(reference)): yes"
    case .no: "\(wording.label(reference)): no"
    case .unknown(let doubt): missing(doubt, .condition(index))
    }
  }

  // MARK: Comparisons

  private func compared(_ comparison: Comparison, _ a: Term, _ b: Term) -> String {
    wording.isConstant(a) && !wording.isConstant(b)
      ? subject(b, comparison.mirrored, a) : subject(a, comparison, b)
  }

  private func subject(_ a: Term, _ comparison: Comparison, _ b: Term) -> String {
    let (left, right) = (evaluator.result(a), evaluator.result(b))
    if case .value(let value) = left, case .value(let threshold) = right {
      if case .number(let number) = value, case .number(let limit) = threshold {
        return measured(comparison, number, a, limit, b)
      }
      return answered(comparison, value, a, threshold, b)
    }
    let truth = Comparing.compare(comparison, left, right)
    let doubt = (left.doubt ?? .permanent).union(right.doubt ?? .permanent)
    if left.doubt == nil {
      return partly(b, right, doubt, truth, "\(wording.word(comparison.mirrored)) \(threshold(a))")
    }
    return partly(a, left, doubt, truth, "\(wording.word(comparison)) \(threshold(b))", beside: b)
  }

  /// A number and how it stands to another one.
  private func measured(
    _ comparison: Comparison, _ number: FixedDecimal, _ a: Term, _ limit: FixedDecimal,
    _ b: Term
  ) -> String {
    let shown = readable(number, beside: limit)
    let subject = "\(wording.value(a)) \(wording.text(shown, wording.unit(a)))"
    if let numbers = wording.numbers(a), let low = numbers.min(), let high = numbers.max() {
      if comparison == .lessOrEqual, number <= limit {
        return "\(subject) is within \(low) to \(limit)"
      }
      if comparison == .greaterOrEqual, number >= limit {
        return "\(subject) is within \(limit) to \(high)"
      }
    }
    return "\(subject) \(relation(shown, to: limit, b, wording.unit(a)))"
  }

  /// `is above 2.6 by 0.3`.
  private func relation(
    _ number: FixedDecimal, to limit: FixedDecimal, _ step: Term, _ unit: Unit?
  ) -> String {
    if number == limit { return "is exactly \(threshold(step))" }
    let side = number > limit ? "above" : "below"
    let distance = number.minus(limit)?.magnitude
    // Where the threshold is shown in another unit, the distance must say its own.
    let isConverted = wording.notes.written[step] != nil
    let by = distance.map { " by \(wording.text($0, isConverted ? unit : nil))" } ?? ""
    return "is \(side) \(threshold(step))\(by)"
  }

  /// A threshold in words, with its number where it is calculated.
  private func threshold(_ step: Term) -> String {
    if wording.isConstant(step) { return wording.value(step) }
    guard case .value(let value) = evaluator.result(step) else { return wording.value(step) }
    return "\(wording.value(step)) (\(text(value, step)))"
  }

  private func text(_ value: Value, _ step: Term) -> String {
    guard case .number(let number) = value else { return wording.text(value, wording.type(step)) }
    return wording.text(readable(number, beside: nil), wording.unit(step))
  }

  /// A number with no more decimals than are worth reading, and enough to tell it from another.
  private func readable(_ number: FixedDecimal, beside other: FixedDecimal?) -> FixedDecimal {
    var places = max(other?.significantPlaces ?? 0, 2)
    while places < FixedDecimal.places {
      let rounded = number.rounded(to: places)
      if rounded == number || rounded != other { return rounded }
      places += 1
    }
    return number
  }

  private func answered(
    _ comparison: Comparison, _ value: Value, _ a: Term, _ threshold: Value, _ b: Term
  ) -> String {
    let holds = Comparing.compare(comparison, value, threshold)
    let found = "\(wording.value(a)) is \(text(value, a))"
    let wanted = wording.value(b, as: a)
    switch comparison {
    case .equal: return holds == true ? found : "\(found), not \(wanted)"
    case .less: return "\(found), \(holds == true ? "" : "not ")below \(wanted)"
    case .lessOrEqual: return "\(found), \(holds == true ? "" : "not ")at most \(wanted)"
    case .greater: return "\(found), \(holds == true ? "" : "not ")above \(wanted)"
    case .greaterOrEqual: return "\(found), \(holds == true ? "" : "not ")at least \(wanted)"
    }
  }

  private func between(
    _ a: Term, _ bounds: Program.Bounds, in index: Condition
  ) -> String {
    let found = evaluator.result(a)
    let truth = evaluator.truth(index)
    let range = wording.range(of: a, bounds)
    if let doubt = found.doubt { return partly(a, found, doubt, truth, range) }
    guard case .value(.number(let number)) = found else {
      let subject = "\(wording.value(a)) is \(found.candidates.map { text($0[0], a) } ?? "")"
      return truth.isYes || truth.isNo
        ? "\(subject), \(truth.isYes ? "" : "not ")\(range)" : other(index)
    }
    let ends = [(bounds.low, true, bounds.includesLow), (bounds.high, false, bounds.includesHigh)]
    for (bound, isLower, isIncluded) in ends {
      guard let bound, case .value(.number(let limit)) = evaluator.result(bound) else { continue }
      let isBeyond = isLower ? number < limit : number > limit
      if isBeyond || number == limit && !isIncluded {
        return measured(.equal, number, a, limit, bound)
      }
    }
    guard truth.isYes else { return other(index) }
    return "\(wording.value(a)) \(text(.number(number), a)) is \(range)"
  }

  private func membership(_ a: Term, _ elements: [Term], in index: Condition) -> String {
    let found = evaluator.result(a)
    let truth = evaluator.truth(index)
    let list = elements.map { wording.value($0, as: a) }.listed("or")
    guard case .value(let value) = found else {
      return partly(a, found, found.doubt ?? .permanent, truth, list)
    }
    let subject = "\(wording.value(a)) is \(text(value, a))"
    switch truth {
    case .yes: return subject
    case .no: return "\(subject), not \(list)"
    case .unknown(let doubt): return missing(doubt, .condition(index))
    }
  }

  private func answers(_ set: Term, _ wanted: [String], in index: Condition) -> String {
    switch evaluator.truth(index) {
    case .yes: return "\(wording.value(set)) includes \(wanted.listed("or"))"
    case .no: return "\(wording.value(set)) does not include \(wanted.listed("or"))"
    case .unknown(let doubt): return missing(doubt, .term(set))
    }
  }

  /// A comparison in which something is missing, is a bound, or may be one of several values;
  /// `words` say what is asked of it.
  private func partly(
    _ open: Term, _ result: Result, _ doubt: Doubt, _ truth: Truth, _ words: String,
    beside other: Term? = nil
  ) -> String {
    let subject = wording.value(open)
    switch result {
    case .value, .unknown: return missing(doubt, .term(open), beside: other)
    case .range(let range, _):
      let unit = wording.unit(open)
      let low = range.low.map { "> \(wording.text($0.value, unit))" }
      let high = range.high.map { "< \(wording.text($0.value, unit))" }
      let reported = "\(subject) \([low, high].compactMap { $0 }.listed("and"))"
      switch truth {
      case .yes: return "\(reported) is \(words)"
      case .no: return "\(reported) is not \(words)"
      case .unknown: return "\(reported) does not say whether it is \(words)"
      }
    case .oneOf(let values, _):
      let all = "\(subject) is \(values.map { text($0, open) }.listed("or"))"
      switch truth {
      case .yes: return "\(all), each of them \(words)"
      case .no: return "\(all), none of them \(words)"
      case .unknown: return "\(all), not all of them \(words): \(wants(doubt))"
      }
    }
  }

  // MARK: Events

  private func within(
    _ event: Program.Reference, _ window: Window, _ index: Condition
  ) -> String {
    guard case .value(.event(.on(let day))) = evaluator.fact(event), let date = evaluator.date,
      day <= date
    else { return occurrence(event, index) }
    let side = evaluator.truth(index).isYes ? "within" : "earlier than"
    return "\(wording.label(event)) on \(day) is \(side) \(window) before \(date)"
  }

  private func occurrence(_ event: Program.Reference, _ index: Condition) -> String {
    if case .unknown(let doubt) = evaluator.truth(index) {
      return missing(doubt, .condition(index))
    }
    guard case .value(let value) = evaluator.fact(event) else { return other(index) }
    let found = wording.text(value, .event)
    if case .event(.on) = value { return "\(wording.label(event)) on \(found)" }
    return "\(wording.label(event)): \(found)"
  }

  // MARK: What is missing

  /// What would settle a part that is not known.
  private func missing(_ doubt: Doubt, _ part: Program.Part, beside other: Term? = nil) -> String {
    if doubt.isPermanent { return "\(wording.nested(part)) has no value" }
    let references =
      wording.references(part) + (other.map { wording.references(.term($0)) } ?? [])
    let own = references.filter { $0.memberIndex == nil }.map { Int($0.symbol) }
    guard !doubt.variables.isEmpty, doubt.variables.isSubset(of: VariableSet(own)) else {
      return "\(wording.nested(part)) is not known: \(wants(doubt))"
    }
    return wants(doubt)
  }

  private func wants(_ doubt: Doubt) -> String {
    var parts: [String] = []
    var dated = VariableSet()
    for reason in doubt.reasons {
      switch reason {
      case .person(let matter): parts.append("a person must decide: \(matter)")
      case .noScreeningDate: parts.append("there is no screening date")
      case .futureDate(let symbol, let day):
        dated.insert(symbol)
        let label = evaluator.facts.label(of: symbol).insideSentence
        parts.append("\(label) is dated \(day), after the screening date")
      }
    }
    let bounds = wording.notes.symbols.map(\.index).filter { symbol in
      if case .within = evaluator.facts.fact(symbol, member: nil) { true } else { false }
    }
    let open = doubt.variables.indices.filter { !dated.contains($0) }
    let labels = open.map { index in
      let label = evaluator.facts.label(of: index).insideSentence
      return bounds.contains(index) ? "the value of \(label)" : label
    }
    if !labels.isEmpty {
      parts.insert("\(labels.listed("and")) \(labels.count == 1 ? "is" : "are") missing", at: 0)
    }
    return parts.joined(separator: "; ")
  }

  /// What is known of a symbol.
  private func factText(_ reference: Program.Reference) -> String {
    guard let symbol = wording.symbol(reference) else { return "" }
    let type = reference.memberIndex.map { symbol.members[$0].type } ?? symbol.type
    return switch evaluator.fact(reference) {
    case .value(let value): wording.text(value, type)
    case .oneOf(let values, _): values.map { wording.text($0, type) }.listed("or")
    case .range, .unknown: "unknown"
    }
  }

  /// A number or another value, for expressions that are no conditions.
  func amount(_ index: Term) -> String {
    if case .value(let value) = evaluator.result(index) {
      return wording.isConstant(index)
        ? text(value, index) : "\(wording.value(index)) is \(text(value, index))"
    }
    return missing(evaluator.result(index).doubt ?? .permanent, .term(index))
  }
}

extension Explainer {
  /// Finds every comparison with a known number.
  mutating func collectMargins() {
    collectMargins(evaluator.root)
  }

  private mutating func collectMargins(_ part: Program.Part) {
    if case .condition(let index) = part { addMargins(index) }
    for child in program.children(part) { collectMargins(child) }
  }

  private mutating func addMargins(_ index: Condition) {
    switch program[index] {
    case .compare(let comparison, let a, let b):
      wording.isConstant(a) && !wording.isConstant(b)
        ? addMargin(comparison.mirrored, b, a) : addMargin(comparison, a, b)
    case .between(let a, let bounds):
      if let low = bounds.low { addMargin(bounds.includesLow ? .greaterOrEqual : .greater, a, low) }
      if let high = bounds.high { addMargin(bounds.includesHigh ? .lessOrEqual : .less, a, high) }
    case .holds, .not, .junction, .connective, .atLeast, .equivalent, .isOneOf, .intersects,
      .includes, .test, .event, .window:
      break
    }
  }

  private mutating func addMargin(_ comparison: Comparison, _ a: Term, _ b: Term) {
    guard case .value(.number(let value)) = evaluator.result(a),
      case .value(.number(let threshold)) = evaluator.result(b),
      let reference = (wording.references(.term(a)) + wording.references(.term(b))).first,
      let holds = Comparing.compare(comparison, .number(value), .number(threshold))
    else { return }
    margins.append(
      Margin(
        name: wording.name(reference), label: wording.value(a), value: value,
        threshold: threshold, unit: wording.unit(a), holds: holds,
        relation: comparison.relation(holds: holds)))
  }

  /// The comparison that alone makes a condition hold, or alone keeps it from holding.
  mutating func decisiveMargin(_ index: Condition, holds: Bool) -> Margin? {
    switch program[index] {
    case .not(let a): return decisiveMargin(a, holds: !holds)
    case .junction(.and, let run): return holds ? nil : decisiveMargin(in: run, holds: false)
    case .junction(.or, let run): return holds ? decisiveMargin(in: run, holds: true) : nil
    case .compare, .between:
      // One bound that is kept does not alone decide that both are.
      if case .between = program[index], holds { return nil }
      collectMargins(.condition(index))
      return margins.first { $0.holds == holds }
    case .holds, .connective, .atLeast, .equivalent, .isOneOf, .intersects, .includes, .test,
      .event, .window:
      return nil
    }
  }

  private mutating func decisiveMargin(
    in run: Program.Operands<Program.Condition>, holds: Bool
  ) -> Margin? {
    let deciding = program[run].first { index in
      let truth = evaluator.truth(index)
      return holds ? truth.isYes : truth.isNo
    }
    return deciding.flatMap { decisiveMargin($0, holds: holds) }
  }
}

extension Comparison {
  /// How the sides stand to each other where it holds, and where it does not.
  fileprivate func relation(holds: Bool) -> Margin.Relation {
    let relation: Margin.Relation =
      switch self {
      case .equal: .equal
      case .less: .less
      case .lessOrEqual: .lessOrEqual
      case .greater: .greater
      case .greaterOrEqual: .greaterOrEqual
      }
    return holds ? relation : relation.opposite
  }
}
