import Hepatology
import Quantities
import Terminal

/// What is typed or pasted into a field, and what it may still become.
extension PatientPlace {
  /// Takes a key that is text or edits text; says what a person must know, where something.
  mutating func type(_ key: Key) -> String? {
    if dating != nil {
      _ = dating?.handle(key)
      return nil
    }
    switch focus.kind {
    case .quantity: return typeText(key)
    case .event: return typeEvent(key)
    case .choice(let choices, _): choose(key, among: choices, several: false)
    case .choices(let choices): choose(key, among: choices, several: true)
    case .yesNo: choose(key, among: [Choice("yes", "Yes"), Choice("no", "No")], several: false)
    }
    return nil
  }

  private mutating func typeText(_ key: Key) -> String? {
    var line = editor ?? LineEditor(limit: Variable.longestInput)
    if editor == nil {
      before = patient
      if case .character = key {
      } else {
        startFromTyped(&line)
      }
    }
    switch line.handle(key) {
    case .ignored: return nil
    case .full: return "A field takes \(Variable.longestInput) characters."
    case .done: break
    }
    editor = line
    patient.enter(meant(line.text), in: unit(of: focus), for: focus)
    return nil
  }

  private mutating func typeEvent(_ key: Key) -> String? {
    if editor == nil || editor?.text.first?.isLetter == true, case .character(let letter) = key {
      let words: [Character: String] = ["n": "never", "o": "ongoing"]
      if let word = words[Character(letter.lowercased())] {
        if editor == nil { before = patient }
        editor = LineEditor(word, limit: Variable.longestInput)
        patient.enter(word, for: focus)
        return nil
      }
    }
    if editor?.text.first?.isLetter == true, key == .backspace {
      editor = LineEditor(limit: Variable.longestInput)
      patient.enter("", for: focus)
      return nil
    }
    return typeText(key)
  }

  /// What was typed, a day in the form that is read everywhere.
  private func meant(_ text: String) -> String {
    guard case .event = focus.kind, let day = dates.day(text) else { return text }
    return "\(day)"
  }

  /// Goes on from the text that is there, in the unit in which it was typed.
  private mutating func startFromTyped(_ line: inout LineEditor) {
    guard let entry = patient[focus] else { return }
    line = LineEditor(entry.typed, limit: Variable.longestInput)
    if let unit = entry.unit { units[focus] = unit }
  }

  private mutating func choose(_ key: Key, among choices: [Choice], several: Bool) {
    var chosen: Set<String> = []
    switch patient.value(of: focus) {
    case .choice(let id): chosen = [id]
    case .choices(let ids): chosen = ids
    case .yesNo(let yes): chosen = [yes ? "yes" : "no"]
    default: break
    }
    let current = choices.firstIndex { chosen.contains($0.id) }
    switch key {
    case .backspace, .delete: chosen = []
    case .right, .character(" "):
      guard !several else { return }
      chosen = [choices[current.map { ($0 + 1) % choices.count } ?? 0].id]
    case .left:
      guard !several else { return }
      chosen = [choices[current.map { ($0 + choices.count - 1) % choices.count } ?? 0].id]
    case .character(let letter):
      guard let choice = Self.meant(by: letter, among: choices, after: several ? nil : current)
      else { return }
      if several {
        if chosen.remove(choice.id) == nil { chosen.insert(choice.id) }
      } else {
        chosen = [choice.id]
      }
    default: return
    }
    if editor == nil { before = patient }
    let ordered = choices.map(\.id).filter(chosen.contains)
    editor = LineEditor(ordered.joined(separator: ", "), limit: 400)
    patient.enter(ordered.joined(separator: ", "), for: focus)
  }

  /// The answer that begins with a letter, the next one where several do, or the one of that number.
  private static func meant(by letter: Character, among choices: [Choice], after current: Int?)
    -> Choice?
  {
    let wanted = letter.lowercased()
    if let exact = choices.first(where: { $0.id == wanted }) { return exact }
    if let digit = letter.wholeNumberValue, (1...choices.count).contains(digit),
      choices.isNumbered
    {
      return choices[digit - 1]
    }
    let fitting = choices.indices.filter {
      choices[$0].label.lowercased().hasPrefix(wanted) || choices[$0].id.hasPrefix(wanted)
    }
    let next = fitting.first { index in current.map { index > $0 } ?? true } ?? fitting.first
    return next.map { choices[$0] }
  }

  /// Takes what was pasted: one value a field, a new line being the next field.
  mutating func paste(_ text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.filter { !$0.isNewline }.trimmingSpaces
    }.filter { !$0.isEmpty }
    guard !lines.isEmpty else { return nil }
    if let long = lines.first(where: { $0.count > Variable.longestInput }) {
      return "\(long.count) characters were pasted; a field takes \(Variable.longestInput). "
        + "Nothing was taken."
    }
    for (number, line) in lines.enumerated() {
      if number > 0 {
        let last = focus
        _ = move(by: 1)
        if focus == last { return "The form ended before the paste did." }
      }
      before = patient
      editor = LineEditor(String(line), limit: Variable.longestInput)
      patient.enter(String(line), in: unit(of: focus), for: focus)
    }
    return nil
  }

  // MARK: Which unit was meant

  /// Answers the question which unit was meant: the number stays, the other unit holds.
  var question: Remark? {
    guard case .value(_, let remarks) = patient[focus]?.reading else { return nil }
    return remarks.first {
      if case .ordinaryInOtherUnit = $0 { true } else { false }
    }
  }

  /// Whether more digits may make an ordinary value of what is being typed; it is not held against it
  /// until then.
  var isGrowing: Bool {
    editor != nil && !hasAsked && patient[focus]?.mayGrow(focus, remarks(of: focus)) == true
  }

  /// The unit in which what was typed would be ordinary.
  var otherUnit: Unit? {
    guard case .ordinaryInOtherUnit(_, let other) = question else { return nil }
    return other.unit
  }

  /// Takes the other unit for the number that was typed, where that was asked.
  mutating func takeOtherUnit() {
    guard case .ordinaryInOtherUnit(_, let other) = question else { return }
    if editor == nil { before = patient }
    units[focus] = other.unit
    editor = LineEditor("\(other.value)", limit: Variable.longestInput)
    patient.enter("\(other.value)", in: other.unit, for: focus)
  }
}

extension Patient.Entry {
  /// Whether more digits may make an ordinary value of it.
  fileprivate func mayGrow(_ variable: Variable, _ remarks: [Remark]) -> Bool {
    switch reading {
    case .refused(let error): return error.isUnfinished
    case .value(.quantity(let quantity, _), _):
      guard !remarks.isEmpty, let measure = variable.measure else { return false }
      return (try? measure.canonical(quantity)).map { $0 < measure.typical.lowerBound } ?? false
    case .value: return false
    }
  }
}

extension StringProtocol {
  /// The text without white space at both ends.
  var trimmingSpaces: String {
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}
