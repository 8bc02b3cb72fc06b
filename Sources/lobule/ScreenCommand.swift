import ArgumentParser
import Assessment
import Criteria
import Glibc
import Hepatology
import Quantities
import Terminal
import Trials

/// `lobule screen`: one patient against trials.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: "Says which trials a patient can enter, and why not.",
    discussion: """
      A value is written NAME=VALUE, with its unit where two are in daily use, and with the day on \
      which it was taken behind an @ where that is not the day of screening:

        lobule screen totalBilirubin='214 umol/L @2026-11-14' inr=2.1 age=45
        lobule screen --trial NCT05985863 --on 2026-11-21 otherTrial=2026-09-03
        lobule screen age=45 --attest NCT07409259:I2=yes --format json

      What only a person can say is answered with --attest TRIAL:CRITERION=yes or no: whether the \
      criterion holds. The names of variables are listed by lobule score --list.

      Exit status: 0 where a trial that recruits is not blocked, 1 where there is none, 2 for wrong \
      input.
      """)

  @Argument(help: "Values, each as NAME=VALUE.")
  var fields: [String] = []

  @Option(
    name: .customLong("trial"),
    help: "A trial by its id; may be given several times. All where there is none.")
  var ids: [String] = []

  @Option(help: "The day of screening, as in 2026-11-21; today where none is given.")
  var on: String?

  @Option(
    name: .customLong("attest"),
    help: "What a person answers to a criterion: TRIAL:CRITERION=yes or no.")
  var answers: [String] = []

  @Option(help: "How the result is written: table or json.")
  var format = Format.table

  @OptionGroup var source: TrialSource

  mutating func run() throws {
    let (library, problems) = try source.library()
    let date = try ScreeningDate.read(on)
    let patient = try Patient(fields: fields, on: date)
    let trials = try chosen(in: library)
    var screening = Screening(of: patient, trials: trials, on: date, vocabulary: Site.vocabulary)
    try answer(&screening)
    Output.complain(problems)
    switch format {
    case .json: Output.print(screening.json(of: trials.map(\.id)).text(pretty: true))
    case .table: Output.print(ScreenTable(screening).text)
    }
    if !problems.isEmpty { throw ExitCode(2) }
    let isAnyLeft = trials.contains {
      $0.recruits != false && screening.verdict(of: $0.id)?.name != "blocked"
    }
    if !isAnyLeft { throw ExitCode(1) }
  }

  private func chosen(in library: TrialLibrary) throws -> [TrialRecord] {
    guard !ids.isEmpty else { return library.trials }
    var trials: [TrialRecord] = []
    var problems: [String] = []
    for id in ids {
      if let trial = library[id.uppercased()] ?? library[id] {
        if !trials.contains(where: { $0.id == trial.id }) { trials.append(trial) }
      } else {
        problems.append(Self.noTrial(id, among: library.trials))
      }
    }
    guard problems.isEmpty else { throw BadInput(problems) }
    return trials
  }

  private static func noTrial(_ id: String, among trials: [TrialRecord]) -> String {
    let near = nearestNames(to: id, among: trials.map(\.id))
    let all = near.isEmpty ? trials.map(\.id) : near
    return "there is no trial '\(id)'; there is \(all.joined(separator: ", "))"
  }

  private func answer(_ screening: inout Screening) throws {
    var problems: [String] = []
    var given: [(Screening.Question, Bool)] = []
    for text in answers {
      do {
        given.append(try Self.read(text, for: screening))
      } catch {
        problems += error.lines
      }
    }
    guard problems.isEmpty else { throw BadInput(problems) }
    for (question, answer) in given { screening.answer(question, answer) }
    screening.settle()
  }

  private static func read(_ text: String, for screening: Screening) throws(BadInput)
    -> (Screening.Question, Bool)
  {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let names = sides[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard sides.count == 2, names.count == 2,
      let answer = ["yes": true, "y": true, "no": false, "n": false][sides[1].lowercased()]
    else {
      throw BadInput(
        "'\(text)' is not of the form TRIAL:CRITERION=yes or no, as in NCT07409259:I2=yes")
    }
    let trials = screening.trials
    guard let trial = trials.first(where: { [names[0], names[0].uppercased()].contains($0.id) })
    else { throw BadInput(noTrial(names[0], among: trials)) }
    let ids = trial.criteria.map(\.id)
    guard
      let screened = screening.screening(of: trial.id)?.criteria
        .first(where: { [names[1], names[1].capitalizedFirst].contains($0.criterion.id) })
    else {
      let near = nearestNames(to: names[1], among: ids)
      throw BadInput(
        "\(trial.id) has no criterion '\(names[1])'; it has "
          + (near.isEmpty ? ids : near).joined(separator: ", "))
    }
    let criterion = screened.criterion
    let isAsked =
      criterion.attest != .never || !trial.conflicts(of: criterion.id).isEmpty
      || screened.result.name == "needsPerson"
    guard isAsked else {
      throw BadInput(
        "\(trial.id):\(criterion.id) is computed and takes no answer: "
          + (criterion.expression?.text.split(whereSeparator: \.isWhitespace)
            .joined(separator: " ") ?? ""))
    }
    return (Screening.Question(trial: trial.id, criterion: criterion.id), answer)
  }
}

/// The day on which is screened.
enum ScreeningDate {
  /// The day of an option; today where there is none.
  static func read(_ text: String?) throws(BadInput) -> Day? {
    guard let text else { return Clock.today }
    guard let day = Day(text) else {
      throw BadInput("'\(text)' is not a date: write year-month-day, as in --on 2026-11-21")
    }
    return day
  }
}

extension Patient {
  /// A patient of fields, none of them taken after a day.
  ///
  /// - Throws: ``BadInput`` with everything that is wrong with them.
  init(fields: [String], on date: Day?) throws {
    try self.init(fields: fields)
    guard let date else { return }
    let future = entered(in: Site.variables).filter { variable in
      self[variable]?.taken.map { $0 > date } ?? false
    }
    guard future.isEmpty else {
      throw BadInput(
        future.map { "\($0.id) was taken after the day of screening, \(date)" })
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// A screening for people: a line for the verdict of each trial, and the reasons under it.
struct ScreenTable {
  private let screening: Screening
  private static let width = 100

  init(_ screening: Screening) {
    self.screening = screening
  }

  var text: String {
    let trials = screening.trials.compactMap { screening.screening(of: $0.id) }
    var lines = trials.flatMap(lines)
    let next = screening.askNext()
    if !next.isEmpty {
      lines.append("Ask next")
      let width = next.prefix(10).map(\.variable.id.count).max() ?? 0
      lines += next.prefix(10).map { suggestion in
        "  \(suggestion.variable.id.padded(to: width))  \(Self.reach(suggestion))"
      }
      if next.count > 10 { lines.append("  and \(next.count - 10) more") }
    }
    return lines.joined(separator: "\n")
  }

  private static func reach(_ suggestion: Suggestion) -> String {
    guard suggestion.criteria > 0 else {
      return "decides \(count(suggestion.together, "criterion", "criteria")) with others only"
        + last(suggestion)
    }
    let criteria = count(suggestion.criteria, "criterion", "criteria")
    let trials = count(suggestion.trials, "trial", "trials")
    return
      (suggestion.excludes > 0
      ? "could exclude from \(count(suggestion.excludes, "trial", "trials")), " : "")
      + "alone can decide \(criteria) of \(trials)" + last(suggestion)
  }

  private static func last(_ suggestion: Suggestion) -> String {
    suggestion.lastOf.isEmpty
      ? "" : "; last value missing for \(suggestion.lastOf.joined(separator: ", "))"
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  private func lines(_ screened: TrialScreening) -> [String] {
    let trial = screened.trial
    var lines = ["\(trial.id)  \(trial.shortTitle)"]
    if let closed = trial.notRecruiting { lines.append("  \(closed)") }
    if trial.recruits == nil { lines.append("  whether it recruits is not stated") }
    let isBlocked = screened.verdict.name == "blocked"
    lines += verdict(screened).flatMap { Self.wrapped($0, after: "  ") }
    for criterion in screened.criteria {
      lines += notes(criterion, of: trial).flatMap { Self.wrapped($0, after: "  ") }
    }
    for criterion in screened.criteria where criterion.awaitsAnswer && !isBlocked {
      lines += Self.wrapped(
        "to attest: \(criterion.criterion.id) \(criterion.criterion.text)", after: "  ")
    }
    if !screened.stale.isEmpty {
      let values = screened.stale.map { variable in
        variable.id + (screening.patient[variable]?.taken.map { " of \($0)" } ?? "")
      }
      lines += Self.wrapped("not fresh: \(values.joined(separator: ", "))", after: "  ")
    }
    if !trial.eligibility.exclusionsInSource {
      lines.append("  no exclusion criteria in the source")
    }
    return lines + [""]
  }

  private func verdict(_ screened: TrialScreening) -> [String] {
    switch screened.verdict {
    case .blocked:
      return screened.criteria.filter(\.blocks).map { criterion in
        let reason = reason(criterion, of: screened.trial)
        let change =
          switch reason?.change {
          case .clears(let day)?: "; may clear on \(day)"
          case .stays?: "; cannot change"
          default: ""
          }
        let question = Screening.Question(
          trial: screened.trial.id, criterion: criterion.criterion.id)
        // The number and what the trial wants, where one number decides: the sentence could be read
        // as the rule.
        let why =
          screening.decisiveMargin(of: question).map { screening.sentence(of: $0) }
          ?? reason?.sentence ?? ""
        return "blocked by \(criterion.criterion.id): \(why)\(change)"
      }
    case .open(let unknown, let unclear):
      var parts: [String] = []
      if unknown > 0 {
        let ids = screened.unknown.map(\.id)
        let shown = ids.prefix(8).joined(separator: ", ")
        parts.append(
          "\(unknown) unknown" + (ids.isEmpty ? "" : ": \(shown)")
            + (ids.count > 8 ? " and \(ids.count - 8) more" : ""))
      }
      if unclear > 0 { parts.append("\(unclear) unclear in the source") }
      return ["open: \((parts + alone(screened)).joined(separator: "; "))"]
    case .clears(let attest):
      let near = screening.nearLimits(of: screened.trial.id)
      let limit = near.isEmpty ? "" : "; near the limit in \(near.joined(separator: ", "))"
      // Nothing of a trial that nobody can enter reads as clearing.
      if screened.standing == .notRecruiting {
        return ["nothing that is known keeps the patient out\(limit)"]
      }
      return [
        (attest.isEmpty ? "clears" : "clears, but for what a person must attest") + limit
      ]
    }
  }

  /// Which variables can decide a criterion by themselves, the two that decide most.
  private func alone(_ screened: TrialScreening) -> [String] {
    var decided: [(variable: Variable, criteria: [String])] = []
    for criterion in screened.criteria where criterion.result == .unknown {
      let id = criterion.criterion.id
      for variable in screening.deciding(.init(trial: screened.trial.id, criterion: id)) {
        if let place = decided.firstIndex(where: { $0.variable == variable }) {
          decided[place].criteria.append(id)
        } else {
          decided.append((variable, [id]))
        }
      }
    }
    let order = decided.enumerated().sorted {
      ($1.element.criteria.count, $0.offset) < ($0.element.criteria.count, $1.offset)
    }
    return order.prefix(2).map { _, entry in
      "\(entry.variable.id) alone can decide \(entry.criteria.joined(separator: ", "))"
    }
  }

  /// What else matters of a criterion: contradictions, readings in doubt, narrow escapes.
  private func notes(_ screened: ScreenedCriterion, of trial: TrialRecord) -> [String] {
    let id = screened.criterion.id
    let reason = reason(screened, of: trial)
    var notes: [String] = []
    let near = reason?.nearMisses ?? []
    // Far from a threshold it does not matter how that is read.
    var isAmbiguityOpen =
      screened.blocks
      && (!near.isEmpty
        || reason?.margins.contains {
          screening.variables[$0.name]?.measure != nil || Score.find($0.name) != nil
        } != true)
    switch screened.result {
    case .conflict(let others):
      // Said once for all that contradict each other.
      let first = trial.criteria.first { $0.id == id || others.contains($0.id) }
      guard first?.id == id else { break }
      notes.append(
        "\(id) contradicts \(others.joined(separator: ", ")): \(reason?.sentence ?? "")")
    case .needsPerson(let matters) where !matters.isEmpty:
      notes.append("\(id) is unclear: \(reason?.sentence ?? "")")
      isAmbiguityOpen = true
    default: break
    }
    for margin in near where screened.result.name != "unknown" {
      notes.append(Self.narrow(margin, id))
    }
    if isAmbiguityOpen, let ambiguity = screened.criterion.ambiguity {
      let reading = screened.criterion.reading.map { " Read as: \($0)" } ?? ""
      notes.append("\(id) in the source: \(ambiguity)\(reading)")
    }
    return notes
  }

  private static func narrow(_ margin: Margin, _ id: String) -> String {
    let unit = margin.unit.map { " \($0.symbol)" } ?? ""
    let value = margin.shownValue
    let threshold = margin.threshold.rounded(to: 2)
    return margin.value == margin.threshold
      ? "near: \(id) \(margin.label) is exactly \(threshold)\(unit)"
      : "near: \(id) \(margin.label) \(value)\(unit) is within 5 % of \(threshold)\(unit)"
  }

  private func reason(_ screened: ScreenedCriterion, of trial: TrialRecord) -> CriterionReason? {
    screening.reason(for: .init(trial: trial.id, criterion: screened.criterion.id))
  }

  private static func wrapped(_ text: String, after indent: String) -> [String] {
    text.wrapped(toColumns: width - 4).enumerated().map { row, line in
      (row == 0 ? indent : indent + "  ") + line
    }
  }
}
