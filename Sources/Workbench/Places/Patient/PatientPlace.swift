import Assessment
import Clinic
import Hepatology
import Quantities
import Terminal

/// The form: what is known of the patient, and the field that is being typed.
struct PatientPlace: Sendable {
  /// A row of the form.
  enum Row: Hashable {
    case heading(Variable.Group)
    case field(Variable)
  }

  /// What is known at the visit that is shown, and what is being typed.
  var patient = Patient()
  /// The visit as the store has it; `nil` where it has none yet.
  var visit: Visit?
  /// What the store has of the visit.
  var saved = Patient()
  /// The groups of history questions that were gone through.
  var reviewed: Set<Variable.Group> = []
  /// The fields that are asked first: those that a shown score needs.
  private(set) var needed: Set<Variable>
  /// Whether all fields are shown.
  private(set) var showsAll = false
  /// Whether keys go into the field.
  var isInField = true
  var focus: Variable
  /// The fields that are shown, under their headings.
  private(set) var rows: [Row] = []
  /// What the rows depend on; they are the same while it is.
  private var arrangement: Arrangement?
  private(set) var list = ListScroll()
  /// The text that is being typed; `nil` until the first letter.
  var editor: LineEditor?
  /// The day that is being typed, on which the value was taken; `nil` where none is.
  private(set) var dating: LineEditor?
  /// What day it is.
  var today: Day?
  /// The day that values are of where no other is said: that of the visit.
  var day: Day? { visit?.date ?? today }
  /// What was known before the present field was touched.
  var before = Patient()
  /// What is known without what is being typed.
  var kept: Patient { editor == nil ? patient : before }
  /// The unit that each number is shown in, and typed in where none is written behind it.
  var units: [Variable: Unit]
  /// The score whose working is shown.
  private(set) var explained = 0
  private(set) var scroll = Scroll()
  /// Whether the question which unit was meant has been put for what is being typed.
  private(set) var hasAsked = false

  private struct Arrangement: Hashable {
    let focus: Variable.ID
    let count: Int
    let showsAll: Bool
  }

  init(needed: Set<Variable>, units: [Variable: Unit] = [:], today: Day?) {
    self.today = today
    self.units = units
    self.needed = needed
    focus = Variable.all.first { needed.contains($0) } ?? Variable.all[0]
  }

  // MARK: Rows

  /// The fields in the order of the form.
  var fields: [Variable] {
    showsAll
      ? Variable.all
      : Variable.all.filter { needed.contains($0) || patient[$0] != nil || $0 == focus }
  }

  /// The fields under their headings.
  private var arranged: [Row] {
    let groups = Dictionary(grouping: fields, by: \.group)
    return Variable.Group.allCases.flatMap { group -> [Row] in
      guard let own = groups[group] else { return [] }
      return [.heading(group)] + own.map(Row.field)
    }
  }

  /// Lets the rows be made anew.
  mutating func arrange() { arrangement = nil }

  mutating func fit(_ layout: PatientLayout, _ results: [ScoreResult]) {
    let inner = layout.workingText
    if scroll.offset > 0, results.indices.contains(explained) {
      let document = results[explained].working(width: inner.width)
      scroll.fit(rows: document.rows.count, height: inner.height)
    }
    // A field that is needed stays whether something is known of it or not.
    let arrangement = Arrangement(
      focus: focus.id, count: needed.contains(focus) ? kept.count : patient.count,
      showsAll: showsAll)
    if arrangement != self.arrangement {
      self.arrangement = arrangement
      rows = arranged
    }
    list.fit(count: rows.count, height: layout.fields.height)
    guard let row = rows.firstIndex(of: .field(focus)) else { return }
    // The heading above the first field of a group is shown with it.
    if row > 0, case .heading = rows[row - 1] { list.select(row - 1) }
    list.select(row)
  }

  // MARK: Units

  /// The unit that a number without one has in this field now.
  func unit(of variable: Variable) -> Unit? {
    variable.measure.map { units[variable] ?? $0.canonical }
  }

  // MARK: Keys

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
    patient.enter(line.text, in: unit(of: focus), for: focus)
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

  // MARK: Moving

  /// Goes to the next field, or back; what was typed stays, and what is odd about it is said.
  mutating func move(by step: Int) -> String? {
    let fields = fields
    let left = remark
    isInField = true
    guard let index = fields.firstIndex(of: focus), fields.indices.contains(index + step) else {
      stopTyping()
      return left ?? (step > 0 ? "The last field; Ctrl-o shows all fields." : nil)
    }
    moveTo(fields[index + step])
    return left
  }

  /// What is odd about the value that was just typed: `Sodium: must be 90 to 190 mmol/L`.
  private var remark: String? {
    guard editor != nil, let entry = patient[focus] else { return nil }
    switch entry.reading {
    case .refused(let error): return "\(focus.label): \(error)"
    case .value(_, let remarks): return remarks.first.map { "\(focus.label): \($0)" }
    }
  }

  /// Whether Enter asks which unit was meant instead of going on; it asks once.
  var asksFirst: Bool {
    mutating get {
      guard editor != nil, question != nil, !hasAsked else { return false }
      hasAsked = true
      return true
    }
  }

  /// Goes to the first field of the next group, or of the one before.
  mutating func moveGroup(by step: Int) -> String? {
    let fields = fields
    let left = remark
    let groups = Variable.Group.allCases.filter { group in fields.contains { $0.group == group } }
    isInField = true
    guard let index = groups.firstIndex(of: focus.group) else { return left }
    let next = groups[(index + step + groups.count) % groups.count]
    if let first = fields.first(where: { $0.group == next }) { moveTo(first) }
    return left
  }

  private mutating func moveTo(_ variable: Variable) {
    stopTyping()
    focus = variable
  }

  mutating func stopTyping() {
    editor = nil
    dating = nil
    hasAsked = false
  }

  // MARK: Days

  /// Begins to ask on which day the value was taken.
  mutating func startDating() {
    stopTyping()
    let taken = patient[focus]?.taken ?? day
    dating = LineEditor(taken?.description ?? "", limit: 10)
  }

  /// Takes the day that was typed; says what is wrong with it, where something is.
  mutating func keepDay() -> String? {
    guard let text = dating?.text, let entry = patient[focus] else {
      dating = nil
      return nil
    }
    guard let taken = Day(text) else {
      return "'\(text)' is not a day: write year-month-day, as in 2026-11-21."
    }
    if let today, taken > today { return "\(taken) has not come yet; today is \(today)." }
    patient.enter(entry.typed, in: entry.unit, taken: taken == day ? nil : taken, for: focus)
    dating = nil
    return nil
  }

  /// Whether a value is older than it should be.
  func isStale(_ variable: Variable) -> Bool {
    day.map { patient.isStale(variable, on: $0) } ?? false
  }

  // MARK: Commands

  /// Puts back what was known before the field was touched; leaves the fields where nothing was.
  mutating func escape() {
    if dating != nil {
      dating = nil
    } else if editor != nil {
      patient = before
      stopTyping()
    } else {
      isInField = false
    }
  }

  mutating func enterFields() { isInField = true }

  mutating func clear() {
    before = patient
    patient.enter("", for: focus)
    editor = LineEditor(limit: Variable.longestInput)
  }

  /// Asks for further fields first: those that the trials need.
  mutating func require(_ variables: [Variable]) {
    needed.formUnion(variables)
    arrangement = nil
  }

  /// Answers all questions of the group that are not answered: reviewed, none of these.
  mutating func reviewNone() -> String {
    guard focus.group.isHistory else {
      return "Only groups of history questions can be answered with none."
    }
    stopTyping()
    // What is answered is seen: questions that were not shown are from now on.
    let questions = Variable.all.filter { $0.group == focus.group && $0.noneOfThese != nil }
    require(questions)
    var count = 0
    for variable in questions where patient[variable] == nil {
      patient.enter(variable.noneOfThese ?? "", for: variable)
      count += 1
    }
    reviewed.insert(focus.group)
    return "\(focus.group.title): reviewed, \(count) answered with none of these."
  }

  mutating func toggleAll() { showsAll.toggle() }

  /// Switches the unit: of the number that is being typed, else of how it is shown.
  mutating func switchUnit() {
    guard let measure = focus.measure, measure.units.count > 1, let unit = unit(of: focus) else {
      return
    }
    let index = measure.units.firstIndex(of: unit) ?? 0
    let next = measure.units[(index + 1) % measure.units.count]
    units[focus] = next
    if let editor { patient.enter(editor.text, in: next, for: focus) }
  }

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
    editor != nil && !hasAsked && patient[focus]?.mayGrow(focus) == true
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

  mutating func explainNext(of count: Int) {
    explained = (explained + 1) % max(1, count)
    scroll.reset()
  }

  mutating func scrollWorking(_ key: Key, _ layout: PatientLayout) {
    scroll.handle(key, height: layout.working.height - 2)
  }
}

extension Patient.Entry {
  /// Whether more digits may make an ordinary value of it.
  fileprivate func mayGrow(_ variable: Variable) -> Bool {
    switch reading {
    case .refused(let error): return error.isUnfinished
    case .value(.quantity(let quantity, _), let remarks):
      guard !remarks.isEmpty, let measure = variable.measure else { return false }
      return (try? measure.canonical(quantity)).map { $0 < measure.usual.lowerBound } ?? false
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
