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
  /// The variables that there are; at least one.
  let variables: VariableTable
  /// The fields that are asked first: those that a shown score needs.
  private(set) var needed: Set<Variable>
  /// Whether all fields are shown.
  private(set) var showsAll = false
  /// Whether keys go into the field.
  var isInField = true
  /// The lines beside the form; `nil` where the keys are on the form.
  var beside: Beside?
  var focus: Variable
  /// The fields that are shown, under their headings.
  private(set) var rows: [Row] = []
  /// What the rows depend on; they are the same while it is.
  private var arrangement: Arrangement?
  private(set) var list = ListScroll()
  /// The text that is being typed; `nil` until the first letter.
  var editor: LineEditor?
  /// The day that is being typed, on which the value was taken; `nil` where none is.
  var dating: LineEditor?
  /// What day it is.
  var today: Day?
  /// The day that values are of where no other is said: that of the visit.
  var day: Day? { visit?.date ?? today }
  /// What was known before the present field was touched.
  var before = Patient()
  /// How often something else than what was typed came onto the form: a visit, or a half-typed text.
  var opened = 0
  /// What is known without what is being typed.
  var kept: Patient { editor == nil ? patient : before }
  /// The unit that each number is shown in, and typed in where none is written behind it.
  var units: [Variable: Unit]
  /// How days are shown and typed.
  let dates: DayFormat
  /// The keys that hold.
  let keys: KeyMap
  /// The limits of the site.
  private let limits: SiteLimits
  /// The score whose working is shown.
  private(set) var explained = 0
  private(set) var scroll = Scroll()
  /// Whether the question which unit was meant has been put for what is being typed.
  var hasAsked = false

  private struct Arrangement: Hashable {
    let focus: Variable.ID
    let count: Int
    let showsAll: Bool
  }

  init(
    variables: VariableTable, needed: Set<Variable>, units: [Variable: Unit] = [:],
    keys: KeyMap = .standard,
    limits: SiteLimits = SiteLimits(),
    dates: DayFormat = .iso, today: Day?
  ) {
    self.variables = variables
    self.dates = dates
    self.keys = keys
    self.limits = limits
    self.today = today
    self.units = units
    self.needed = needed
    focus = variables.all.first { needed.contains($0) } ?? variables.all[0]
  }

  // MARK: Rows

  /// The fields in the order of the form.
  var fields: [Variable] {
    showsAll
      ? variables.all
      : variables.all.filter { needed.contains($0) || patient[$0] != nil || $0 == focus }
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

  // MARK: Moving

  /// Goes to the next field, or back; what was typed stays, and what is odd about it is said.
  mutating func move(by step: Int) -> String? {
    let fields = fields
    let left = remark
    isInField = true
    guard let index = fields.firstIndex(of: focus), fields.indices.contains(index + step) else {
      stopTyping()
      return left
        ?? (step > 0
          ? "The last field; \(keys.name(of: .allFields, usually: .control("o"))) shows all fields."
          : nil)
    }
    moveTo(fields[index + step])
    return left
  }

  /// What is odd about the value that was just typed: `Sodium: must be 90 to 190 mmol/L`.
  private var remark: String? {
    guard editor != nil, let entry = patient[focus] else { return nil }
    switch entry.reading {
    case .refused(let error): return "\(focus.label): \(error)"
    case .value: return remarks(of: focus).first.map { "\(focus.label): \($0)" }
    }
  }

  /// What a person should know about the value of a variable.
  func remarks(of variable: Variable) -> [Remark] {
    limits.remarks(of: variable, patient[variable]?.reading)
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
    dating = LineEditor(taken.map(dates.text) ?? "", limit: 10)
  }

  /// Takes the day that was typed; says what is wrong with it, where something is.
  mutating func keepDay() -> String? {
    guard let text = dating?.text, let entry = patient[focus] else {
      dating = nil
      return nil
    }
    guard let taken = dates.day(text) else {
      return "'\(text)' is not a day: write \(dates.words)."
    }
    if let today, taken > today {
      return "\(dates.text(taken)) has not come yet; today is \(dates.text(today))."
    }
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
    let questions = variables.all.filter { $0.group == focus.group && $0.noneOfThese != nil }
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

  mutating func explainNext(of count: Int) {
    explained = (explained + 1) % max(1, count)
    scroll.reset()
  }

  mutating func scrollWorking(_ key: Key, _ layout: PatientLayout) {
    scroll.handle(key, height: layout.working.height - 2)
  }
}
