import Assessment
import Hepatology
public import Quantities
import Terminal
public import Trials

/// The app as lines of text, for screen readers and for terminals that cannot move their cursor.
///
/// It asks for values one after another, and says after each what has changed. A value type without
/// input or output: a line goes in, lines come out, all of them in ASCII characters and without
/// anything that a terminal would obey.
public struct Dialogue: Sendable {
  /// What the next line answers.
  enum Asking: Sendable {
    case variable(Variable)
    case unit(UnitQuestion)
    case nothing
  }

  /// Whether it has been left.
  public private(set) var isOver = false
  var patient = Patient()
  var screening: Screening
  var adviser = Adviser()
  var asking = Asking.nothing
  let favourites: [Score]
  private let units: [Variable: Unit]
  private let limits: SiteLimits
  let dates: DayFormat
  private let today: Day?
  /// The variables that were answered or skipped, the last one last.
  var trail: [Variable] = []
  private var group: Variable.Group?
  private var hasReachedTrials = false

  /// A dialogue in which nothing has been said.
  ///
  /// - Parameters:
  ///   - trials: The trials that the patient is screened for.
  ///   - today: The day on which he is.
  ///   - preferences: The favourite scores and the units.
  public init(trials: [TrialRecord], today: Day?, preferences: Preferences = Preferences()) {
    screening = Screening(of: Patient(), trials: trials, on: today)
    favourites = preferences.favourites
    units = preferences.units
    limits = preferences.limits
    dates = preferences.dates
    self.today = today
  }

  // MARK: Lines

  /// What is said first.
  public mutating func begin() -> [String] {
    let start = [
      "Lobule, line by line. Patients are not kept in this mode.",
      "Enter skips a question. ? explains it. .help lists the commands, .quit ends.",
    ]
    return said(start + goOn())
  }

  /// Takes a line; what is to be said to it.
  public mutating func take(_ line: String) -> [String] {
    guard !isOver else { return [] }
    let text = line.trimmingSpaces
    if let command = Self.command(text) { return said(obey(command.name, command.rest)) }
    switch asking {
    case .unit(let question): return said(answer(text, to: question))
    case .variable(let variable): return said(answer(text, to: variable))
    case .nothing:
      return said(
        text.isEmpty || text == "?"
          ? goOn() : ["No question is open: .set NAME VALUE enters a value, .help tells more."])
    }
  }

  /// Ends it, as the end of the input does; what there is to say at last.
  public mutating func end() -> [String] {
    guard !isOver else { return [] }
    isOver = true
    var lines: [String] = []
    if case .unit(let question) = asking {
      lines.append("\(question.variable.label) was not taken: its unit was not said.")
    }
    lines.append("Summary. Nothing of it is kept.")
    lines += known + scoreLines(favourites) + trialLines
    return said(lines)
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
  mutating func goOn() -> [String] {
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
    Variable.all.first {
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
    if text == "?" { return [variable.question] + question }
    guard text.isEmpty else { return enter(text, for: variable) }
    trail.append(variable)
    return goOn()
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
      taken = day == today ? nil : day
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
        return self.question
      }
      return keep(typed, in: unit, taken: taken, remarks, for: variable)
    }
  }

  private mutating func refuse(_ variable: Variable, _ reason: String) -> [String] {
    asking = .variable(variable)
    return ["Not taken: \(variable.label): \(reason)."] + question
  }

  private mutating func answer(_ text: String, to question: UnitQuestion) -> [String] {
    let variable = question.variable
    if text.isEmpty || text == "?" {
      asking = .variable(variable)
      return ["Not taken, since its unit was not said."] + self.question
    }
    if let (typed, unit) = question.answered(by: text) {
      return keep(typed, in: unit, taken: question.taken, [], for: variable)
    }
    return enter(text, for: variable)
  }

  /// Keeps a value, says what it is, what is odd about it and what it changed, and goes on.
  private mutating func keep(
    _ typed: String, in unit: Unit?, taken: Day?, _ remarks: [Remark], for variable: Variable
  ) -> [String] {
    let lines = change { $0.enter(typed, in: unit, taken: taken, for: variable) }
    trail.removeAll { $0 == variable }
    trail.append(variable)
    let value = patient.sentence(of: variable).map { ["\($0)."] } ?? []
    return value + remarks.map { "Check \(variable.label): \($0) (.back asks it again)" }
      + lines + goOn()
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
  var known: [String] { patient.entered.compactMap { patient.sentence(of: $0) } }

  func scoreLines(_ scores: [Score]) -> [String] {
    scores.map { $0.result(for: patient).sentence }
  }

  var trialLines: [String] {
    [screening.tally.words] + screening.trials.compactMap { screening.line(of: $0)?.sentence }
  }
}
