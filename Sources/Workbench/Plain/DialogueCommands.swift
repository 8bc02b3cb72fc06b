import Assessment
import Clinic
import Hepatology
import Quantities
import Trials

/// What may be typed in place of an answer.
extension Dialogue {
  /// The commands: how each is written, and what it does.
  private static let commands: [(usage: String, help: String)] = [
    (".scores", "the favourite scores; .scores all tells all"),
    (".trials", "the verdict of every trial"),
    (".why ID", "the working of a score, as .why meld3; why a trial has its verdict"),
    (".why ID CRITERION", "the reason of a criterion, as .why NCT05985863 I2"),
    (".next", "what settles most trials; it is asked next"),
    (".values", "what is known"),
    (".set NAME VALUE", "enters or changes a value, as .set inr 2.1; without a value asks for it"),
    (".clear NAME", "makes a value unknown again"),
    (".back", "asks the last question again"),
    (".none", "answers what is open in a group of history with none of these"),
    (".attest TRIAL CRITERION yes", "or no, or unknown: what only a person can say"),
    (".patients", "the patients that are kept; .patients 12 those whose code begins so"),
    (".open CODE", "shows a patient at the last visit"),
    (".new CODE", "a new patient; without a code the next free one, with the first value"),
    (".visits", "the visits of the patient; .visit 2 shows one"),
    (".newvisit", "begins a visit of today; with a day behind it, of that day"),
    (".undo", "takes the last change back; .redo brings it back"),
    (
      ".write FILE", "writes the patient to a file, whose ending says the form: .md .txt .csv .json"
    ),
    (".help", "this list"),
    (".quit", "ends with a summary"),
  ]

  mutating func obey(_ name: String, _ rest: String) -> [String] {
    switch name {
    case "help", "h":
      let days = "A value may have its day behind it, as 2.1 @2026-11-21."
      return Self.commands.map { "\($0.usage): \($0.help)" } + [days]
    case "scores": return scoreLines(rest == "all" ? Score.all : favourites)
    case "trials": return trialLines
    case "values": return known.isEmpty ? ["Nothing is known yet."] : known
    case "why": return why(rest)
    case "next": return suggest()
    case "set": return set(rest)
    case "clear": return clear(rest)
    case "back": return goBack()
    case "none": return reviewNone()
    case "attest": return attest(rest)
    case "patients": return list(rest)
    case "open": return open(rest)
    case "new": return startPatient(rest)
    case "visits": return visitLines
    case "visit": return showVisit(rest)
    case "newvisit": return startVisit(rest)
    case "undo": return takeBack(isUndo: true)
    case "redo": return takeBack(isUndo: false)
    case "write": return write(rest)
    default:
      let names = Self.commands.map { String($0.usage.dropFirst().prefix { $0 != " " }) }
      let near = nearestNames(to: name, among: Set(names).sorted())
      let meant = near.isEmpty ? "" : "; did you mean .\(near.joined(separator: " or ."))?"
      return ["There is no command .\(name)\(meant.isEmpty ? "; .help lists them." : meant)"]
    }
  }

  // MARK: Reasons

  private func why(_ rest: String) -> [String] {
    let words = rest.split(separator: " ").map(String.init)
    guard let id = words.first else {
      return ["Why what? .why meld3, or .why and the id of a trial."]
    }
    if let score = Score.all.first(where: { $0.id.lowercased() == id.lowercased() }) {
      return score.result(for: patient).explained
    }
    guard let trial = trial(id) else {
      let near = nearestNames(to: id, among: Score.all.map(\.id) + screening.trials.map(\.id))
      return [
        "'\(id)' is no score and no trial"
          + (near.isEmpty ? "." : "; did you mean \(near.joined(separator: " or "))?")
      ]
    }
    var criterion: Criterion.ID?
    if words.count > 1 {
      guard let found = self.criterion(words[1], of: trial) else {
        return [Self.noCriterion(words[1], in: trial)]
      }
      criterion = found.id
    }
    let verdict = criterion == nil ? screening.line(of: trial).map { [$0.sentence] } ?? [] : []
    return verdict
      + screening.reason(of: trial.id, criterion: criterion, width: 78, dates: dates).lines
  }

  private func trial(_ id: String) -> TrialRecord? {
    screening.trials.first { $0.id.lowercased() == id.lowercased() }
  }

  private func criterion(_ id: String, of trial: TrialRecord) -> Criterion? {
    trial.criteria.first { $0.id.lowercased() == id.lowercased() }
  }

  private static func noCriterion(_ id: String, in trial: TrialRecord) -> String {
    "\(trial.id) has no criterion '\(id)'; it has "
      + trial.criteria.map(\.id).joined(separator: ", ") + "."
  }

  private mutating func attest(_ rest: String) -> [String] {
    let answers: [String: Bool?] = [
      "yes": true, "y": true, "no": false, "n": false, "unknown": nil,
    ]
    let words = rest.split(separator: " ").map(String.init)
    guard words.count == 3, let answer = answers[words[2].lowercased()] else {
      return ["Write .attest TRIAL CRITERION yes, no or unknown, as .attest NCT07409259 I2 yes."]
    }
    guard let trial = trial(words[0]) else { return ["There is no trial '\(words[0])'."] }
    guard let criterion = criterion(words[1], of: trial) else {
      return [Self.noCriterion(words[1], in: trial)]
    }
    let screened = screening.screening(of: trial.id)?.criteria
      .first { $0.criterion.id == criterion.id }
    guard
      criterion.attest != .never || !trial.conflicts(of: criterion.id).isEmpty
        || screened?.result.name == "needsPerson"
    else { return ["\(trial.id) \(criterion.id) is computed and takes no answer."] }
    return enter(.answer(.init(trial: trial.id, criterion: criterion.id), answer))
  }

  private mutating func suggest() -> [String] {
    let suggestions = adviser.suggestions(for: screening)
    guard let first = suggestions.first else {
      return ["Nothing: no open trial waits for a value."]
    }
    asking = .variable(first.variable)
    return suggestions.prefix(5).map(\.sentence)
  }

  // MARK: Values

  private mutating func set(_ rest: String) -> [String] {
    // A sign of equality may stand behind the name; one within the value is part of it, as in <=40.
    if let equals = rest.firstIndex(of: "="),
      let variable = variables.named(String(rest[..<equals]).trimmingSpaces)
    {
      return enter(String(rest[rest.index(after: equals)...]).trimmingSpaces, for: variable)
    }
    let words = rest.split(separator: " ").map(String.init)
    for count in stride(from: words.count, to: 0, by: -1) {
      guard let variable = variables.named(words.prefix(count).joined(separator: " ")) else {
        continue
      }
      guard count < words.count else {
        asking = .variable(variable)
        return []
      }
      return enter(words.dropFirst(count).joined(separator: " "), for: variable)
    }
    return unknown(words.first)
  }

  private mutating func clear(_ rest: String) -> [String] {
    guard let variable = variables.named(rest) else { return unknown(rest) }
    guard patient[variable] != nil else {
      return ["Nothing is known of \(variable.label)."]
    }
    return enter(.unknown(variable))
  }

  private func unknown(_ name: String?) -> [String] {
    guard let name, !name.isEmpty else { return ["Which value? Say its name, as inr."] }
    let near = variables.near(name)
    return [
      "'\(name)' is not a variable"
        + (near.isEmpty ? "." : "; did you mean \(near.joined(separator: " or "))?")
    ]
  }

  private mutating func goBack() -> [String] {
    guard let last = trail.popLast() else { return ["This is the first question."] }
    asking = .variable(last)
    return []
  }

  private mutating func reviewNone() -> [String] {
    guard case .variable(let variable) = asking, variable.group.isHistory else {
      return ["Only groups of history questions can be answered with none."]
    }
    let questions = variables.all.filter {
      $0.group == variable.group && $0.noneOfThese != nil && patient[$0] == nil
    }
    let lines = change { patient in
      for question in questions { patient.enter(question.noneOfThese ?? "", for: question) }
    }
    keeping.reviewed.insert(variable.group)
    save()
    goOn()
    return [
      "\(variable.group.title): reviewed, \(questions.count) answered with none of these."
    ] + lines
  }
}
