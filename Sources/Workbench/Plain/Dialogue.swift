import Assessment
import Clinic
import Hepatology
public import Quantities
import Terminal
public import Trials

/// The app as lines of text, for screen readers and for terminals that cannot move their cursor.
///
/// It asks for values one after another, and says after each what has changed. A value type without
/// input or output: a line goes in, lines come out, all of them in ASCII characters and without
/// anything that a terminal would obey. What it needs of the store it asks of whoever calls it.
public struct Dialogue: Sendable {
  /// Does what is asked of the store, and says what became of it.
  public typealias Keeper = (StoreRequest) -> StoreAnswer?

  /// What the next line answers.
  enum Asking: Sendable {
    case variable(Variable)
    case unit(UnitQuestion)
    case reason(Correction)
    case nothing
  }

  /// What is said after the answer to a line.
  enum Following {
    /// The question that is open, again.
    case question
    /// The next question.
    case next
    case nothing
  }

  /// Whether it has been left.
  public private(set) var isOver = false
  var patient = Patient()
  var screening: Screening
  var adviser = Adviser()
  var asking = Asking.nothing
  let favourites: [Score]
  let variables: VariableTable
  private let units: [Variable: Unit]
  private let limits: SiteLimits
  let dates: DayFormat
  let today: Day?
  /// The variables that were answered or skipped, the last one last.
  var trail: [Variable] = []
  /// The heading under which the last question stood.
  var group: Variable.Group?
  private var hasReachedTrials = false
  private var following = Following.question
  /// How the patient is kept.
  var keeping: Keeping

  /// A dialogue in which nothing has been said.
  ///
  /// - Parameters:
  ///   - trials: The trials that the patient is screened for.
  ///   - today: The day on which he is.
  ///   - unkept: Why patients are not kept; `nil` where what is asked of the store is done.
  ///   - preferences: The favourite scores and the units.
  public init(
    trials: [TrialRecord], today: Day?, unkept: String? = "there is no store",
    preferences: Preferences
  ) {
    keeping = Keeping(unkept: unkept)
    screening = Screening(
      of: Patient(), trials: trials, on: today,
      vocabulary: PatientVocabulary(preferences.variables))
    favourites = preferences.favourites
    variables = preferences.variables
    units = preferences.units
    limits = preferences.limits
    dates = preferences.dates
    self.today = today
  }

  // MARK: Lines

  /// What is said first.
  public mutating func begin(_ keeper: Keeper = { _ in nil }) -> [String] {
    var lines = ["Lobule, line by line. " + keeping.greeting]
    if keeping.unkept == nil { lines += ask(.open, keeper) }
    lines.append("Enter skips a question. ? explains it. .help lists the commands, .quit ends.")
    following = .next
    return said(lines + followed())
  }

  /// Takes a line; what is to be said to it.
  public mutating func take(_ line: String, _ keeper: Keeper = { _ in nil }) -> [String] {
    guard !isOver else { return [] }
    following = .question
    let text = line.trimmingSpaces
    var lines: [String] = []
    if let command = Self.command(text) {
      if ["quit", "q"].contains(command.name) { return end(keeper) }
      lines = obey(command.name, command.rest)
    } else {
      switch asking {
      case .unit(let question): lines = answer(text, to: question)
      case .variable(let variable): lines = answer(text, to: variable)
      case .reason(let correction): lines = answer(text, to: correction)
      case .nothing:
        guard !text.isEmpty, text != "?" else {
          goOn()
          break
        }
        following = .nothing
        lines = ["No question is open: .set NAME VALUE enters a value, .help tells more."]
      }
    }
    lines += askWhatIsDue(keeper)
    return said(lines + followed())
  }

  /// Ends it, as the end of the input does; what there is to say at last.
  public mutating func end(_ keeper: Keeper = { _ in nil }) -> [String] {
    guard !isOver else { return [] }
    isOver = true
    var lines: [String] = []
    switch asking {
    case .unit(let question):
      lines.append("\(question.variable.label) was not taken: its unit was not said.")
    case .reason(let correction):
      lines.append("\(correction.name) stays as it was: why it is changed was not said.")
    case .variable, .nothing: break
    }
    save()
    lines += askWhatIsDue(keeper)
    lines.append("Summary. \(whatIsKept)")
    lines += known + scoreLines(favourites) + trialLines
    return said(lines)
  }

  /// Lets the next question be asked after what is said.
  mutating func goOn() { following = .next }

  private mutating func followed() -> [String] {
    switch following {
    case .question: question
    case .next: nextQuestion()
    case .nothing: []
    }
  }

  private func said(_ lines: [String]) -> [String] { lines.map(\.plain) }

  /// A command and what stands behind it: a dot or a colon before a letter, since `.5` is a number.
  private static func command(_ text: String) -> (name: String, rest: String)? {
    guard let first = text.first, first == "." || first == ":",
      text.dropFirst().first?.isLetter == true
    else { return nil }
    let words = text.dropFirst().split(separator: " ", maxSplits: 1)
    return (words[0].lowercased(), words.count > 1 ? String(words[1]).trimmingSpaces : "")
  }

  // MARK: Questions

  /// The unit that a number without one has.
  func unit(of variable: Variable) -> Unit? {
    variable.measure.map { units[variable] ?? $0.canonical }
  }

  /// Goes on to the next question: those of the favourite scores in the order of the form, then
  /// those of the trials that are open.
  private mutating func nextQuestion() -> [String] {
    var lines: [String] = []
    let wanted = Set(favourites.flatMap { $0.inputs + $0.optionalInputs })
    var next = first(among: wanted)
    if next == nil {
      let needed = Set(
        screening.trials.filter { screening.verdict(of: $0.id)?.name == "open" }
          .flatMap { screening.unknown(of: $0.id) })
      next = first(among: needed)
      if next != nil, !hasReachedTrials {
        hasReachedTrials = true
        lines.append("The scores have asked. Now what the open trials need; .quit ends here.")
      }
    }
    asking = next.map { .variable($0) } ?? .nothing
    return lines + question
  }

  private func first(among wanted: Set<Variable>) -> Variable? {
    variables.all.first {
      wanted.contains($0) && patient[$0] == nil && !trail.contains($0)
    }
  }

  /// The question that is open, under the heading of its group where that is another one.
  var question: [String] {
    mutating get {
      switch asking {
      case .nothing:
        return ["No more questions. .scores, .trials and .values tell what there is; .quit ends."]
      case .unit(let question): return [question.asked]
      case .reason(let correction): return [correction.asked]
      case .variable(let variable):
        var lines: [String] = []
        if variable.group != group {
          group = variable.group
          let none = variable.group.isHistory ? ". .none answers all of them with none" : ""
          lines.append("\(variable.group.title)\(none).")
        }
        let now = patient.sentence(of: variable).map { " Now \($0); Enter keeps it." } ?? ""
        return lines + [variable.asked(in: unit(of: variable)) + now]
      }
    }
  }

  // MARK: Answers

  private mutating func answer(_ text: String, to variable: Variable) -> [String] {
    if text == "?" { return [variable.question] }
    guard text.isEmpty else { return enter(text, for: variable) }
    trail.append(variable)
    goOn()
    return []
  }

  /// Takes what was typed for a variable, or says why not and asks again.
  mutating func enter(_ text: String, for variable: Variable) -> [String] {
    var typed = text
    var taken: Day?
    if let at = text.lastIndex(of: "@") {
      let date = String(text[text.index(after: at)...]).trimmingSpaces
      typed = String(text[..<at]).trimmingSpaces
      guard let day = dates.day(date) else {
        return refuse(variable, "'\(date)' is not a day: write @ and \(dates.words)")
      }
      if let today, day > today { return refuse(variable, "\(dates.text(day)) has not come yet") }
      taken = day == self.day ? nil : day
    }
    typed = variable.named(typed)
    let unit = unit(of: variable)
    let reading = variable.read(typed, in: unit)
    switch reading {
    case .refused(let error): return refuse(variable, "\(error)")
    case .value(let value, _):
      let remarks = limits.remarks(of: variable, reading)
      if let question = UnitQuestion(variable, typed, value, remarks, in: unit, taken: taken) {
        asking = .unit(question)
        return []
      }
      return enter(.value(variable, typed, unit, taken), remarks)
    }
  }

  private mutating func refuse(_ variable: Variable, _ reason: String) -> [String] {
    asking = .variable(variable)
    return ["Not taken: \(variable.label): \(reason)."]
  }

  private mutating func answer(_ text: String, to question: UnitQuestion) -> [String] {
    let variable = question.variable
    if text.isEmpty || text == "?" {
      asking = .variable(variable)
      return ["Not taken, since its unit was not said."]
    }
    if let (typed, unit) = question.answered(by: text) {
      return enter(.value(variable, typed, unit, question.taken))
    }
    return enter(text, for: variable)
  }

  /// Makes a change, says what is odd about it and what follows from it, and goes on.
  mutating func make(_ change: Change, _ remarks: [Remark] = []) -> [String] {
    switch change {
    case .value(let variable, let typed, let unit, let taken):
      goOn()
      let lines = self.change { $0.enter(typed, in: unit, taken: taken, for: variable) }
      trail.removeAll { $0 == variable }
      trail.append(variable)
      let value = patient.sentence(of: variable).map { ["\($0)."] } ?? []
      return value + remarks.map { "Check \(variable.label): \($0) (.back asks it again)" } + lines
    case .unknown(let variable):
      let lines = self.change { $0.enter("", for: variable) }
      return ["\(variable.label) is unknown again."] + lines
    case .answer(let question, let holds):
      let lines = changedTrials { $0.answer(question, holds) }
      let said = holds.map { $0 ? "yes" : "no" } ?? "unknown"
      let text = screening.trials.first { $0.id == question.trial }?.criteria
        .first { $0.id == question.criterion }?.text
      return ["\(question.trial) \(question.criterion) \(said): \(text ?? "")"] + lines
    }
  }

  // MARK: Changes

  /// Changes the patient; the scores and the verdicts that have become others.
  mutating func change(_ make: (inout Patient) -> Void) -> [String] {
    let before = patient
    make(&patient)
    let scores = favourites.compactMap { score -> String? in
      let (old, new) = (score.result(for: before), score.result(for: patient))
      guard old.text != new.text || old.value?.stratum != new.value?.stratum
      else {
        if case .notApplicable = new.outcome, old.outcome != new.outcome { return new.sentence }
        return nil
      }
      return new.sentence
    }
    let now = patient
    return scores + changedTrials { $0.update(now) }
  }

  /// Changes what the trials are screened with; those whose verdict has become another one.
  mutating func changedTrials(_ make: (inout Screening) -> Void) -> [String] {
    let old = screening.trials.map { screening.verdict(of: $0.id) }
    make(&screening)
    screening.settle()
    let lines = zip(screening.trials, old).compactMap { trial, old -> String? in
      guard let line = screening.line(of: trial), let old, line.verdict != old else { return nil }
      // How many criteria of an open trial are unknown changes all the time.
      if line.verdict.name == "open", old.name == "open" { return nil }
      return line.sentence
    }
    let limit = 5
    return lines.count > limit
      ? lines.prefix(limit) + ["\(lines.count - limit) more trials changed; .trials lists all."]
      : lines
  }

  // MARK: What there is

  /// What is known, a line each.
  var known: [String] { patient.entered(in: variables).compactMap { patient.sentence(of: $0) } }

  func scoreLines(_ scores: [Score]) -> [String] {
    scores.map { $0.result(for: patient).sentence }
  }

  var trialLines: [String] {
    [screening.tally.words] + screening.trials.compactMap { screening.line(of: $0)?.sentence }
  }
}
